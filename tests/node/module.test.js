// The module in Node: the deck's run, gradients, values, and what it says of bad input.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { DownhillError, load } from "../../www/downhill.js";

const downhill = await load(await readFile(new URL("../../www/pkg/core_bg.wasm", import.meta.url)));
const DECK = "y_hat = x*w\ns = y_hat - y\nloss = s^2";

test("the deck's run", () => {
  const run = downhill.train();
  assert.deepEqual(run.parameters, ["w"]);
  assert.equal(run.weights.length, 30);
  assert.deepEqual([...run.gradients.slice(0, 3)], [-2, -7.84, -16.2288]);
  assert.equal(run.losses[2], 4.919240100095999);
  assert.equal(run.diverged, undefined);
  assert.equal(run.trace.split("\n").at(-2), "predict (after training) 4 hours 7.80");
});

test("a run of any length takes all its steps", () => {
  const model = "h = tanh(a*x + b)\ny_hat = c*h + d*h^2 + e1*h^3 + f*x\nloss = (y_hat - y)^2";
  const data = { x: [1, 2, 3, 4, 5], y: [5, 4, 3, 2, 1] };
  const run = downhill.train({ model, data, epochs: 60_000, lr: 1e-4 });
  assert.equal(run.losses.length, 300_000);
  assert.deepEqual(run.losses.slice(0, 500), downhill.train({ model, data, epochs: 100, lr: 1e-4 }).losses);
  assert.equal(downhill.timeline({ model, data, epochs: 60_000, lr: 1e-4, epoch: 59_999, sample: 4 }).at(-1)?.phase, "update");
});

test("traces equal the output of CPython", async () => {
  const goldens = await readFile(new URL("../golden/trace.txt", import.meta.url), "utf8");
  const numbers = (/** @type {string | undefined} */ list) => (list ?? "").split(",").map(Number);
  const cases = goldens.split("# ").slice(1);
  assert.equal(cases.length > 1300, true);
  for (const text of cases) {
    const [settings = "", ...lines] = text.split("\n");
    const [digits, lr, w, epochs, x, y] = settings.split(" ");
    const run = downhill.train({ data: { x: numbers(x), y: numbers(y) }, lr: Number(lr), init: { w: Number(w) }, epochs: Number(epochs), digits: /** @type {any} */ (digits) });
    assert.equal(run.trace, lines.join("\n"), settings);
  }
});

test("gradient of the deck's first sample", () => {
  const { value, gradients, nodes } = downhill.gradient(DECK, { x: 1, y: 2, w: 1 });
  assert.equal(value, 1);
  assert.deepEqual(gradients, { x: -2, w: -2, y: 2 });
  assert.deepEqual(nodes.map(({ name, operation, inputs, value, gradient }) => [name, operation, inputs, value, gradient]), [
    ["x", "leaf", [], 1, -2],
    ["w", "leaf", [], 1, -2],
    ["y", "leaf", [], 2, 2],
    ["y_hat", "×", [0, 1], 1, -2],
    ["s", "−", [3, 2], -1, -2],
    ["loss", "( )²", [4], 1, 1],
  ]);
});

test("evaluate", () => {
  assert.equal(downhill.evaluate("2*x*(x*w - y)", { x: 1, y: 2, w: 1 }), -2);
  assert.equal(downhill.evaluate("-x^2", { x: 3 }), -9);
  assert.equal(downhill.evaluate("2^3^2", {}), 512);
});

test("optimizers, batches, schedules and orders agree with torch and CPython", async () => {
  const goldens = await readFile(new URL("../golden/optimizers.txt", import.meta.url), "utf8");
  const numbers = (/** @type {string | undefined} */ list) => (list ?? "").split(",").map(Number);
  for (const text of goldens.split("# ").slice(1)) {
    const [head = "", ...rows] = text.trim().split("\n");
    const [model, optimizer, options = "", lr, epochs, batch, seed, schedule, stepSize, gamma, names = "", init, x, y] = head.split(";");
    const pairs = options.split(",").filter(Boolean).map((option) => option.split("="));
    const betas = pairs.filter(([name]) => name === "betas").map(([, value]) => Number(value));
    const others = Object.fromEntries(pairs.filter(([name]) => name !== "betas").map(([name, value]) => [name, name === "nesterov" || Number(value)]));
    const initial = numbers(init);
    const run = downhill.train({
      model, optimizer, ...others, ...(betas.length > 0 && { betas }), schedule,
      lr: Number(lr), epochs: Number(epochs), batch: Number(batch), stepSize: Number(stepSize), gamma: Number(gamma),
      ...(seed && { shuffle: true, seed: Number(seed) }),
      init: Object.fromEntries(names.split(",").map((name, index) => [name, initial[index] ?? NaN])),
      data: { x: numbers(x), y: numbers(y) },
    });
    const expected = rows.flatMap(numbers);
    assert.equal(run.weights.length, expected.length, head);
    expected.forEach((value, index) => assert.ok(Math.abs(value - (run.weights[index] ?? NaN)) <= 1e-12 * Math.max(1, Math.abs(value)), `${head}: ${index}`));
  }
});

test("typed arrays are columns too", () => {
  const run = downhill.train({ data: { x: Float64Array.of(1, 2, 3), y: [2, 4, 6] } });
  assert.equal(run.losses[2], 4.919240100095999);
});

test("many runs do not use up memory", () => {
  for (let count = 0; count < 2000; count += 1) {
    downhill.train({ epochs: 1000 });
  }
});

/** @type {[object, { message: string, field: string, start?: number, end?: number }][]} */
const REFUSED = [
  [{ lr: 0 }, { message: "the learning rate must be a finite number above 0; it is 0", field: "lr" }],
  [{ lr: -0.1 }, { message: "the learning rate must be a finite number above 0; it is -0.1", field: "lr" }],
  [{ lr: NaN }, { message: "the learning rate must be a finite number above 0; it is nan", field: "lr" }],
  [{ lr: "0.01" }, { message: "`lr` must be a number", field: "lr" }],
  [{ epochs: -1 }, { message: "the number of epochs must be a whole number of at least 1; it is -1", field: "epochs" }],
  [{ epochs: 1.5 }, { message: "the number of epochs must be a whole number of at least 1; it is 1.5", field: "epochs" }],
  [{ epochs: 1e9 }, { message: "1000000000 epochs are too many; with 3 samples at most 333333 are run", field: "epochs" }],
  [{ init: { w: Infinity } }, { message: "the initial `w` must be a finite number; it is inf", field: "init" }],
  [{ init: { b: 1 } }, { message: "`b` is not a parameter of this model; its parameters are `w`", field: "init" }],
  [{ data: { x: [], y: [] } }, { message: "there are no samples; give each column at least one number", field: "data" }],
  [{ data: { x: [1, 2], y: [1] } }, { message: "`x` has 2 numbers but `y` has 1; each sample needs one of each", field: "data" }],
  [{ data: { x: [1, NaN], y: [1, 2] } }, { message: "number 2 of `x` is nan; data must be finite numbers", field: "data" }],
  [{ data: { x: "1", y: [1] } }, { message: "`data` must be an object of columns, each an array of numbers or of tensors as nested arrays", field: "data" }],
  [{ model: "" }, { message: "there is no formula yet; try `loss = (x*w - y)^2`", field: "model", start: 0, end: 0 }],
  [{ model: "loss = sigmod(x*w)" }, { message: "unknown function `sigmod`; did you mean `sigmoid`?", field: "model", start: 7, end: 13 }],
  [{ model: "ŷ = x*w\nloss = (ŷ - y" }, { message: "this `(` is never closed", field: "model", start: 15, end: 16 }],
  [{ model: "(".repeat(300) }, { message: "this is nested more than 200 deep; name a part of it on a line of its own", field: "model", start: 201, end: 202 }],
  [{ model: "x".repeat(1_000_000) }, { message: "the text has 1000000 bytes; at most 65536 are read", field: "model", start: 65536, end: 1000000 }],
  [{ model: "loss = x - y" }, { message: "there is nothing to train: every name is a column of the data; use one more, such as `w`", field: "model" }],
  [{ rate: 0.9 }, { message: "`rate` is not a setting; the settings are model, data, lr, init, epochs, batch, optimizer, momentum, nesterov, weightDecay, alpha, betas, eps, schedule, stepSize, gamma, shuffle, seed, at", field: "rate" }],
  [{ momentum: 2 }, { message: "`momentum` must be at least 0 and below 1; it is 2", field: "momentum" }],
  [{ optimizer: "lion" }, { message: "`lion` is not an optimizer; the optimizers are sgd, adagrad, rmsprop, adam and adamw", field: "optimizer" }],
  [{ optimizer: "adam", momentum: 0.9 }, { message: "adam has no option `momentum`; it has `betas`, `eps`, `weightDecay`", field: "optimizer" }],
  [{ optimizer: "adam", betas: [0.9] }, { message: "`betas` must be a list of two numbers", field: "betas" }],
  [{ nesterov: true }, { message: "nesterov needs a momentum above 0, such as 0.9", field: "momentum" }],
  [{ batch: 4 }, { message: "a batch of 4 is larger than the data, which has 3 samples", field: "batch" }],
  [{ batch: 0 }, { message: "a batch must be a whole number of samples, at least 1; it is 0", field: "batch" }],
  [{ schedule: "linear" }, { message: "`linear` is not a schedule; the schedules are constant, step, exponential and cosine", field: "schedule" }],
  [{ schedule: "step", stepSize: 0 }, { message: "`stepSize` must be a whole number of epochs, at least 1; it is 0", field: "stepSize" }],
  [{ shuffle: true, seed: -1 }, { message: "the seed must be a whole number from 0 to 4294967295; it is -1", field: "seed" }],
  [{ shuffle: "yes" }, { message: "`shuffle` must be true or false", field: "shuffle" }],
  [{ digits: "some" }, { message: '`digits` must be "rounded" or "full"', field: "digits" }],
];

for (const [settings, problem] of REFUSED) {
  test(`refused: ${JSON.stringify(settings).slice(0, 60)}`, () => {
    assert.throws(() => downhill.train(settings), (/** @type {any} */ error) => {
      const { message, field, start, end } = error;
      assert.ok(error instanceof DownhillError);
      assert.deepEqual({ message, field, start, end }, { start: undefined, end: undefined, ...problem });
      return true;
    });
    assert.equal(downhill.train().losses[2], 4.919240100095999, "the next good input works");
  });
}

test("a missing value is reported with its place", () => {
  assert.throws(() => downhill.evaluate("x*w", { x: 1 }), { message: "`w` has no value; give it one", field: "model", start: 2, end: 3 });
});

test("names that JavaScript uses are ordinary names", () => {
  assert.equal(downhill.evaluate("constructor + __proto__", JSON.parse('{ "constructor": 1, "__proto__": 2 }')), 3);
  assert.equal(Object.hasOwn(Object.prototype, "w"), false);
});

test("the timeline of tensors has whole tensors", () => {
  const phases = downhill.timeline({ model: "h = W @ x\nloss = sum(h^2)", data: { x: [[1, 2]] }, init: { W: [[1, 0], [0, 1]] }, epochs: 1 });
  assert.deepEqual(phases.map(({ phase, name, value }) => [phase, name, value]), [
    ["start", undefined, undefined],
    ["forward", "h", [1, 2]],
    ["forward", undefined, [1, 4]],
    ["forward", "loss", 5],
    ["seed", undefined, undefined],
    ["backward", "loss", 5],
    ["backward", undefined, [1, 4]],
    ["backward", "h", [1, 2]],
    ["update", undefined, undefined],
  ]);
  assert.deepEqual(phases.map(({ upstream }) => upstream).slice(5, 8), [1, [1, 1], [2, 4]]);
  assert.deepEqual(phases[7]?.edges, [{ to: 1, product: [[2, 4], [4, 8]] }, { to: 0, product: [2, 4] }]);
});

test("the timeline of the deck's first sample", () => {
  const phases = downhill.timeline();
  assert.deepEqual(phases.map(({ phase, name, value }) => [phase, name, value]), [
    ["start", undefined, undefined],
    ["forward", "y_hat", 1],
    ["forward", "s", -1],
    ["forward", "loss", 1],
    ["seed", undefined, undefined],
    ["backward", "loss", 1],
    ["backward", "s", -1],
    ["backward", "y_hat", 1],
    ["update", undefined, undefined],
  ]);
  assert.deepEqual(phases[7]?.edges.map(({ local, product }) => [local, product]), [[1, -2], [1, -2]]);
  for (const moment of [{ sample: 3 }, { epoch: 0.5 }, { epoch: 1, sample: -1 }, { epoch: 1 / 3 }, { epoch: /** @type {any} */ ("0") }, { epoch: 10 }]) {
    assert.throws(() => downhill.timeline(moment), { message: "there is no such step: `epoch` and `sample` are whole numbers from 0, within the run", field: "epoch" });
  }
});
