// Masks: painting, undo, run lengths, PNG files, and projects as one file.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { strToU8, zipSync } from "fflate";
import { fillArea, paintLine, paintPolygon } from "../../www/state/segment/brush.js";
import { History } from "../../www/state/segment/history.js";
import { indexedPng, readMask, readRgb, rgbPng } from "../../www/state/segment/png.js";
import { COLORS, LIMITS, checkProject, emptyShot } from "../../www/state/segment/project.js";
import { packProject, unpackProject } from "../../www/state/segment/projectfile.js";
import { cocoOf, compressed, countsOf, decompressed, maskFrom } from "../../www/state/segment/rle.js";
import { randomNumbers } from "../../www/state/random.js";

/** @typedef {import("../../www/state/segment/project.js").Project} Project */
/** @typedef {import("../../www/state/segment/brush.js").Point} Point */

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

test("masks in PNG files of other programs are read", () => {
  for (const { size, numbers, png, mode, bits } of golden.files) {
    assert.deepEqual([...readMask(new Uint8Array(Buffer.from(png, "base64")), size, 255)], numbers, `${mode} ${bits}`);
  }
});

/** A project with random pictures and masks. @param {number} seed @returns {Project} */
function projectOf(seed) {
  const random = randomNumbers(seed);
  const whole = (/** @type {number} */ below) => Math.floor(below * random());
  const size = /** @type {[number, number]} */ ([4 + whole(12), 4 + whole(12)]);
  const classes = Array.from({ length: 2 + whole(7) }, (_, place) => ({ name: `class ${place} “ü”`, color: COLORS[place] ?? "#000000" }));
  const bytes = (/** @type {number} */ count, /** @type {number} */ below) => Uint8Array.from({ length: count }, () => whole(below));
  const count = size[0] * size[1];
  const shots = Array.from({ length: 1 + whole(4) }, (_, place) => ({ name: `picture ${place}.png`, size, pixels: bytes(3 * count, 256), mask: bytes(count, classes.length + 1), isTest: random() < 0.5, ...(random() < 0.5 && { truth: bytes(count, classes.length + 1) }) }));
  return { name: "own", classes, shots, credit: "Mine." };
}

test("a project that is saved and opened is the same", () => {
  for (let seed = 0; seed < 60; seed += 1) {
    const work = { project: projectOf(seed), state: { lr: 0.01, kind: "unet" }, weights: Float64Array.from([0.1, -0, seed]) };
    assert.deepEqual(unpackProject(packProject(work)), work);
  }
});

const PICTURE = rgbPng(new Uint8Array(48), [4, 4]);
const MASK = indexedPng(new Uint8Array(16), [4, 4], ["#ff0000", "#00ff00"]);
const INDEX = { version: 1, name: "own", credit: "", classes: [{ name: "a", color: "#ff0000" }, { name: "b", color: "#00ff00" }], pictures: [{ name: "p", isTest: false, hasTruth: false }], state: {} };
const FILES = { "project.json": strToU8(JSON.stringify(INDEX)), "pictures/1.png": PICTURE, "masks/1.png": MASK };
/** @param {object} changes */
const zipped = (changes) => zipSync({ ...FILES, ...changes });
/** @param {object} changes */
const indexed = (changes) => zipped({ "project.json": strToU8(JSON.stringify({ ...INDEX, ...changes })) });
/** @param {Uint8Array} bytes @param {(bytes: Uint8Array) => void} change */
const changed = (bytes, change) => (change((bytes = bytes.slice())), bytes);

/** Files that are refused, each with its sentence. @type {[string, Uint8Array, string][]} */
const REFUSED = [
  ["no zip", strToU8("no zip"), "this is not a project file, or it is damaged: it can’t be unpacked"],
  ["empty", new Uint8Array(0), "this is not a project file, or it is damaged: it can’t be unpacked"],
  ["cut off", zipped({}).subarray(0, 200), "this is not a project file, or it is damaged: it can’t be unpacked"],
  ["a path upwards", zipped({ "../../etc/passwd": strToU8("x") }), "the file contains `../../etc/passwd`, which belongs to no project"],
  ["a bomb", zipped({ "weights.bin": [new Uint8Array(200_000_000), { level: 1 }] }), "the file contains more than 100 MB; a project has less"],
  ["no index", zipSync({ "pictures/1.png": PICTURE }), "the file has no `project.json`, so it is not a project"],
  ["no JSON", zipped({ "project.json": strToU8("{") }), "`project.json` can’t be read: it is no JSON"],
  ["a later version", indexed({ version: 2 }), "the project has the version 2; this page reads version 1"],
  ["no names", indexed({ classes: [{}, {}] }), "`project.json` does not say what a project says: a name, a credit, classes with names and colours, and pictures with names"],
  ["one class", indexed({ classes: INDEX.classes.slice(1) }), "a project has 2 to 8 classes; this one has 1"],
  ["a colour that is none", indexed({ classes: [{ name: "a", color: "url(x)" }, { name: "b", color: "#00ff00" }] }), "`url(x)` is not a colour such as #56b4e9"],
  ["a picture that is missing", indexed({ pictures: [...INDEX.pictures, ...INDEX.pictures] }), "`pictures/2.png` is missing in the file"],
  ["a mask of another size", zipped({ "masks/1.png": indexedPng(new Uint8Array(20), [5, 4], []) }), "the mask has 5 × 4 pixels, and the picture 4 × 4; they must have the same size"],
  ["an unknown class", zipped({ "masks/1.png": indexedPng(Uint8Array.from({ length: 16 }, (_, place) => (place === 6 ? 3 : 0)), [4, 4], []) }), "the mask has the class 3 in row 2, column 3, and there are only 2 classes"],
  ["a mask in colours", zipped({ "masks/1.png": PICTURE }), "the mask has red, green and blue; save it with a palette or in grey, with the number of the class at each pixel"],
  ["a picture that is no PNG", zipped({ "pictures/1.png": strToU8("GIF89a") }), "the file is not a PNG"],
  ["a damaged picture", zipped({ "pictures/1.png": changed(PICTURE, (bytes) => bytes.fill(255, 41, 50)) }), "the PNG is damaged: its pixels can’t be unpacked"],
  ["16 bits", zipped({ "pictures/1.png": changed(PICTURE, (bytes) => (bytes[24] = 16)) }), "this kind of PNG can’t be read: at most 8 bits, without transparency, and not interlaced"],
  ["20,000 by 20,000", zipped({ "pictures/1.png": changed(PICTURE, (bytes) => new DataView(bytes.buffer).setUint32(16, 20_000) ?? new DataView(bytes.buffer).setUint32(20, 20_000)) }), "the PNG has 20000 × 20000 pixels; at most 4 million are read"],
  ["1 by 1", zipped({ "pictures/1.png": rgbPng(new Uint8Array(3), [1, 1]), "masks/1.png": indexedPng(new Uint8Array(1), [1, 1], []) }), "`p` has 1 × 1 pixels; sides have 4 to 256"],
  ["broken weights", zipped({ "weights.bin": new Uint8Array(9) }), "`weights.bin` has 9 bytes, which are no whole numbers of eight bytes"],
];

for (const [name, bytes, message] of REFUSED) {
  test(`a file is refused: ${name}`, () => assert.throws(() => unpackProject(bytes), { name: "Error", message }));
}

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

test("a picture that is written is read with the same colours", () => {
  const pixels = Uint8Array.from({ length: 3 * 48 }, (_, place) => (place * 37) % 256);
  assert.deepEqual(readRgb(rgbPng(pixels, SIZE)), { size: SIZE, pixels });
});
