// Counting what a network confuses.

import assert from "node:assert/strict";
import { test } from "node:test";
import { confusionOf, largest, predictedClass, probabilityOf, rightOf } from "../../www/elements/network/understand/confusion.js";
import { readInParts } from "../../www/elements/network/understand/reading.js";

/** Numbers from 0 to 1, the same each time. */
function draws() {
  let state = 12345;
  return () => {
    state = (state * 1103515245 + 12345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

test("counts are those of a plain loop", () => {
  const draw = draws();
  const [samples, classes] = [500, 7];
  const labels = Uint8Array.from({ length: samples }, () => Math.floor(draw() * classes));
  const scores = Float64Array.from({ length: samples * classes }, () => Math.floor(draw() * 4) - 2);
  const predicted = Array.from(labels, (_, sample) => predictedClass(scores, classes, sample));
  const expected = Array.from({ length: classes }, () => /** @type {number[]} */ (Array(classes + 1).fill(0)));
  labels.forEach((label, sample) => {
    const own = [...scores.subarray(sample * classes, (sample + 1) * classes)];
    const [row = [], column] = [expected[label], own.indexOf(Math.max(...own))];
    row[column] = (row[column] ?? 0) + 1;
  });
  assert.deepEqual([...confusionOf(labels, predicted, classes, classes)], expected.flat());
  assert.equal(rightOf(labels, predicted), expected.reduce((sum, row, label) => sum + (row[label] ?? 0), 0));
});

test("of equal scores the first is taken, and a score that is no number gives no class", () => {
  assert.equal(predictedClass([1, 3, 3], 3, 0), 1);
  assert.equal(predictedClass([0, 0], 2, 0), 0);
  assert.equal(predictedClass([-Infinity, -Infinity, Infinity], 3, 0), 2);
  assert.equal(predictedClass([NaN, 1], 2, 0), -1);
  assert.equal(predictedClass([5, 1, NaN], 3, 0), -1);
  assert.equal(predictedClass([], 0, 0), -1);
  assert.equal(predictedClass([9, 0, 0, 9], 2, 1), 1);
});

test("samples without a class have a column of their own, and are not right", () => {
  assert.deepEqual([...confusionOf([0, 1, 1], [-1, 1, -1], 2, 2)], [0, 0, 1, 0, 1, 1]);
  assert.equal(rightOf([0, 1, 1], [-1, 1, -1]), 1);
});

test("a network may have more scores than the data have classes", () => {
  assert.deepEqual([...confusionOf([0, 0], [3, 1], 1, 4)], [0, 1, 0, 1, 0]);
});

test("probabilities are those of softmax, also of large scores", () => {
  assert.ok(Math.abs(probabilityOf([1, 2, 3], 3, 0, 2) - Math.exp(3) / (Math.exp(1) + Math.exp(2) + Math.exp(3))) < 1e-15);
  assert.equal(probabilityOf([1000, 0], 2, 0, 0), 1);
  assert.equal(probabilityOf([1000, 1000], 2, 0, 1), 0.5);
  assert.equal(probabilityOf([Infinity, 0], 2, 0, 0), 1);
  assert.ok(Number.isNaN(probabilityOf([NaN, 0], 2, 0, -1)));
});

test("the largest losses come first, and what is no number before them", () => {
  assert.deepEqual(largest([0.5, 2, NaN, 2, 0], 9), [2, 1, 3, 0, 4]);
  assert.deepEqual(largest([1, Infinity, 3], 2), [1, 2]);
  assert.deepEqual(largest([], 9), []);
});

test("lines are read in parts, each sample once, and no further when it is not wanted", async () => {
  /** @type {number[]} */
  const asked = [];
  const network = { read: (/** @type {string} */ _, /** @type {number[]} */ samples) => ({ values: Float64Array.from(samples, (sample) => (asked.push(sample), 2 * sample)) }) };
  const scene = /** @type {any} */ ({ network });
  const samples = Array.from({ length: 300 }, (_, place) => 7 + place);
  const found = new Float64Array(300);
  assert.equal(await readInParts(scene, ["z"], samples, () => true, (first, [values = new Float64Array()]) => found.set(values, first)), true);
  assert.deepEqual(asked, samples);
  assert.deepEqual([...found], samples.map((sample) => 2 * sample));
  assert.equal(await readInParts(scene, ["z"], samples, () => asked.length < 305, () => {}), false);
  assert.ok(asked.length < 600);
  assert.equal(await readInParts(scene, ["z"], [], () => true, () => assert.fail()), true);
});
