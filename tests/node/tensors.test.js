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

const SOFTMAX = { model: "loss = cross_entropy(W @ x + b, label)", data: { x: [[1, 0], [0, 1], [-1, -1]], label: [0, 1, 2] }, init: { W: [[0, 0], [0, 0], [0, 0]], b: [0, 0, 0] }, lr: 0.5 };

test("a classifier is trained, with the names of its elements", () => {
  const { parameters, weights, losses } = downhill.train({ ...SOFTMAX, epochs: 30 });
  assert.deepEqual(parameters, ["W[0, 0]", "W[0, 1]", "W[1, 0]", "W[1, 1]", "W[2, 0]", "W[2, 1]", "b[0]", "b[1]", "b[2]"]);
  assert.equal(weights.length, 90 * 9);
  // The gradient of the first step is p - y with equal probabilities.
  assert.ok(Math.abs((weights[0] ?? 0) - 0.5 * (2 / 3)) < 1e-15);
  assert.ok(losses.slice(-3).every((loss) => loss < 0.1));
});

test("initial values are drawn from a seed", () => {
  const of = (/** @type {string} */ draw) => downhill.train({ model: "loss = sum((W @ [1, 2, 3] - y)^2)", data: { y: [[1, 2]] }, init: { W: draw }, epochs: 1, lr: 1e-9 }).weights;
  assert.deepEqual(of("normal(2, 3, seed=1)"), of("normal(2, 3, seed=1)"));
  assert.notDeepEqual(of("normal(2, 3, seed=1)"), of("normal(2, 3, seed=2)"));
  assert.equal(of("zeros(2, 3)").length, 6);
});

/** @type {[() => unknown, { message: string, field: string }][]} */
const REFUSED = [
  [() => downhill.train({ ...SOFTMAX, init: { W: [[0, 0], [0]], b: [0, 0, 0] } }), { message: "the lists of `W` must be equally long", field: "init" }],
  [() => downhill.train({ ...SOFTMAX, init: { W: "normal(3, 2", b: 0 } }), { message: '`init` must be an object of numbers, of tensors as nested arrays, or of draws such as "normal(3, 2)"', field: "init" }],
  [() => downhill.train({ ...SOFTMAX, init: { W: "normal(3, n)", b: 0 } }), { message: "`normal(3, n)`: expected a whole number, but found `n`", field: "init" }],
  [() => downhill.train({ ...SOFTMAX, init: { W: [[0, 0]], b: 0 } }), { message: "number 2 of `label` is 1; here it must be a whole number from 0 to 0", field: "data" }],
  [() => downhill.train({ ...SOFTMAX, data: { x: [[1, 0], [0]], label: [0, 1] } }), { message: "the lists of `x` must be equally long", field: "data" }],
  [() => downhill.train({ ...SOFTMAX, model: "loss = W @ x" }), { message: "`loss` has the shape (3,), but a loss is one number; end with a mean, such as `mean(loss)`", field: "model" }],
  [() => downhill.train({ ...SOFTMAX, model: "loss = sum(W @ transpose(x @ x))" }), { message: "`@` can't multiply the shapes (3, 2) and (): the rows of the first must be as long as the columns of the second", field: "model" }],
  [() => downhill.train({ ...SOFTMAX, data: { x: SOFTMAX.data.x, label: [0, 1, 3] } }), { message: "number 3 of `label` is 3; here it must be a whole number from 0 to 2", field: "data" }],

  [() => downhill.gradient("y = [1, 2]*2"), { message: "`y` has the shape (2,), and a gradient starts from one number: end with a sum or a mean, such as `mean(y)`", field: "model" }],
  [() => downhill.gradient("sum(x)", { x: [[1], [1, 2]] }), { message: "the lists of `x` must be equally long", field: "values" }],
  [() => downhill.gradient("sum(x)", { x: /** @type {any} */ ("a") }), { message: "the value of `x` must be a number or lists of numbers", field: "values" }],
  [() => downhill.gradient("sum(x)"), { message: "`x` has no value; write a line such as `x = [1, 2]` before it", field: "model" }],
  [() => downhill.gradient("sum(x", { x: [1] }), { message: "this `(` is never closed", field: "model" }],
  [() => downhill.gradient("sum(x)", { x: Array.from({ length: 100_001 }, () => 1) }), { message: "this needs more than 100000 numbers, which is the most that is calculated with", field: "model" }],
  [() => downhill.gradient("sum(x)", { x: [[[[[[[1]]]]]]] }), { message: "a tensor has at most 6 axes, and this one would have 7", field: "model" }],
];

for (const [ask, { message, field }] of REFUSED) {
  test(`refused: ${message}`, () => assert.throws(ask, { name: "DownhillError", message, field }));
}

const CONVNET = {
  model: "h = maxpool(relu(conv(image, k, padding=1)), 2)\nz = W @ reshape(h, -1) + b\nloss = cross_entropy(z, label)",
  data: { image: Array.from({ length: 10 }, (_, sample) => [[0, 1, 2, 3].map((row) => [0, 1, 2, 3].map((column) => Math.sin(sample + row * column)))]), label: Array.from({ length: 10 }, (_, sample) => sample % 3) },
  init: { k: "kaiming(2, 1, 3, 3, seed=1)", W: "normal(3, 8, seed=2)", b: [0, 0, 0] },
  batch: 4,
};

for (const precision of /** @type {const} */ (["float64", "float32"])) {
  test(`compiled and interpreted networks agree bit for bit in ${precision}`, () => {
    const [compiled, interpreted] = [true, false].map((compiled) => downhill.network({ ...CONVNET, optimizer: "adam", precision, compiled }));
    assert.deepEqual(compiled?.step(20, 0.01), interpreted?.step(20, 0.01));
    assert.deepEqual(compiled?.weights, interpreted?.weights);
    assert.deepEqual(compiled?.inspect("h", 3), interpreted?.inspect("h", 3));
    assert.equal(compiled?.epochs, 6);
    compiled?.free();
    interpreted?.free();
  });
}

test("a network takes the samples in the order of a shuffled run", () => {
  const settings = { ...SOFTMAX, shuffle: true, seed: 7, batch: 2 };
  const epochs = 5;
  const { weights, parameters } = downhill.train({ ...settings, epochs });
  const network = downhill.network(settings);
  network.step(2 * epochs, SOFTMAX.lr);
  const found = /** @type {number[]} */ (Object.values(network.weights).flat(2));
  const expected = [...weights.slice(-parameters.length)];
  assert.ok(found.every((number, place) => Math.abs(number - (expected[place] ?? NaN)) < 1e-12), `${found} is not ${expected}`);
  network.free();
});

test("a network learns, and can be looked into", () => {
  const network = downhill.network({ ...CONVNET, precision: "float32" });
  const all = CONVNET.data.label.map((_, sample) => sample);
  const before = network.meanLoss(all);
  network.step(200, 0.1);
  assert.ok(network.meanLoss(all) < before / 4);
  const { shape, gradient } = network.inspect("z", 0);
  assert.deepEqual(shape, [3]);
  // The gradient of cross-entropy is p - y, whose sum is 0.
  assert.ok(Math.abs(/** @type {number[]} */ (gradient).reduce((sum, each) => sum + each, 0)) < 1e-6);
  network.free();
});

/** @type {[() => unknown, { message: string, field: string }][]} */
const NETWORKS_REFUSED = [
  [() => downhill.network({ ...CONVNET, precision: /** @type {any} */ ("float16") }), { message: '`precision` must be "float64" or "float32"', field: "precision" }],
  [() => downhill.network({ ...CONVNET, batch: 11 }), { message: "a batch of 11 is larger than the data, which has 10 samples", field: "batch" }],
  [() => downhill.network({ ...CONVNET, init: { ...CONVNET.init, c: 1 } }), { message: "`c` is not a parameter of this model; its parameters are `k`, `W`, `b`", field: "init" }],
  [() => downhill.network({ ...CONVNET, init: { ...CONVNET.init, b: [0, 0] } }), { message: "the shapes (3,) and (2,) do not fit: from the right, two sizes must be equal, or one of them 1", field: "model" }],
  [() => downhill.network({ ...CONVNET, shuffle: true, seed: 1.5 }), { message: "the seed must be a whole number from 0 to 4294967295; it is 1.5", field: "seed" }],
  [() => downhill.network({ ...CONVNET, samples: 0 }), { message: "`samples` must be a whole number of at least 1", field: "samples" }],
  [() => Object.assign(downhill.network(CONVNET), { weights: { k: [1], W: [1], b: [1] } }), { message: "`k` has the shape (2, 1, 3, 3), but (1) is given", field: "weights" }],
  [() => downhill.network(CONVNET).read("q", [0]), { message: "there is no line or parameter `q` in the program", field: "name" }],
  [() => downhill.network(CONVNET).step(1, NaN), { message: "the learning rate must be a finite number above 0; it is nan", field: "lr" }],
  [() => downhill.network(CONVNET).inspect("q", 0), { message: "there is no line or parameter `q` in the program", field: "name" }],
];

for (const [ask, { message, field }] of NETWORKS_REFUSED) {
  test(`a network is refused: ${message}`, () => assert.throws(ask, { name: "DownhillError", message, field }));
}
