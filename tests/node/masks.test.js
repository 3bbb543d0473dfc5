// Masks: painting, undo, run lengths, and what a project may have.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { fillArea, paintLine, paintPolygon } from "../../www/state/segment/brush.js";
import { History } from "../../www/state/segment/history.js";
import { COLORS, LIMITS, checkProject, emptyShot } from "../../www/state/segment/project.js";
import { cocoOf, compressed, countsOf, decompressed, maskFrom } from "../../www/state/segment/rle.js";
import { randomNumbers } from "../../www/state/random.js";

const golden = JSON.parse(await readFile(new URL("../golden/masks.json", import.meta.url), "utf8"));
/** @type {[number, number]} */
const SIZE = [6, 8];

/** The rows of a mask as text. @param {Uint8Array} mask */
const shown = (mask) => Array.from({ length: SIZE[0] }, (_, row) => [...mask.subarray(row * SIZE[1], (row + 1) * SIZE[1])].join("").replaceAll("0", "."));

/** What a deed paints on an empty mask, and the rectangle that it says has changed. @type {[string, (mask: Uint8Array) => unknown, string[], unknown][]} */
const PAINTED = [
  ["a point", (mask) => paintLine(mask, SIZE, [2.2, 1.9], [2.2, 1.9], 0, 1), ["........", "..1.....", "........", "........", "........", "........"], { top: 1, left: 2, height: 1, width: 1 }],
  ["a disc", (mask) => paintLine(mask, SIZE, [3.5, 2.5], [3.5, 2.5], 1.5, 2), ["........", "..222...", "..222...", "..222...", "........", "........"], { top: 1, left: 2, height: 3, width: 3 }],
  ["a line", (mask) => paintLine(mask, SIZE, [0.5, 0.5], [7.5, 0.5], 0.4, 1), ["11111111", "........", "........", "........", "........", "........"], { top: 0, left: 0, height: 1, width: 8 }],
  ["a stroke that begins outside", (mask) => paintLine(mask, SIZE, [-9, -9], [1.5, 1.5], 0.1, 3), ["3.......", ".3......", "........", "........", "........", "........"], { top: 0, left: 0, height: 2, width: 2 }],
  ["nothing outside", (mask) => paintLine(mask, SIZE, [-5, -5], [-5, 90], 2, 3), ["........", "........", "........", "........", "........", "........"], undefined],
  ["a triangle", (mask) => paintPolygon(mask, SIZE, [[0, 0], [4, 0], [0, 4]], 1), ["111.....", "11......", "1.......", "........", "........", "........"], { top: 0, left: 0, height: 3, width: 3 }],
  ["two corners are no polygon", (mask) => paintPolygon(mask, SIZE, [[0, 0], [4, 4]], 1), ["........", "........", "........", "........", "........", "........"], undefined],
  ["an area", (mask) => (paintLine(mask, SIZE, [3.5, 0.5], [3.5, 5.5], 0.4, 1), fillArea(mask, SIZE, [0, 0], 2)), ["2221....", "2221....", "2221....", "2221....", "2221....", "2221...."], { top: 0, left: 0, height: 6, width: 3 }],
  ["an area with its own class", (mask) => fillArea(mask, SIZE, [0, 0], 0), ["........", "........", "........", "........", "........", "........"], undefined],
  ["an area outside", (mask) => fillArea(mask, SIZE, [0, 8], 1), ["........", "........", "........", "........", "........", "........"], undefined],
];

for (const [name, deed, rows, area] of PAINTED) {
  test(`painting: ${name}`, () => {
    const mask = new Uint8Array(48);
    assert.deepEqual(deed(mask), area);
    assert.deepEqual(shown(mask), rows);
  });
}

test("what is painted is taken back and made again, a hundred steps far", () => {
  const [shot, history, random] = [emptyShot("a", [20, 30]), new History(), randomNumbers(18)];
  const states = [shot.mask.slice()];
  for (let step = 1; step <= 130; step += 1) {
    history.begin(shot);
    paintLine(shot.mask, shot.size, [30 * random(), 20 * random()], [30 * random(), 20 * random()], 2, 1 + (step % 5));
    assert.ok(history.end());
    states.push(shot.mask.slice());
  }
  history.begin(shot);
  assert.equal(history.end(), false);
  for (let step = 129; step >= 30; step -= 1) {
    assert.equal(history.undo(), shot);
    assert.deepEqual(shot.mask, states[step]);
  }
  assert.deepEqual([history.undo(), history.canUndo, history.canRedo], [undefined, false, true]);
  assert.deepEqual(shot.mask, states[30]);
  for (let step = 31; step <= 130; step += 1) {
    history.redo();
    assert.deepEqual(shot.mask, states[step]);
  }
  assert.deepEqual([history.redo(), history.canRedo], [undefined, false]);
});

test("run lengths are those of pycocotools", () => {
  for (const { size, mask, text } of golden.masks) {
    const numbers = Uint8Array.from(mask, Number);
    const counts = countsOf(numbers, size, 1);
    assert.equal(compressed(counts), text);
    assert.deepEqual(decompressed(text), counts);
    assert.deepEqual(maskFrom(counts, size), numbers);
  }
});

test("a project has limits", () => {
  const classes = COLORS.map((color, place) => ({ name: `${place}`, color }));
  const many = (/** @type {number} */ count, /** @type {[number, number]} */ size) => ({ name: "own", classes, credit: "", shots: Array.from({ length: count }, () => emptyShot("a", size)) });
  assert.throws(() => checkProject(many(LIMITS.shots + 1, [4, 4])), { message: "a project has at most 200 pictures; this one has 201" });
  assert.throws(() => checkProject(many(23, [256, 256])), { message: "all pictures together have 16580608 numbers; at most 16000000 fit" });
  checkProject(many(200, [64, 64]));
});

test("COCO lists the painted classes of each picture", () => {
  const shot = emptyShot("coins.png", SIZE);
  paintLine(shot.mask, SIZE, [3.5, 2.5], [3.5, 2.5], 1.5, 2);
  const { images, annotations, categories } = cocoOf({ name: "own", credit: "", shots: [shot], classes: [{ name: "background", color: "#000000" }, { name: "coin", color: "#ffffff" }] });
  assert.deepEqual(images, [{ id: 1, file_name: "coins.png", height: 6, width: 8 }]);
  assert.deepEqual(categories, [{ id: 1, name: "background" }, { id: 2, name: "coin" }]);
  assert.deepEqual(annotations, [{ id: 1, image_id: 1, category_id: 2, area: 9, iscrowd: 1, segmentation: { size: [6, 8], counts: compressed(countsOf(shot.mask, SIZE, 2)) }, bbox: [2, 1, 3, 3] }]);
});
