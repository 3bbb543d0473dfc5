// The networks to start from, on the digits: what they reach, and their settings.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { loadDataset } from "../../www/engine/dataset.js";
import { loadEngine } from "../../www/engine/engine.js";
import { pictureTask } from "../../www/elements/network/pictures/task.js";
import { scoresOf } from "../../www/elements/network/scene.js";
import { Trainer } from "../../www/elements/network/trainer.js";
import { History } from "../../www/elements/network/history.js";
import { NETWORKS, NETWORK_KEYS, NETWORK_SETTINGS, merged, networkState } from "../../www/state/networks.js";

const read = async (/** @type {URL} */ address) => new Uint8Array(await readFile(address));
const engine = await (await loadEngine(await read(new URL("../../www/pkg/core_bg.wasm", import.meta.url)))).whole();
const digits = await loadDataset("digits", undefined, read);
const pictures = { size: digits.size, classes: digits.classes.length };

/**
 * The test after so many steps, with what is measured of the training part.
 * @param {Partial<import("../../www/state/networks.js").NetworkState>} given
 * @param {number} steps
 */
function trained(given, steps) {
  const state = networkState(given, pictures);
  const trainer = new Trainer(engine, pictureTask(digits), state);
  trainer.take(steps, state.lr);
  trainer.evaluate(Infinity);
  const { test: result, history, failed, samples, network } = trainer;
  const training = network.meanLoss(Array.from({ length: samples }, (_, sample) => sample));
  trainer.free();
  return { accuracy: (result?.right ?? NaN) / (result?.of ?? NaN), loss: result?.loss ?? NaN, training, history, failed };
}

/** What each network shows, as its sentence says. @type {Record<string, (result: ReturnType<typeof trained>) => boolean>} */
const SHOWN = {
  softmax: ({ accuracy }) => accuracy > 0.94,
  mlp: ({ accuracy }) => accuracy > 0.94,
  convnet: ({ accuracy }) => accuracy > 0.95,
  fast: ({ accuracy, training }) => accuracy < 0.9 && training > 0.5,
  dead: ({ accuracy, training }) => accuracy < 0.15 && Math.abs(training - Math.log(10)) < 0.01,
  overfitting: ({ training, loss }) => training < 0.02 && loss > 1,
  dense: ({ accuracy }) => accuracy > 0.93,
};

for (const { name, label } of NETWORKS) {
  test(`${label}: what it shows after 500 steps`, () => {
    const result = trained({ preset: name }, 500);
    assert.ok(SHOWN[name]?.(result), JSON.stringify({ ...result, history: undefined }));
  });
}

test("the small ConvNet has at least 95 % of the test right from ten seeds", () => {
  const reached = Array.from({ length: 10 }, (_, seed) => {
    const { init } = networkState({}, pictures);
    const other = Object.fromEntries(Object.entries(init).map(([name, draw]) => [name, String(draw).replace(/seed=(\d+)/, (_, own) => `seed=${10 * seed + Number(own)}`)]));
    return trained({ init: other, seed }, 1500).accuracy;
  });
  assert.ok(reached.every((accuracy) => accuracy >= 0.95), reached.join(", "));
});

test("the network without convolutions has about as many weights as the ConvNet", () => {
  const count = (/** @type {string} */ preset) => new Trainer(engine, pictureTask(digits), networkState({ preset }, pictures)).initial.length;
  assert.ok(Math.abs(count("dense") / count("convnet") - 1) < 0.02, `${count("dense")}, ${count("convnet")}`);
});

test("the dead relus let no gradient through", () => {
  const trainer = new Trainer(engine, pictureTask(digits), networkState({ preset: "dead", precision: "float64" }, pictures));
  for (let sample = 0; sample < 20; sample += 1) {
    const { gradient } = /** @type {{ gradient: Float64Array }} */ (trainer.network.see(sample).get("K1"));
    assert.ok(gradient.every((number) => number === 0));
  }
  trainer.free();
});

test("a training that fails keeps the last good weights, and says at which step", () => {
  const trainer = new Trainer(engine, pictureTask(digits), networkState({ preset: "convnet" }, pictures));
  trainer.take(3, 0.1);
  trainer.take(5, 1e300);
  assert.ok(trainer.failed !== undefined && trainer.network.weights.every(Number.isFinite));
  trainer.failed = undefined;
  trainer.take(5, 0.1);
  assert.deepEqual([trainer.failed, trainer.rates.map(({ lr }) => lr)], [undefined, [0.1, 1e300, 0.1]]);
  trainer.free();
});

test("a history keeps means of equally many steps", () => {
  const history = new History();
  const losses = Array.from({ length: 5000 }, (_, step) => step);
  history.add(losses);
  assert.ok(history.means.length < 1024 && history.stride === 8);
  history.means.forEach((mean, place) => assert.equal(mean, 8 * place + 3.5));
  assert.equal(history.points[3], 8 + 3.5);
});

test("the test's losses that are kept begin and end as they did", () => {
  const history = new History();
  for (let step = 0; step < 10_000; step += 1) {
    history.addTest(step, step / 2);
  }
  const { tests } = history;
  assert.deepEqual([tests.slice(0, 2), tests.slice(-2)], [[0, 0], [9999, 4999.5]]);
  assert.ok(tests.length <= 4096 && tests.every((number, place) => place % 2 === 0 || number === (tests[place - 1] ?? NaN) / 2));
});

/** Settings that are refused. @type {[object | null, string][]} */
const REFUSED = [
  [null, "the state must be an object"],
  [{ epochs: 3 }, "`epochs` is not a setting; the settings are preset, data, lr, model, init, samples, batch, optimizer"],
  [{ lr: "0.1" }, "`lr` must be a number"],
  [{ init: { W: "zeros" } }, "`init` must be an object of numbers"],
  [JSON.parse('{ "__proto__": 1 }'), "`__proto__` is not a setting"],
];

for (const [given, message] of REFUSED) {
  test(`settings are refused: ${message}`, () => assert.throws(() => merged(NETWORK_SETTINGS, {}, given), (/** @type {Error} */ error) => error.message.startsWith(message)));
}

/** Which line has the scores. @type {[model: string, scores: string | undefined][]} */
const SCORES = [
  ["scores = W @ x\nloss = cross_entropy(scores, label)", "scores"],
  ["z = b\nloss = cross_entropy(z, label);\n# the end\n", "z"],
  ["loss = cross_entropy(transpose(scores), next)", "scores"],
  ["loss = cross_entropy(scores, label) * 2", undefined],
  ["loss = cross_entropy(W @ x, label)", undefined],
  ["", undefined],
];

for (const [model, scores] of SCORES) {
  test(`the scores of: ${model}`, () => assert.equal(scoresOf(model), scores));
}

test("a batch has no more pictures than there are, unless it is given", () => {
  const of = (/** @type {object} */ given, /** @type {number} */ training) => networkState(given, { ...pictures, training }).batch;
  assert.deepEqual([of({}, 2), of({ samples: 5 }, 100), of({ batch: 7 }, 2), of({}, 100)], [2, 5, 7, 32]);
});

test("what is undefined is taken away, and an unknown network is named", () => {
  assert.deepEqual(merged(NETWORK_SETTINGS, { lr: 1, batch: 2 }, { lr: undefined }), { batch: 2 });
  assert.throws(() => networkState({ preset: "lenet" }, pictures), { message: "there is no network `lenet`; there are softmax, mlp, convnet, fast, dead, overfitting, dense" });
});

test("every setting reads what it writes", () => {
  const state = networkState({ samples: 50, momentum: 0.5 }, pictures);
  for (const key of NETWORK_KEYS.filter((key) => state[key] !== undefined)) {
    const { read, write, accepts, example } = NETWORK_SETTINGS[key];
    assert.deepEqual(JSON.parse(JSON.stringify(read(write(state[key])))), state[key], key);
    assert.ok(accepts(read(example ?? write(state[key]))), key);
  }
});
