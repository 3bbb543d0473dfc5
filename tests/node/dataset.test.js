// Pictures: the data sets beside the page, hostile files, and what is done to pictures.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { brotliCompressSync } from "node:zlib";
import { datasetOf, isSame, isTooMany, missingIn, namesOf, pictureOf, waitingIn } from "../../www/elements/network/own/collection.js";
import { loadDataset } from "../../www/engine/dataset.js";
import { inkOf } from "../../www/parts/grey.js";
import { centred, framed, mirrored, moved } from "../../www/parts/pixels.js";
import { readIdx } from "../../www/state/idx.js";

/** Facts about the originals, which data/pack.py has written. @type {Record<string, any>} */
const KNOWN = JSON.parse(await readFile(new URL("../golden/pictures.json", import.meta.url), "utf8"));
const read = async (/** @type {URL} */ address) => new Uint8Array(await readFile(address));
const digits = await loadDataset("digits", undefined, read);
const clothing = await loadDataset("clothing", undefined, read);

/** Compares; typed arrays are compared as lists, to nine decimals. @param {any} actual @param {any} expected @param {string} [what] */
function check(actual, expected, what) {
  const rounded = (/** @type {number} */ number) => Math.round(1e9 * number) / 1e9;
  assert.deepEqual(ArrayBuffer.isView(actual) ? Array.from(/** @type {Float64Array} */ (actual), rounded) : actual, expected, what);
}

/** Counts and sums of a part, as data/pack.py computes them. @param {import("../../www/engine/dataset.js").Dataset} data @param {number} from @param {number} to */
function factsOf({ size: [rows, columns], classes, pixels, labels }, from, to) {
  const area = rows * columns;
  const [counts, sums] = [classes.map(() => 0), classes.map(() => 0)];
  for (let sample = from; sample < to; sample += 1) {
    const label = labels[sample] ?? 0;
    counts[label] = (counts[label] ?? 0) + 1;
    sums[label] = pixels.subarray(sample * area, (sample + 1) * area).reduce((sum, pixel) => sum + pixel, sums[label] ?? 0);
  }
  return { classes: counts, sums, first: [labels[from], [...pixels.subarray(from * area, (from + 1) * area)]] };
}

test("the digits are scikit-learn's", () => {
  check(factsOf(digits, 0, 1437), KNOWN.digits.training);
  check(factsOf(digits, 1437, 1797), KNOWN.digits.test);
  check([digits.size, digits.levels, digits.training, digits.labels.length], [[8, 8], 16, 1437, 1797]);
  // The first picture of scikit-learn's documentation is one of them, and is a 0.
  const ZERO = "0,0,5,13,9,1,0,0,0,0,13,15,10,15,5,0,0,3,15,2,0,11,8,0,0,4,12,0,0,8,8,0,0,5,8,0,0,9,8,0,0,4,11,0,1,12,7,0,0,2,14,5,10,12,0,0,0,0,6,13,10,0,0,0";
  const place = Array.from({ length: 1797 }, (_, sample) => digits.pixels.subarray(64 * sample, 64 * (sample + 1)).join()).indexOf(ZERO);
  check(digits.labels[place], 0);
});

test("the clothing is Debian's, with 64 grey levels", () => {
  for (const [part, from, to] of /** @type {[string, number, number][]} */ ([["training", 0, 2000], ["test", 2000, 2500]])) {
    const [facts, known] = [factsOf(clothing, from, to), KNOWN.clothing[part]];
    check([facts.classes, facts.first[0]], [known.classes, known.first[0]]);
    check(facts.first[1], known.first[1].map((/** @type {number} */ grey) => Math.round((grey * 63) / 255)));
    facts.sums.forEach((sum, label) => assert.ok(Math.abs((sum * 255) / 63 / known.sums[label] - 1) < 0.005, `${part}, class ${label}`));
  }
  check([clothing.size, clothing.levels, clothing.training, clothing.labels.length], [[28, 28], 63, 2000, 2500]);
});

test("classes are mixed: no batch of 32 lacks more than five of ten", () => {
  for (const { labels, training } of [digits, clothing]) {
    const batches = Array.from({ length: Math.floor(training / 32) }, (_, batch) => new Set(labels.subarray(32 * batch, 32 * (batch + 1))).size);
    assert.ok(Math.min(...batches) >= 5, String(Math.min(...batches)));
  }
});

test("files are small", async () => {
  const sizeOf = async (/** @type {string} */ name) => brotliCompressSync(await read(new URL(`../../www/data/${name}.idx`, import.meta.url))).length;
  const [pictures = 0, labels = 0, clothes = 0, kinds = 0] = await Promise.all(["digits-pictures", "digits-labels", "clothing-pictures", "clothing-labels"].map(sizeOf));
  assert.ok(pictures + labels <= 45_000, String(pictures + labels));
  assert.ok(clothes + kinds <= 900_000, String(clothes + kinds));
});

test("a data set is read once, and again after a failure", async () => {
  let count = 0;
  const failing = async (/** @type {URL} */ address) => {
    count += 1;
    return count > 1 ? read(new URL(address.pathname.replace("other/", "data/"), "file:")) : Promise.reject(new Error("no connection"));
  };
  const load = () => loadDataset("digits", new URL("../../www/other/", import.meta.url).href, failing);
  await assert.rejects(load, { message: "no connection" });
  const [one, other] = await Promise.all([load(), load()]);
  check([one === other, count > 2 && count < 5], [true, true]);
  await assert.rejects(loadDataset("constructor"), { message: "there is no data set `constructor`; there are digits and clothing", field: "data" });
});

/** @type {[number[], string][]} */
const HOSTILE = [
  [[], "it is empty"],
  [[0, 0, 8], "it is not an IDX file: its first two bytes are not 0"],
  [[...Buffer.from("<!doctype html>")], "it is not an IDX file: its first two bytes are not 0"],
  [[0, 0, 13, 1, 0, 0, 0, 1, 5], "it has numbers of type 13; only bytes, type 8, are read"],
  [[0, 0, 8, 0], "it has 0 dimensions; it must have 1 to 4"],
  [[0, 0, 8, 255, 0, 0, 0, 1, 5], "it has 255 dimensions; it must have 1 to 4"],
  [[0, 0, 8, 1, 0, 0], "it ends within its first 8 bytes, which say its dimensions"],
  [[0, 0, 8, 1, 0, 0, 0, 0], "it says that it has 0 bytes, which is none"],
  [[0, 0, 8, 1, 0, 0, 0, 3, 1, 2], "it is cut off: it says that it has 3 bytes, and has 2"],
  [[0, 0, 8, 2, 0, 0, 0, 1, 0, 0, 0, 2, 1, 2, 3], "it is too long: it says that it has 1 × 2 bytes, and has 3"],
  [[0, 0, 8, 2, 255, 255, 255, 255, 255, 255, 255, 255], "it is cut off: it says that it has 4294967295 × 4294967295 bytes, and has 0"],
  // As 32-bit numbers these would multiply to 0.
  [[0, 0, 8, 2, 0, 1, 0, 0, 0, 1, 0, 0], "it is cut off: it says that it has 65536 × 65536 bytes, and has 0"],
];

test("hostile IDX files", () => {
  for (const [bytes, message] of HOSTILE) {
    assert.throws(() => readIdx(Uint8Array.from(bytes), "it"), { name: "Error", message });
  }
  // A file may lie anywhere in a buffer.
  check(readIdx(Uint8Array.from([9, 0, 0, 8, 1, 0, 0, 0, 2, 6, 7]).subarray(1), "it").values, [6, 7]);
});

test("files of a data set that do not fit together", async () => {
  const labelled = (/** @type {number} */ label) => Uint8Array.from([0, 0, 8, 1, 0, 0, 7, 5, ...Array(1797).fill(label)]);
  /** @param {string} folder @param {Uint8Array} pictures @param {Uint8Array} labels */
  const load = (folder, pictures, labels) => loadDataset("digits", `https://example.org/${folder}/`, async ({ pathname }) => (pathname.includes("pictures") ? pictures : labels));
  await assert.rejects(load("a", labelled(1), labelled(1)), /three dimensions/);
  const pictures = await read(new URL("../../www/data/digits-pictures.idx", import.meta.url));
  await assert.rejects(load("b", pictures, labelled(10)), /label above 9/);
  await assert.rejects(load("c", pictures.map((byte, place) => (place > 16 ? 17 : byte)), labelled(1)), /pixel above 16/);
  await assert.rejects(load("d", pictures, Uint8Array.from([0, 0, 8, 1, 0, 0, 0, 1, 1])), /1797 pictures and 1 labels/);
});

test("scaling takes means, and keeps the ink", () => {
  check(framed([0, 1, 1, 0], [2, 2], [1, 1]), [0.5]);
  check(framed([0, 1, 1, 1], [2, 2], [1, 2]), [0.5, 1]);
  check(framed([1, 0], [1, 2], [2, 4]), [1, 1, 0, 0, 1, 1, 0, 0]);
  check(framed([1, 1, 1], [1, 3], [1, 2]), [1, 1]);
  // A frame that is twice as high has background above and below.
  check(framed([1, 1], [2, 1], [4, 1], { top: -1, left: 0, height: 4, width: 1 }), [0, 1, 1, 0]);
});

/** The middle of the ink. @param {Float64Array} pixels @param {[number, number]} size */
function middle(pixels, [, columns]) {
  const mass = pixels.reduce((sum, pixel) => sum + pixel, 0);
  const along = (/** @type {(place: number) => number} */ of) => pixels.reduce((sum, pixel, place) => sum + pixel * (of(place) + 0.5), 0) / mass;
  return [along((place) => Math.floor(place / columns)), along((place) => place % columns)];
}

test("what is drawn is cut out, scaled and centred as the data sets are", () => {
  // A bar of 4 x 2 in a corner of 10 x 10 becomes 8 rows high, and 4 of 5 columns wide; its middle is the middle.
  const corner = Float64Array.from({ length: 100 }, (_, place) => Number(place % 10 < 2 && place < 40));
  const coarse = centred(corner, [10, 10], [8, 8]);
  check(coarse.filter((pixel) => pixel > 0).length, 48);
  check(coarse.subarray(0, 8), [0, 0.5, 1, 1, 1, 1, 0.5, 0]);
  const fine = centred(corner, [10, 10], [28, 28]);
  const rows = Array.from({ length: 28 }, (_, row) => fine.subarray(28 * row, 28 * (row + 1)).some((pixel) => pixel > 1e-9));
  check(rows.filter(Boolean).length, 20);
  // An L is not symmetric: its centre of mass is in the middle, and faint dust in another corner does not count.
  const letter = Float64Array.from({ length: 400 }, (_, place) => (place === 399 ? 0.05 : Number(place % 20 === 2 || (place >= 380 && place < 390))));
  middle(centred(letter, [20, 20], [28, 28]), [28, 28]).forEach((place) => assert.ok(Math.abs(place - 14) < 0.1, String(place)));
  check(centred(new Float64Array(16), [4, 4], [8, 8]), Array(64).fill(0));
  // A line without width is stretched no further than others.
  const line = centred(Float64Array.from({ length: 64 }, (_, place) => Number(place % 8 === 0)), [8, 8], [8, 8]);
  assert.ok(line.subarray(0, 8).reduce((sum, pixel) => sum + pixel, 0) <= 2.5 + 1e-9);
});

test("moved and mirrored", () => {
  const picture = [1, 2, 3, 4, 5, 6];
  check(moved(picture, [2, 3], 1, 0), [0, 1, 2, 0, 4, 5]);
  check(moved(picture, [2, 3], 0, -1), [4, 5, 6, 0, 0, 0]);
  check(moved(picture, [2, 3], -9, 0), [0, 0, 0, 0, 0, 0]);
  check(mirrored(picture, [2, 3]), [3, 2, 1, 6, 5, 4]);
  check(mirrored(mirrored(picture, [2, 3]), [2, 3]), picture);
});

test("ink is 1 on 0, whatever the colours of a picture are", () => {
  const [black, white, clear] = [[0, 0, 0, 255], [255, 255, 255, 255], [0, 0, 0, 0]];
  const around = (/** @type {number[]} */ paper, /** @type {number[]} */ ink) => Array.from({ length: 9 }, (_, place) => (place === 4 ? ink : paper)).flat();
  const dot = [0, 0, 0, 0, 1, 0, 0, 0, 0];
  for (const [paper, ink] of [[white, black], [black, white], [clear, black], [clear, white]]) {
    check(inkOf(around(paper ?? [], ink ?? []), [3, 3]), dot, `${ink} on ${paper}`);
  }
  check(inkOf(around(clear, clear), [3, 3]), Array(9).fill(0));
  check(inkOf(around(black, [255, 0, 0, 255]), [3, 3]).subarray(4, 5), [0.299]);
});

const dotAt = (/** @type {number} */ place) => pictureOf(Array.from({ length: 16 }, (_, other) => Number(other === place)), [4, 4], false);
const groupOf = (/** @type {string} */ name, /** @type {number} */ count) => ({ name, pictures: Array.from({ length: count }, (_, place) => dotAt(place % 16)) });
const CHOICES = { size: /** @type {[number, number]} */ ([4, 4]), moved: false, mirrored: false, cut: false };

test("a data set of one's own", () => {
  const data = datasetOf({ ...CHOICES, groups: [groupOf("cat", 7), groupOf("dog", 2), groupOf("", 1)] });
  // Of seven the second and the last are for the test, of two the second; the third class is left out.
  check([data.classes, data.training, [...data.labels]], [["cat", "dog"], 6, [0, 1, 0, 0, 0, 0, 0, 1, 0]]);
  check(data.pixels.subarray(0, 16), [255, ...Array(15).fill(0)]);
  check(data.pixels.length, 9 * 16);
  check(isSame(data, datasetOf({ ...CHOICES, groups: [groupOf("cat", 7), groupOf("dog", 2)] })), true);
  check(isSame(data, datasetOf({ ...CHOICES, groups: [groupOf("cat", 7), groupOf("fox", 2)] })), false);
});

test("copies are for training only, and there are at most 5,000 pictures", () => {
  const groups = [groupOf("cat", 2), groupOf("dog", 2)];
  const { training, labels, pixels } = datasetOf({ ...CHOICES, groups, moved: true, mirrored: true });
  check([training, labels.length], [20, 22]);
  // Of a dot in the upper left corner two copies are moved out of the picture, and as many of the mirrored ones.
  const inks = Array.from({ length: 20 }, (_, sample) => pixels.subarray(16 * sample, 16 * (sample + 1)).reduce((sum, pixel) => sum + pixel, 0));
  check(inks.filter((ink) => ink === 0).length, 8);
  const many = { ...CHOICES, groups: [groupOf("cat", 1000), groupOf("dog", 1000)], moved: true };
  check([isTooMany(many), datasetOf(many).labels.length, isTooMany({ ...many, moved: false })], [true, 2000, false]);
});

test("a drawing that is taken into another size gets the margins of that size", () => {
  const drawing = pictureOf(centred([1, 1, 0, 0], [2, 2], [28, 28]), [28, 28], false);
  const groups = [{ name: "a", pictures: [drawing, drawing] }, groupOf("b", 2)];
  const rows = datasetOf({ ...CHOICES, size: [8, 8], groups }).pixels.subarray(0, 64);
  assert.ok(Math.max(...rows.subarray(0, 8)) > 0 && Math.max(...rows.subarray(56)) > 0);
  check(datasetOf({ ...CHOICES, size: [28, 28], groups }).pixels.subarray(0, 784), [...drawing.pixels]);
});

test("what is missing is said", () => {
  check(missingIn([groupOf("a", 0), groupOf("b", 0)]), "There are no pictures yet. Add at least two to each of two classes.");
  check(missingIn([groupOf("a", 1), groupOf("b", 0)]), "No class has two pictures yet. Add at least two to each of two classes.");
  check(missingIn([groupOf("a", 2), groupOf("b", 1)]), "Only one class, “a”, has two pictures. Add at least two to another class.");
  check(missingIn([groupOf("a", 2), groupOf("b", 2)]), "");
  check(waitingIn([groupOf("a", 2), groupOf("b", 1), groupOf("b", 0)]), "“b” and “b (2)” have fewer than two pictures and are left out.");
  check(namesOf(["cat", " cat", "", "class 3", "<b>"].map((name) => groupOf(name, 0))), ["cat", "cat (2)", "class 3", "class 3 (2)", "<b>"]);
});
