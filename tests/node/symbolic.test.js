// Derivatives, simplification and roots through the module.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { load } from "../../www/downhill.js";

const downhill = await load(await readFile(new URL("../../www/pkg/core_bg.wasm", import.meta.url)));
const DECK = "y_hat = x*w\ns = y_hat - y\nloss = s^2";
const POINT = { x: 1, y: 2, w: 1 };

test("the deck's derivative, with its five lines", () => {
  const { derivative, lines, steps, roots, conditions } = downhill.differentiate("(x*w - y)^2", "w");
  assert.equal(derivative, "2*x*(x*w - y)");
  assert.equal(downhill.evaluate(derivative, POINT), -2);
  assert.deepEqual(lines, ["d/dw[(x*w - y)^2]", "2*(x*w - y)*d/dw[x*w - y]", "2*(x*d/dw[w] + d/dw[-y])*(x*w - y)", "2*(1*x + 0)*(x*w - y)", "2*x*(x*w - y)"]);
  assert.deepEqual(steps.map(({ rule, before, after, parts }) => [rule, before, after, parts]), [
    ["variable", "w", "1", []],
    ["constant factor", "x*w", "x*d/dw[w]", [0]],
    ["constant", "-y", "0", []],
    ["sum rule", "x*w - y", "d/dw[x*w] + d/dw[-y]", [1, 2]],
    ["power rule", "(x*w - y)^2", "2*(x*w - y)*d/dw[x*w - y]", [3]],
  ]);
  assert.deepEqual(roots, [{ text: "y/x", multiplicity: 2 }]);
  assert.deepEqual(conditions, []);
});

test("the chain rule of a program, in symbols and in numbers", () => {
  const { chain } = downhill.differentiate(DECK, "w", { values: POINT });
  assert.deepEqual(chain, [[{ derivative: "2*s", value: -2 }, { derivative: "1", value: 1 }, { derivative: "x", value: 1 }]]);
});

test("simplify says where the shorter form is the same", () => {
  assert.deepEqual(downhill.simplify("w^2/w"), { text: "w", conditions: ["w ≠ 0"] });
  assert.deepEqual(downhill.simplify(DECK), { text: "(x*w - y)^2", conditions: [] });
});

test("roots are exact, found by a search, or reported as missing", () => {
  assert.deepEqual(downhill.roots("w^2 - 2", "w").roots.map(({ text }) => text), ["-sqrt(2)", "sqrt(2)"]);
  const { roots, searched, interval } = downhill.roots("cos(w) - x*w", "w", { x: 1 });
  assert.deepEqual([roots[0]?.value?.toFixed(12), searched, interval], ["0.739085133215", true, [-10, 10]]);
  assert.deepEqual(downhill.roots("cos(w) - x*w", "w").missing, ["x"]);
});

/** @type {[() => unknown, { message: string, field: string }][]} */
const REFUSED = [
  [() => downhill.differentiate("w", "w", { order: 99 }), { message: "the order must be a whole number from 1 to 4; it is 99", field: "order" }],
  [() => downhill.differentiate("w", "w", { order: 1.5 }), { message: "the order must be a whole number from 1 to 4; it is 1.5", field: "order" }],
  [() => downhill.differentiate("x*y", "w"), { message: "there is no `w` in this formula; its variables are `x`, `y`", field: "by" }],
  [() => downhill.differentiate("x*y", /** @type {any} */ (undefined)), { message: "`by` must be a text", field: "by" }],
  [() => downhill.differentiate("sigmod(w)", "w"), { message: "unknown function `sigmod`; did you mean `sigmoid`?", field: "model" }],
  [() => downhill.simplify(/** @type {any} */ (1)), { message: "`model` must be a text", field: "model" }],
  [() => downhill.roots("w", "constructor"), { message: "there is no `constructor` in this formula; its variables are `w`", field: "by" }],
];

for (const [ask, { message, field }] of REFUSED) {
  test(`refused: ${message}`, () => assert.throws(ask, { name: "DownhillError", message, field }));
}

/** Formulas that are long, deep, or on the edge of what has a value. */
const HOSTILE = [
  Array.from({ length: 10_000 }, () => "w").join(" + "),
  Array.from({ length: 6_000 }, (_, index) => `sin(w*${index})`).join("+").slice(0, 60_000).replace(/\+[^+]*$/, ""),
  `${"(".repeat(199)}w${")".repeat(199)}`,
  `${"sin(".repeat(199)}w${")".repeat(199)}`,
  `${"w^".repeat(199)}w`,
  `${"-".repeat(199)}w`,
  Array.from({ length: 200 }, () => "w").join("/"),
  Array.from({ length: 1_000 }, () => "w").join("*"),
  Array.from({ length: 60 }, (_, index) => `(w + ${index})`).join("*"),
  Array.from({ length: 1_000 }, (_, index) => `(w + ${index})`).join("*"),
  "x^99999999*w^99999999",
  "(w + 1)^99999999",
  "w^0^0^0",
  "0/0*w",
  "log(-1)*w",
  "w/w",
  "1e308*w*1e308*w",
  "__proto__*w",
];

for (const model of HOSTILE) {
  test(`answered soon: ${model.slice(0, 40)}`, () => {
    const start = performance.now();
    for (const ask of [() => downhill.differentiate(model, "w", { order: 1 }), () => downhill.simplify(model), () => downhill.differentiate(model, "w", { order: 4 }), () => downhill.roots(model, "w")]) {
      try {
        ask();
      } catch (error) {
        assert.equal(/** @type {Error} */ (error).name, "DownhillError", String(error));
      }
    }
    assert.ok(performance.now() - start < 5_000, `${performance.now() - start} ms`);
  });
}
