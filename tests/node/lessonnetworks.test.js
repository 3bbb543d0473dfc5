// What the second lesson says of its networks, trained here as a reader trains them.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { load } from "../../www/downhill.js";
import { readIdx } from "../../www/state/idx.js";
import { NETWORKS } from "../../www/state/networks.js";

const root = new URL("../../", import.meta.url);
const downhill = await load(await readFile(new URL("www/pkg/core_bg.wasm", root)));
const html = (await readFile(new URL("networks.html", root), "utf8")).replace(/<[^>]+>/g, "");

/** @param {string} name */
const idx = async (name) => readIdx(new Uint8Array(await readFile(new URL(`www/data/digits-${name}.idx`, root))), name);
const [{ values: pixels }, { values: labels }] = await Promise.all([idx("pictures"), idx("labels")]);

const SIDE = 8;
/** The first so many pictures are for training. */
const TRAINING = 1437;
const tested = Array.from({ length: labels.length - TRAINING }, (_, place) => TRAINING + place);

/** A picture, moved by so many pixels. @param {number} sample @param {number} [right] @param {number} [down] */
function pictureOf(sample, right = 0, down = 0) {
  const pixel = (/** @type {number} */ row, /** @type {number} */ column) => (Math.min(row, column) < 0 || Math.max(row, column) >= SIDE ? 0 : (pixels[(sample * SIDE + row) * SIDE + column] ?? 0) / 16);
  return [Array.from({ length: SIDE }, (_, row) => Array.from({ length: SIDE }, (_, column) => pixel(row - down, column - right)))];
}

/** A network of the page, with the digits; its test pictures are moved. @param {string} name @param {[number, number]} [move] */
function networkOf(name, move = [0, 0]) {
  const { lr = NaN, samples = TRAINING, batch = 32, model, init } = NETWORKS.find((preset) => preset.name === name)?.of({ size: [SIDE, SIDE], classes: 10 }) ?? assert.fail(name);
  const data = { picture: Array.from(labels, (_, sample) => pictureOf(sample, ...(sample < TRAINING ? /** @type {const} */ ([0, 0]) : move))), label: Array.from(labels) };
  const network = downhill.network({ model, init, data, batch, samples, shuffle: true, seed: 0, precision: "float32" });
  const learned = Array.from({ length: samples }, (_, sample) => sample);
  return {
    network,
    epochs: (/** @type {number} */ count) => network.step(count * Math.ceil(samples / batch), lr),
    losses: () => ({ training: network.meanLoss(learned), test: network.meanLoss(tested) }),
    accuracy: () => network.read("scores", tested).filter((scores, place) => placeOfLargest(/** @type {number[]} */ (scores)) === labels[TRAINING + place]).length / tested.length,
  };
}

/** @param {number[]} scores */
const placeOfLargest = (scores) => scores.indexOf(Math.max(...scores));

test("softmax regression begins with the loss of a network that knows nothing", () => {
  const { network, losses } = networkOf("softmax");
  assert.ok(Math.abs(losses().training - Math.log(10)) < 1e-6);
  network.free();
});

test("the ConvNet reads more than 95 of 100 test pictures, and is better than full matrices", () => {
  const [convnet, dense] = ["convnet", "dense"].map((name) => networkOf(name));
  assert.ok(convnet && dense && html.includes("more than 95 of 100"));
  [convnet, dense].forEach(({ epochs }) => epochs(50));
  assert.ok(convnet.accuracy() > 0.95, String(convnet.accuracy()));
  assert.ok(convnet.losses().test < 0.8 * dense.losses().test, `${convnet.losses().test} ${dense.losses().test}`);
  const weights = [convnet, dense].map(({ network }) => Object.values(network.weights).flat(4).length);
  assert.ok(Math.abs((weights[0] ?? 0) / (weights[1] ?? 1) - 1) < 0.02, String(weights));
  [convnet, dense].forEach(({ network }) => network.free());
});

test("with every test picture moved by a pixel, the ConvNet reads about 6 of 10, and full matrices about 4", () => {
  assert.match(html, /after 20 epochs the ConvNet still reads about 6 of 10 correctly, and the other network about 4 of 10/);
  for (const [name, expected] of /** @type {const} */ ([["convnet", 6], ["dense", 4]])) {
    const trained = networkOf(name);
    trained.epochs(20);
    const { weights } = trained.network;
    trained.network.free();
    const right = [[1, 0], [-1, 0], [0, 1], [0, -1]].map((move) => {
      const { network, accuracy } = networkOf(name, /** @type {[number, number]} */ (move));
      network.weights = weights;
      const found = accuracy();
      network.free();
      return found;
    });
    const mean = right.reduce((sum, part) => sum + part, 0) / right.length;
    assert.equal(Math.round(10 * mean), expected, `${name}: ${mean}`);
  }
});

test("with 50 pictures the training loss falls towards 0, and the test loss rises while the accuracy stays", () => {
  const { network, epochs, losses, accuracy } = networkOf("overfitting");
  assert.ok(Object.values(network.weights).flat(4).length > 2000);
  epochs(50);
  const before = { ...losses(), accuracy: accuracy() };
  epochs(450);
  const after = { ...losses(), accuracy: accuracy() };
  assert.ok(after.training < 0.01 && after.test > 1.1 * before.test, JSON.stringify([before, after]));
  assert.ok(Math.abs(after.accuracy - before.accuracy) < 0.05, JSON.stringify([before, after]));
  network.free();
});

test("with too high a learning rate the loss never becomes small", () => {
  const { network, epochs, losses } = networkOf("fast");
  epochs(20);
  assert.ok(losses().training > 0.3, String(losses().training));
  network.free();
});

test("where relus are dead, a gradient arrives at h2 and goes no further, and the loss stays", () => {
  const { network, epochs, losses } = networkOf("dead");
  epochs(10);
  assert.ok(Math.abs(losses().training - Math.log(10)) < 0.01);
  const largest = (/** @type {string} */ line, /** @type {"value" | "gradient"} */ which) => Math.max(...[network.inspect(line, 0)[which] ?? NaN].flat(4).map((number) => Math.abs(Number(number))));
  assert.deepEqual(["h1", "c2", "h2"].map((line) => largest(line, "value")), [0, 0, 0]);
  assert.deepEqual(["K1", "c1", "h1", "c2"].map((line) => largest(line, "gradient")), [0, 0, 0, 0]);
  assert.ok(largest("h2", "gradient") > 0);
  network.free();
});
