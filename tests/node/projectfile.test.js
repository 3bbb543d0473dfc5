// Files of segmentation: masks and pictures as PNG, and a project as one zip, against Python's own library and Pillow.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { deflateRawSync } from "node:zlib";
import { randomNumbers } from "../../www/state/random.js";
import { deflated, joined } from "../../www/state/segment/packed.js";
import { indexedPng, readMask, readRgb, rgbPng } from "../../www/state/segment/png.js";
import { COLORS } from "../../www/state/segment/project.js";
import { packProject, unpackProject } from "../../www/state/segment/projectfile.js";
import { zipOf } from "../../www/state/segment/zip.js";
import { TextError } from "../../www/state/text.js";

/** @typedef {import("../../www/state/segment/project.js").Project} Project */
/** @typedef {import("../../www/state/segment/projectfile.js").Work} Work */

/** How many random projects are saved and opened. */
const PROJECTS = 60;

const golden = JSON.parse(await readFile(new URL("../golden/masks.json", import.meta.url), "utf8"));
/** @param {string} text */
const bytesOf = (text) => new Uint8Array(Buffer.from(text, "base64"));
/** @param {string} text */
const encoded = (text) => new TextEncoder().encode(text);

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

/** @param {number} seed @returns {Work} */
const workOf = (seed) => ({ project: projectOf(seed), state: { lr: 0.01, kind: "unet" }, weights: seed % 5 === 0 ? undefined : Float64Array.from([0.1, -0, seed]) });
const works = Array.from({ length: PROJECTS }, (_, seed) => workOf(seed));
const zips = await Promise.all(works.map(packProject));
const other = fromPython(zips);

/** What Python finds in zip files, and PNG files that it writes. @param {Uint8Array[]} files */
function fromPython(files) {
  const script = fileURLToPath(new URL("otherfiles.py", import.meta.url));
  const { stdout, stderr } = spawnSync("python3", [script], { input: JSON.stringify(files.map((bytes) => Buffer.from(bytes).toString("base64"))), encoding: "utf8", maxBuffer: 1e9 });
  assert.equal(stderr, "");
  return JSON.parse(stdout);
}

test("a project that is saved and opened is the same", async () => {
  for (const [seed, zip] of zips.entries()) {
    assert.deepEqual(await unpackProject(zip), works[seed]);
  }
});

test("a project that another program has packed again is the same", async () => {
  for (const [seed, { again }] of other.zips.entries()) {
    assert.deepEqual(await unpackProject(bytesOf(again)), works[seed]);
  }
});

test("another program finds in it what the project has", () => {
  for (const [seed, { names, pictures }] of other.zips.entries()) {
    const { project: { shots, classes }, weights } = workOf(seed);
    const palette = [0, 0, 0, ...classes.flatMap(({ color }) => [...Buffer.from(color.slice(1), "hex")])];
    const expected = shots.flatMap(({ size, pixels, mask, truth }, place) => [
      [`pictures/${place + 1}.png`, { size, kind: 2, palette: [], numbers: [...pixels] }],
      [`masks/${place + 1}.png`, { size, kind: 3, palette, numbers: [...mask] }],
      ...(truth ? [[`truths/${place + 1}.png`, { size, kind: 3, palette, numbers: [...truth] }]] : []),
    ]);
    assert.deepEqual(pictures, Object.fromEntries(expected));
    assert.deepEqual(names, ["project.json", ...expected.map(([name]) => name), ...(weights ? ["weights.bin"] : [])]);
  }
});

test("what is painted while a project is packed is not in it", async () => {
  const [work, expected] = [workOf(1), workOf(1)];
  const packing = packProject(work);
  work.project.shots.forEach(({ mask, pixels }) => (mask.fill(1), pixels.fill(7)));
  work.weights?.fill(3);
  assert.deepEqual(await unpackProject(await packing), expected);
});

test("the same project is the same file", async () => assert.deepEqual(await packProject(workOf(2)), zips[2]));

test("PNG files of Python with each filter, and of Pillow, are read", async () => {
  for (const { size, kind, depth, mode, bits, numbers, png } of [...other.pngs, ...golden.files]) {
    const bytes = bytesOf(png);
    const found = kind === 2 ? (await readRgb(bytes)).pixels : await readMask(bytes, size, 255);
    assert.deepEqual([...found], numbers, `${kind ?? mode} ${depth ?? bits}`);
  }
});

const SIZE = /** @type {[number, number]} */ ([4, 4]);
const PICTURE = await rgbPng(new Uint8Array(48), SIZE);
const maskOf = (/** @type {[number, number]} */ size, at = 0, value = 0) => indexedPng(new Uint8Array(size[0] * size[1]).fill(value, at, at + 1), size, ["#ff0000", "#00ff00"]);
const INDEX = { version: 1, name: "own", credit: "", classes: [{ name: "a", color: "#ff0000" }, { name: "b", color: "#00ff00" }], pictures: [{ name: "p", isTest: false, hasTruth: false }], state: {} };
const FILES = { "project.json": encoded(JSON.stringify(INDEX)), "pictures/1.png": PICTURE, "masks/1.png": await maskOf(SIZE) };
/** @param {Record<string, Uint8Array>} changes */
const zipped = (changes) => zipOf({ ...FILES, ...changes });
/** @param {object} changes */
const indexed = (changes) => zipped({ "project.json": encoded(JSON.stringify({ ...INDEX, ...changes })) });
/** @param {Uint8Array} bytes @param {(view: DataView<ArrayBuffer>) => void} change */
function changed(bytes, change) {
  const copy = bytes.slice();
  change(new DataView(copy.buffer));
  return copy;
}
/** The pictures of a project, with other bytes at a place. @param {number} place @param {number[]} numbers of four bytes each */
const pictured = (place, ...numbers) => zipped({ "pictures/1.png": changed(PICTURE, (view) => numbers.forEach((number, at) => view.setUint32(place + 4 * at, number))) });
/** Where the list of contents begins. @param {DataView} view */
const listOf = (view) => view.getUint32(view.byteLength - 6, true);

/** A file of this project, but its first entry says that it is so long, packed in this way. @param {number} length @param {Uint8Array} content @param {number} method */
const lying = (length, content, method) => changed(zipped({ "project.json": content }), (view) => {
  view.setUint16(listOf(view) + 10, method, true);
  view.setUint32(listOf(view) + 24, length, true);
});
/** @param {Uint8Array} bytes */
const packed = (bytes) => new Uint8Array(deflateRawSync(bytes));
const BOMB = packed(new Uint8Array(50_000_000));

const UNREADABLE = "this is not a project file, or it is damaged: it can’t be unpacked";
const PNG_KIND = "this kind of PNG can’t be read: at most 8 bits, without transparency, and not interlaced";
const NO_PIXELS = "the PNG is damaged: its pixels can’t be unpacked";
const damaged = (/** @type {string} */ name) => `\`${name}\` in the file is damaged: it can’t be unpacked`;

/** Files that are refused, each with its sentence. @type {[string, Uint8Array<ArrayBuffer>, string][]} */
const REFUSED = [
  ["no zip", encoded("no zip"), UNREADABLE],
  ["empty", new Uint8Array(0), UNREADABLE],
  ["much of nothing", new Uint8Array(10_000_000), UNREADABLE],
  ["cut off at its end", zipped({}).slice(0, -30), UNREADABLE],
  ["cut off at its beginning", zipped({}).slice(30), UNREADABLE],
  ["a list that lies outside", changed(zipped({}), (view) => view.setUint32(view.byteLength - 6, 4_000_000_000, true)), UNREADABLE],
  ["more in the list than there is", changed(zipped({}), (view) => view.setUint16(view.byteLength - 12, 9, true)), UNREADABLE],
  ["a file that lies outside", changed(zipped({}), (view) => view.setUint32(listOf(view) + 42, 4_000_000_000, true)), damaged("project.json")],
  ["a way of packing that is unknown", changed(zipped({}), (view) => view.setUint16(listOf(view) + 10, 12, true)), damaged("project.json")],
  ["one changed bit", changed(zipped({}), (view) => view.setUint8(50, view.getUint8(50) ^ 4)), damaged("project.json")],
  ["a path upwards", zipped({ "../../etc/passwd": encoded("x") }), "the file contains `../../etc/passwd`, which belongs to no project"],
  ["a path from the root", zipped({ "/masks/1.png": encoded("x") }), "the file contains `/masks/1.png`, which belongs to no project"],
  ["a name that objects have", zipped({ ["__proto__"]: encoded("x") }), "the file contains `__proto__`, which belongs to no project"],
  ["a bomb", lying(200_000_000, BOMB, 8), "the file contains more than 100 MB; a project has less"],
  ["a bomb that says that it is small", lying(90, BOMB, 8), damaged("project.json")],
  ["a file that is shorter than it says", lying(99_000_000, packed(encoded("{}")), 8), damaged("project.json")],
  ["many files", zipOf(Object.fromEntries(Array.from({ length: 701 }, (_, place) => [`masks/${place}.png`, encoded("")]))), "the file contains more than 700 files; a project has less"],
  ["no index", zipOf({ "pictures/1.png": PICTURE }), "the file has no `project.json`, so it is not a project"],
  ["no JSON", zipped({ "project.json": encoded("{") }), "`project.json` can’t be read: it is no JSON"],
  ["JSON of nothing", zipped({ "project.json": encoded("null") }), "the project has the version undefined; this page reads version 1"],
  ["a later version", indexed({ version: 2 }), "the project has the version 2; this page reads version 1"],
  ["no names", indexed({ classes: [{}, {}] }), "`project.json` does not say what a project says: a name, a credit, classes with names and colours, and pictures with names"],
  ["one class", indexed({ classes: INDEX.classes.slice(1) }), "a project has 2 to 8 classes; this one has 1"],
  ["a colour that is none", indexed({ classes: [{ name: "a", color: "url(x)" }, { name: "b", color: "#00ff00" }] }), "`url(x)` is not a colour such as #56b4e9"],
  ["a picture that is missing", indexed({ pictures: [...INDEX.pictures, ...INDEX.pictures] }), "`pictures/2.png` is missing in the file"],
  ["a mask of another size", zipped({ "masks/1.png": await maskOf([5, 4]) }), "the mask has 5 × 4 pixels, and the picture 4 × 4; they must have the same size"],
  ["an unknown class", zipped({ "masks/1.png": await maskOf(SIZE, 6, 3) }), "the mask has the class 3 in row 2, column 3, and there are only 2 classes"],
  ["a mask in colours", zipped({ "masks/1.png": PICTURE }), "the mask has red, green and blue; save it with a palette or in grey, with the number of the class at each pixel"],
  ["a picture with a palette", zipped({ "pictures/1.png": FILES["masks/1.png"] }), "the picture is not in red, green and blue"],
  ["a picture that is no PNG", zipped({ "pictures/1.png": encoded("GIF89a") }), "the file is not a PNG"],
  ["a PNG that ends after its first bytes", zipped({ "pictures/1.png": PICTURE.slice(0, 8) }), "the file is not a PNG"],
  ["a PNG that ends in its pixels", zipped({ "pictures/1.png": PICTURE.slice(0, 50) }), NO_PIXELS],
  ["a damaged PNG", pictured(41, 0xffffffff, 0xffffffff), NO_PIXELS],
  ["a PNG with more pixels than its size", pictured(16, 3, 4), NO_PIXELS],
  ["a PNG with fewer pixels than its size", pictured(16, 5, 4), NO_PIXELS],
  ["16 bits", pictured(24, 0x10020000), PNG_KIND],
  ["three bits", pictured(24, 0x03000000), PNG_KIND],
  ["transparency", pictured(24, 0x08060000), PNG_KIND],
  ["interlaced", pictured(25, 0x02000001), PNG_KIND],
  ["20,000 by 20,000", pictured(16, 20_000, 20_000), "the picture has 20000 × 20000 pixels; sides have at most 256"],
  ["no pixels at all", pictured(16, 0, 0), NO_PIXELS],
  ["1 by 1", zipped({ "pictures/1.png": await rgbPng(new Uint8Array(3), [1, 1]), "masks/1.png": await maskOf([1, 1]) }), "`p` has 1 × 1 pixels; sides have 4 to 256"],
  ["broken weights", zipped({ "weights.bin": new Uint8Array(9) }), "`weights.bin` has 9 bytes, which are no whole numbers of eight bytes"],
];

for (const [name, bytes, message] of REFUSED) {
  test(`a file is refused: ${name}`, () => assert.rejects(unpackProject(bytes), { name: "Error", message }));
}

test("a mask with an unknown filter is refused", async () => {
  const lines = await deflated(Uint8Array.from({ length: 20 }, (_, place) => (place === 10 ? 5 : 0)));
  const bytes = joined([FILES["masks/1.png"].subarray(0, 33), Uint8Array.of(0, 0, 0, lines.length), encoded("IDAT"), lines, new Uint8Array(4)]);
  await assert.rejects(readMask(bytes, SIZE, 2), { message: "the PNG is damaged: one of its lines has an unknown filter" });
});

test("whatever is changed in a project file is answered with a sentence", async () => {
  const random = randomNumbers(81);
  for (let trial = 0; trial < 400; trial += 1) {
    const bytes = /** @type {Uint8Array<ArrayBuffer>} */ (zips[trial % PROJECTS]).slice();
    for (let change = 0; change <= trial % 3; change += 1) {
      bytes[Math.floor(random() * bytes.length)] = Math.floor(256 * random());
    }
    const problem = await unpackProject(bytes).then(() => undefined, (error) => error);
    assert.ok(problem === undefined || problem instanceof TextError, String(problem?.stack));
  }
});
