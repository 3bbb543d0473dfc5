// Tensor programs through the module.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { load } from "../../www/downhill.js";

const downhill = await load(await readFile(new URL("../../www/pkg/core_bg.wasm", import.meta.url)));

test("the deck's tensor", () => {
  const { value, gradients, nodes } = downhill.gradient("x = ones(2, 2); y = x + 2; z = 3*y*y; out = mean(z)");
  assert.deepEqual([value, gradients], [27, { x: [[4.5, 4.5], [4.5, 4.5]] }]);
  assert.deepEqual(nodes.map(({ name, operation, leaf, inputs, shape }) => [name, operation, leaf, inputs, shape]), [
    ["x", "ones(2, 2)", true, [], [2, 2]],
    ["y", "x + 2", false, [0], [2, 2]],
    ["z", "3*y*y", false, [1], [2, 2]],
    ["out", "mean(z)", false, [2], []],
  ]);
  assert.equal(nodes[0]?.printedGradient, "tensor([[4.5000, 4.5000],\n        [4.5000, 4.5000]])");
});

test("tensors are given as nested lists", () => {
  const { gradients } = downhill.gradient("y = x @ w + b; loss = mean(y^2)", { x: [[1, 2], [3, 4]], w: [1, -1], b: 1, unused: [5] });
  assert.deepEqual(gradients, { x: [[0, 0], [0, 0]], w: [0, 0], b: 0 });
  assert.deepEqual(downhill.gradient("sum(x*[1, 2, 3])", { x: Float64Array.of(1, 1, 1) }).gradients, { x: [1, 2, 3] });
  assert.deepEqual(downhill.gradient("x*w", { x: [1], w: [2] }).value, [2]);
});

/** @type {[() => unknown, { message: string, field: string }][]} */
const REFUSED = [
  [() => downhill.gradient("y = [1, 2]*2"), { message: "`y` has the shape (2,), and a gradient starts from one number: end with a sum or a mean, such as `mean(y)`", field: "model" }],
  [() => downhill.gradient("sum(x)", { x: [[1], [1, 2]] }), { message: "the lists of `x` must be equally long", field: "values" }],
  [() => downhill.gradient("sum(x)", { x: /** @type {any} */ ("a") }), { message: "the value of `x` must be a number or lists of numbers", field: "values" }],
  [() => downhill.gradient("sum(x)"), { message: "`x` has no value; write a line such as `x = [1, 2]` before it", field: "model" }],
  [() => downhill.gradient("sum(x", { x: [1] }), { message: "this `(` is never closed", field: "model" }],
  [() => downhill.gradient("sum(x)", { x: Array.from({ length: 100_001 }, () => 1) }), { message: "this needs 100001 numbers; at most 100000 are calculated with", field: "model" }],
  [() => downhill.gradient("sum(x)", { x: [[[[[1]]]]] }), { message: "a tensor has at most 4 axes, and this one would have 5", field: "model" }],
];

for (const [ask, { message, field }] of REFUSED) {
  test(`refused: ${message}`, () => assert.throws(ask, { name: "DownhillError", message, field }));
}
