// A network that gives each pixel a class: what it predicts, where to paint next, and training with what is painted.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { loadEngine } from "../../www/engine/engine.js";
import { scoresOf } from "../../www/elements/network/scene.js";
import { Looking } from "../../www/elements/network/segment/looking.js";
import { putPainted } from "../../www/elements/network/segment/live.js";
import { chancesAt, predictionOf } from "../../www/elements/network/segment/predict.js";
import { withoutClass, withoutShot } from "../../www/elements/network/segment/shorter.js";
import { firstOf, rowIn, samplesFor, segmentTask } from "../../www/elements/network/segment/task.js";
import { unsureRegion } from "../../www/elements/network/segment/unsure.js";
import { Trainer } from "../../www/elements/network/trainer.js";
import { COLORS } from "../../www/state/segment/project.js";
import { segmentState } from "../../www/state/segments.js";
import { randomNumbers } from "../../www/state/random.js";

/** @typedef {import("../../www/state/segment/project.js").Project} Project */
/** @typedef {import("../../www/state/segment/project.js").Shot} Shot */

const engine = await (await loadEngine(await readFile(new URL("../../www/pkg/core_bg.wasm", import.meta.url)))).whole();

/** @param {ArrayLike<number>} actual @param {ArrayLike<number>} expected @param {number} [within] */
function near(actual, expected, within = 1e-6) {
  assert.equal(actual.length, expected.length);
  Array.from(expected).forEach((value, place) => assert.ok(Math.abs((actual[place] ?? NaN) - value) <= within, `${place}: ${actual[place]} and ${value}`));
}

test("a prediction is the most probable class of each pixel, and how sure it is", () => {
  // Scores of 2 classes at 5 pixels; the entropies are those of 1/2, of 1, and of softmax(0, log 3), which is 1/4 and 3/4.
  const { labels, sureness } = predictionOf([0, 900, 0, NaN, -1000, 0, -900, Math.log(3), 1, 0], 2);
  assert.deepEqual([...labels], [1, 1, 2, 0, 2]);
  near(sureness, [0, 1, 1 + (0.25 * Math.log2(0.25) + 0.75 * Math.log2(0.75)), 0, 1]);
  near(chancesAt([0, 900, 0, NaN, -1000, 0, -900, Math.log(3), 1, 0], 2, 2), [0.25, 0.75], 1e-15);
});

/** A picture of signs: a digit is how sure the network is, in tenths, and # is painted. @param {string} drawing */
function regionIn(drawing) {
  const rows = drawing.trim().split(/\s+/);
  const signs = rows.join("");
  return unsureRegion(Float64Array.from(signs, (sign) => (sign === "#" ? 0 : Number(sign) / 10)), Uint8Array.from(signs, (sign) => Number(sign === "#")), [rows.length, rows[0]?.length ?? 0]);
}

/** @type {[title: string, drawing: string, expected: unknown][]} */
const REGIONS = [
  ["the largest area of the least sure pixels", "99999999 95599999 95599959 99999999", { row: 1, column: 1, pixels: 4, sureness: 0.5 }],
  ["what is painted does not count, and corners do not hang together", "99999#99 9###9#99 9###9599 99995999 99959959", { row: 2, column: 5, pixels: 1, sureness: 0.5 }],
  ["the middle of a ring is moved onto it", "555999 595999 555999 999999 999999 999999 999999 999999 999999 999999 999999 999999 999999", { row: 1, column: 0, pixels: 8, sureness: 0.5 }],
];

for (const [title, drawing, expected] of REGIONS) {
  test(`where to paint next: ${title}`, () => assert.deepEqual(regionIn(drawing), expected));
}

test("where to paint next: nowhere, where the network is sure or all is painted", () => {
  assert.equal(unsureRegion(new Float64Array(12).fill(0.99), new Uint8Array(12), [3, 4]), undefined);
  assert.equal(regionIn("### ###"), undefined);
});

/** A picture with stripes, whose bright half is of class 2. @param {number} seed @param {boolean} isTest @returns {Shot} */
function shotOf(seed, isTest = false) {
  const [random, truth] = [randomNumbers(seed), new Uint8Array(64)];
  const pixels = new Uint8Array(192);
  truth.forEach((_, place) => {
    truth[place] = place % 8 < 4 ? 1 : 2;
    pixels.fill(Math.floor(80 * random()) + (truth[place] === 2 ? 150 : 20), 3 * place, 3 * place + 3);
  });
  return { name: `picture ${seed}`, size: [8, 8], pixels, mask: new Uint8Array(64), isTest, truth };
}

/** @param {Shot[]} shots @returns {Project} */
function projectOf(...shots) {
  return { name: "own", classes: ["dark", "bright"].map((name, place) => ({ name, color: COLORS[place] ?? "" })), shots, credit: "" };
}

/** @param {Project} project @param {Partial<import("../../www/state/segments.js").SegmentState>} [given] */
function trainerOf(project, given = {}) {
  const state = segmentState({ kind: "plain", layers: 2, channels: 4, copies: "none", precision: "float64", ...given }, project);
  const trainer = new Trainer(engine, segmentTask(project, state), state);
  return { trainer, state, scene: /** @type {any} */ ({ engine, core: undefined, network: trainer.network, task: trainer.task, data: project, state, scores: trainer.scores }) };
}

/** @param {Shot} shot @param {Record<number, number>} places @param {any} scene @param {Trainer} trainer */
function paint(shot, places, scene, trainer) {
  Object.entries(places).forEach(([place, k]) => (shot.mask[Number(place)] = k));
  putPainted(scene, shot, true);
  trainer.follow(shot.isTest);
}

test("the scores of the loss over painted pixels are found, and those of a loss that is more are not", () => {
  assert.equal(scoresOf("scores = conv(picture, W)\nloss = -sum(mask * log_softmax(scores, axis=0))"), "scores");
  assert.equal(scoresOf("loss = - sum( mask*log_softmax( s , axis = 0 ) )"), "s");
  assert.equal(scoresOf("loss = -sum(mask * log_softmax(scores, axis=0)) + sum(W^2)"), undefined);
  assert.equal(scoresOf("loss = -sum(mask * log_softmax(scores, axis=1))"), undefined);
});

test("training waits for two classes, and takes only pictures that are painted", () => {
  const shots = [shotOf(1), shotOf(2), shotOf(3)];
  const { trainer, scene } = trainerOf(projectOf(...shots));
  assert.equal(trainer.missing, "Paint at least two classes.");
  paint(/** @type {Shot} */ (shots[1]), { 0: 1, 8: 1 }, scene, trainer);
  assert.equal(trainer.missing, "Paint at least two classes.");
  paint(/** @type {Shot} */ (shots[1]), { 6: 2 }, scene, trainer);
  assert.deepEqual([trainer.missing, trainer.samples, trainer.isFresh], ["", 1, true]);
  trainer.take(5, 0.01);
  // The same picture alone, painted before, gives the same weights.
  const alone = trainerOf(projectOf(/** @type {Shot} */ (shots[1])));
  alone.trainer.follow(false);
  alone.trainer.take(5, 0.01);
  assert.deepEqual([...trainer.network.weights], [...alone.trainer.network.weights]);
  assert.deepEqual([trainer.isFresh, trainer.network.epochs], [false, 5]);
  [trainer, alone.trainer].forEach((each) => each.free());
});

test("what is painted is learned, in the picture and in its copies", () => {
  const shot = shotOf(4);
  const { trainer, scene } = trainerOf(projectOf(shot), { copies: "mirrored" });
  assert.deepEqual(samplesFor(trainer.task, shot), [0, 1]);
  assert.equal(firstOf(trainer.task, shot), 0);
  paint(shot, { 0: 1, 15: 2 }, scene, trainer);
  assert.equal(trainer.samples, 2);
  assert.deepEqual([0, 1].map((sample) => Array.from(rowIn(trainer.task, sample).mask).flatMap((share, place) => (share > 0 ? [place] : []))), [[0, 64 + 15], [7, 64 + 8]]);
  trainer.take(80, 0.03);
  const { labels } = predictionOf(trainer.network.read("scores", [0]).values, 2);
  assert.ok(labels.filter((k, place) => k === shot.truth?.[place]).length > 56);
  assert.equal(trainer.task.nameOf(1), "training picture “picture 4”, a copy");
  trainer.free();
});

test("without a picture for the test none is made, and nothing is NaN", () => {
  const shot = shotOf(5);
  const { trainer, scene } = trainerOf(projectOf(shot));
  paint(shot, { 0: 1, 7: 2 }, scene, trainer);
  trainer.advance(0.01);
  assert.ok(trainer.steps > 0);
  assert.equal(trainer.evaluate(Infinity), true);
  assert.deepEqual([trainer.test, trainer.history.tests], [undefined, []]);
  trainer.free();
});

test("the test takes all that is known, and counts nothing else", () => {
  const [learned, whole, painted, bare] = [shotOf(6), shotOf(7, true), { ...shotOf(8, true), truth: undefined }, { ...shotOf(9, true), truth: undefined }];
  const { trainer, scene } = trainerOf(projectOf(learned, whole, /** @type {Shot} */ (painted), /** @type {Shot} */ (bare)));
  const tested = () => trainer.test;
  trainer.evaluate(Infinity);
  assert.equal(tested()?.of, 64);
  paint(/** @type {Shot} */ (painted), { 3: 1, 4: 2, 5: 2 }, scene, trainer);
  assert.equal(tested(), undefined);
  trainer.evaluate(Infinity);
  assert.equal(tested()?.of, 67);
  const { values } = trainer.network.read("scores", [1, 2]);
  const predicted = [values.subarray(0, 128), values.subarray(128)].map((scores) => predictionOf(scores, 2).labels);
  const right = [whole.truth ?? [], painted.mask].map((truth, picture) => Array.from(truth).filter((k, place) => k > 0 && k === predicted[picture]?.[place]).length);
  assert.equal(tested()?.right, (right[0] ?? 0) + (right[1] ?? 0));
  trainer.free();
});

test("the gradient of a pixel’s loss is that of finite differences", () => {
  const shot = shotOf(10);
  const project = projectOf(shot);
  const { trainer, scene } = trainerOf(project, { colour: "colour", coordinates: true });
  trainer.network.load(trainer.network.weights.map((weight, place) => weight + 0.1 * Math.sin(place)));
  const { picture, mask } = rowIn(trainer.task, 0);
  const [pixel, k, looking] = [27, 2, new Looking()];
  const gradient = looking.gradient(scene, picture, pixel, k);
  const lossOf = (/** @type {Float64Array} */ other) => {
    trainer.network.replace(trainer.spare, { picture: other, mask });
    return -Math.log(chancesAt(trainer.network.read("scores", [trainer.spare]).values, 2, pixel)[k - 1] ?? NaN);
  };
  const step = 1e-6;
  const slopes = picture.map((number, place) => (lossOf(picture.with(place, number + step)) - lossOf(picture.with(place, number - step))) / (2 * step));
  near(gradient, slopes, 1e-6);
  assert.ok(gradient.some((slope) => slope !== 0));
  looking.free();
  trainer.free();
});

test("a class that is removed takes its pixels with it, and the others move up", () => {
  const shot = { ...shotOf(11), mask: Uint8Array.from([0, 1, 2, 3]), truth: Uint8Array.from([3, 2, 1, 0]) };
  const project = { ...projectOf(shot), classes: ["a", "b", "c"].map((name) => ({ name, color: "#000000" })) };
  const { classes, shots } = withoutClass(project, 2);
  assert.deepEqual([classes.map(({ name }) => name), [...(shots[0]?.mask ?? [])], [...(shots[0]?.truth ?? [])]], [["a", "c"], [0, 1, 0, 2], [2, 0, 1, 0]]);
  assert.deepEqual(withoutShot(project, 0).shots, []);
  assert.deepEqual([...shot.mask], [0, 1, 2, 3]);
});
