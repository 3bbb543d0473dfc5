// Drawings as pictures of the data, what a network says of them, and descent in the picture.

import assert from "node:assert/strict";
import { test } from "node:test";
import { ranked, saying, softmax } from "../../www/elements/network/ask/chances.js";
import { descended } from "../../www/elements/network/ask/descent.js";
import { picturedAsData, picturedInPlace } from "../../www/parts/strokes.js";
import { randomNumbers } from "../../www/state/random.js";

/** @typedef {import("../../www/parts/strokes.js").Stroke} Stroke */

/** @param {number} side @param {number} [x] the middle @param {number} [y] @param {number} [radius] @returns {Stroke} */
function ring(side, x = 0.5, y = 0.5, radius = 0.3) {
  return Array.from({ length: 41 }, (_, point) => [side * (x + 0.7 * radius * Math.cos((point * Math.PI) / 20)), side * (y + radius * Math.sin((point * Math.PI) / 20))]);
}

/** @param {ArrayLike<number>} pixels */
const sum = (pixels) => Array.from(pixels).reduce((total, pixel) => total + pixel, 0);
/** The rows of a picture. @param {Float64Array} pixels @param {number} columns */
const rowsOf = (pixels, columns) => Array.from({ length: pixels.length / columns }, (_, row) => pixels.subarray(row * columns, (row + 1) * columns));
/** @param {Float64Array} pixels @param {number} columns */
const columnsOf = (pixels, columns) => Array.from({ length: columns }, (_, column) => pixels.filter((_, place) => place % columns === column));
/** The place of the middle of the ink, in pixels. @param {Float64Array[]} lines */
const middle = (lines) => lines.reduce((total, line, place) => total + (place + 0.5) * sum(line), 0) / sum(lines.map(sum));

test("a drawing of 8 x 8 has the margins and the ink of the UCI digits", () => {
  const pixels = picturedAsData([ring(8)], [8, 8]);
  const [rows, columns] = [rowsOf(pixels, 8), columnsOf(pixels, 8)];
  // Measured over the 1,797 digits: all reach the first and the last row, none fills the first and the last column, and the mean is 0.305.
  assert.ok(sum(rows[0] ?? []) > 0.5 && sum(rows[7] ?? []) > 0.5);
  assert.ok(sum(columns[0] ?? []) === 0 && sum(columns[7] ?? []) === 0);
  assert.ok(sum(columns[1] ?? []) > 1 && sum(columns[6] ?? []) > 1);
  assert.ok(Math.abs(sum(pixels) / 64 - 0.305) < 0.03, String(sum(pixels) / 64));
  // The middle of a ring is empty.
  assert.equal(rows[4]?.[3], 0);
});

test("the greys of 8 x 8 are counts of 16", () => {
  assert.ok(picturedAsData([ring(8)], [8, 8]).every((pixel) => pixel >= 0 && pixel <= 1 && Number.isInteger(16 * pixel)));
});

test("place and size of a drawing do not matter", () => {
  for (const side of [8, 28]) {
    const [one, other] = [picturedAsData([ring(side)], [side, side]), picturedAsData([ring(side, 0.3, 0.35, 0.2)], [side, side])];
    assert.ok(sum(one.map((pixel, place) => Math.abs(pixel - (other[place] ?? NaN)))) < 0.05 * sum(one));
  }
});

test("a drawing of 28 x 28 fills 20 x 20, with the centre of mass in the middle", () => {
  // The lower half of a tall drawing is heavier.
  const pixels = picturedAsData([[[5, 2], [5, 20]], [[1, 20], [9, 20]], [[1, 18], [9, 18]]], [28, 28]);
  const rows = rowsOf(pixels, 28);
  const drawn = rows.map((row) => sum(row) > 0);
  assert.ok(Math.abs(middle(rows) - 14) < 0.2 && Math.abs(middle(columnsOf(pixels, 28)) - 14) < 0.2);
  assert.equal(Math.abs(drawn.lastIndexOf(true) - drawn.indexOf(true) + 1 - 20) <= 1, true);
});

test("a dot is a dot in the middle, a line is a line, and nothing is nothing", () => {
  const dot = picturedAsData([[[1, 1]]], [8, 8]);
  assert.ok(sum(dot) > 0 && sum(dot) < 12);
  assert.deepEqual([middle(rowsOf(dot, 8)), middle(columnsOf(dot, 8))], [4, 4]);
  const line = picturedAsData([[[1, 4], [7, 4]]], [8, 8]);
  assert.ok(sum(columnsOf(line, 8)[3] ?? []) > 0.5 && sum(rowsOf(line, 8)[0] ?? []) === 0);
  assert.equal(sum(picturedAsData([], [8, 8])), 0);
  assert.equal(sum(picturedAsData([[]], [28, 28])), 0);
});

test("any size and any points give a picture", () => {
  const random = randomNumbers(3);
  for (const [rows, columns] of /** @type {[number, number][]} */ ([[1, 1], [1, 9], [12, 5], [64, 64]])) {
    const stroke = /** @type {Stroke} */ (Array.from({ length: 30 }, () => [200 * random() - 100, 200 * random() - 100]));
    const pixels = picturedAsData([stroke], [rows, columns]);
    assert.equal(pixels.length, rows * columns);
    assert.ok(pixels.every((pixel) => pixel >= 0 && pixel <= 1));
  }
});

test("strokes on a picture stay where they are drawn", () => {
  const pixels = picturedInPlace([[[0.5, 6.5], [2.5, 6.5]]], [8, 8], 1);
  assert.equal(pixels[6 * 8 + 1], 1);
  assert.equal(sum(pixels) - sum(rowsOf(pixels, 8)[6] ?? []), 0);
});

test("probabilities are those of the scores, however large they are", () => {
  const chances = softmax([1000, 999, -1000]);
  assert.ok(Math.abs((chances[0] ?? 0) - 1 / (1 + Math.exp(-1))) < 1e-15);
  assert.ok(Math.abs(sum(chances) - 1) < 1e-15);
  assert.deepEqual(ranked([0.2, 0.5, 0.3]), [1, 2, 0]);
});

test("the winner is said in words, and so is a doubt", () => {
  const classes = ["bag", "coat", "shirt"];
  assert.equal(saying([0.05, 0.9, 0.05], classes, String), "The network says coat (probability 0.9).");
  assert.equal(saying([0.45, 0.5, 0.05], classes, String), "The network is not sure: coat (probability 0.5) or bag (probability 0.45).");
  assert.match(saying(softmax([NaN, 1, 2]), classes, String), /^The scores are not finite numbers/);
  assert.equal(saying([1], ["bag"], String), "The network says bag (probability 1).");
});

test("descent in the picture lowers the loss, and ink stays between 0 and 1", () => {
  // The loss of softmax regression with two classes, for the first of them.
  const weights = [3, -2, 0.5, -4];
  const loss = (/** @type {ArrayLike<number>} */ picture) => Math.log1p(Math.exp(-sum(weights.map((weight, place) => weight * (picture[place] ?? 0)))));
  const gradient = (/** @type {ArrayLike<number>} */ picture) => weights.map((weight) => -weight * (1 - Math.exp(-loss(picture))));
  let picture = Float64Array.of(0, 1, 0.5, 0.9);
  for (let step = 0; step < 500; step += 1) {
    const next = descended(picture, gradient(picture), 0.1);
    assert.ok(loss(next) < loss(picture) || next.every((pixel, place) => pixel === picture[place]));
    assert.ok(next.every((pixel) => pixel >= 0 && pixel <= 1));
    picture = next;
  }
  assert.deepEqual([...picture], [1, 0, 1, 0]);
});
