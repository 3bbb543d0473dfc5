// The gradient of a loss by the picture, as the saliency map and the descent in the picture use it.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { asked, askedForWinner } from "../../www/elements/network/ask/asked.js";
import { descended } from "../../www/elements/network/ask/descent.js";
import { nextWrong } from "../../www/elements/network/ask/samples.js";
import { pictureTask } from "../../www/elements/network/pictures/task.js";
import { Trainer } from "../../www/elements/network/trainer.js";
import { loadEngine } from "../../www/engine/engine.js";
import { NETWORKS, networkState } from "../../www/state/networks.js";
import { randomNumbers } from "../../www/state/random.js";

/** @typedef {import("../../www/elements/network/scene.js").Scene} Scene */

const engine = await loadEngine(await readFile(new URL("../../www/pkg/core_bg.wasm", import.meta.url)));

/** @type {[number, number]} */
const size = [8, 8];
const [count, training] = [60, 40];
const random = randomNumbers(5);
const labels = Uint8Array.from({ length: count }, (_, sample) => sample % 3);

/** Noise with a bright third of the rows, which tells the class. @type {import("../../www/engine/dataset.js").Dataset} */
const data = {
  name: "own", size, classes: ["upper", "middle", "lower"], levels: 16, labels, training, credit: "",
  pixels: Uint8Array.from({ length: count * 64 }, (_, place) => {
    const [sample, row] = [Math.floor(place / 64), Math.floor((place % 64) / 8)];
    return Math.floor(8 * random()) + (Math.floor(row / 3) === labels[sample] ? 7 : 0);
  }),
};

/** A network that is trained a little, and is not sure yet. @param {string} preset @param {number} [steps] */
function trained(preset, steps = 20) {
  const trainer = new Trainer(engine, pictureTask(data), networkState({ preset, data: "own", precision: "float64", batch: 10 }, { size, classes: 3 }));
  trainer.take(steps, 0.1);
  return { scene: /** @type {Scene} */ (/** @type {unknown} */ ({ network: trainer.network, spare: trainer.spare, scores: trainer.scores, data })), trainer };
}

const picture = () => Float64Array.from({ length: 64 }, () => 0.1 + 0.8 * random());

for (const { name } of NETWORKS) {
  test(`${name}: the saliency is the slope of log p, by central differences`, () => {
    const { scene } = trained(name);
    const drawn = picture();
    const { winner, gradient, chances, loss } = askedForWinner(scene, drawn, 0);
    assert.ok(Math.abs(Math.log(chances[winner] ?? 0) + loss) < 1e-9);
    const logOf = (/** @type {number} */ place, /** @type {number} */ step) => Math.log(asked(scene, drawn.with(place, (drawn[place] ?? 0) + step), 0).chances[winner] ?? 0);
    const slopes = gradient.map((_, place) => (logOf(place, 1e-6) - logOf(place, -1e-6)) / 2e-6);
    assert.equal(gradient.length, 64);
    gradient.forEach((derivative, place) => assert.ok(Math.abs(-derivative - (slopes[place] ?? NaN)) < 1e-7, `pixel ${place}: ${-derivative} and ${slopes[place]}`));
  });
}

test("descent in the picture makes it the class that was chosen", () => {
  const { scene } = trained("convnet", 100);
  const start = Float64Array.from(data.pixels.subarray(0, 64), (pixel) => pixel / 16);
  const first = asked(scene, start, 2);
  assert.equal(first.winner, 0);
  let [drawn, answer] = [start, first];
  for (let step = 0; step < 100 && answer.winner !== 2; step += 1) {
    drawn = descended(drawn, answer.gradient, 0.02);
    const next = asked(scene, drawn, 2);
    assert.ok(next.loss < answer.loss);
    answer = next;
  }
  assert.equal(answer.winner, 2);
  assert.ok(drawn.every((pixel) => pixel >= 0 && pixel <= 1));
});

test("asking does not touch the weights or the pictures of the data", () => {
  const { scene, trainer } = trained("mlp");
  const before = [trainer.network.weights, trainer.network.read("scores", [0, count - 1]).values];
  asked(scene, picture(), 1);
  assert.deepEqual([trainer.network.weights, trainer.network.read("scores", [0, count - 1]).values], before);
});

test("the next picture that is wrong is one of the test, after the one before", () => {
  const { scene } = trained("mlp", 0);
  const isWrong = (/** @type {number} */ place) => {
    const { values } = scene.network.read("scores", [training + place]);
    return values.indexOf(Math.max(...values)) !== labels[training + place];
  };
  const first = nextWrong(scene, -1) ?? NaN;
  const second = nextWrong(scene, first) ?? NaN;
  assert.ok(isWrong(first) && isWrong(second) && second !== first);
  const good = trained("mlp", 400).scene;
  assert.equal(nextWrong(good, -1), undefined);
});
