// Pictures with their classes, which are fetched when they are asked for.

import { readIdx } from "../state/idx.js";
import { TextError } from "../state/text.js";
import { once, readBeside } from "./beside.js";

/**
 * Pictures with their classes.
 * @typedef {object} Dataset
 * @property {string} name "digits", "clothing" or "own"
 * @property {[number, number]} size rows and columns
 * @property {string[]} classes their names, by number
 * @property {Uint8Array} pixels all pictures, row by row, 0..levels
 * @property {number} levels the number that is white; a network sees pixels / levels, 0..1
 * @property {Uint8Array} labels the class of each picture
 * @property {number} training the first so many pictures are for training, the others for the test
 * @property {string} credit one sentence: source, authors, licence
 */

/** @typedef {Pick<Dataset, "classes" | "levels" | "training" | "credit">} Known */
/** @typedef {import("../state/idx.js").Box} Box */
/** @typedef {import("./beside.js").Reader} Reader */

/** What the files do not say. @type {Record<string, Known>} */
const KNOWN = {
  digits: {
    classes: ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
    levels: 16,
    training: 1437,
    credit: "1,797 hand-written digits of the UCI Machine Learning Repository, by E. Alpaydin and C. Kaynak (1998), CC BY 4.0, in another order; the same people wrote the training and the test part.",
  },
  clothing: {
    classes: ["T-shirt", "trousers", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot"],
    levels: 63,
    training: 2000,
    credit: "2,500 pictures of Fashion-MNIST, by Zalando SE (2017), MIT licence, with 64 grey levels instead of 256.",
  },
};

const WHAT = { noun: "pictures", instead: "draw pictures of your own" };

/** @type {Map<string, Promise<Dataset>>} */
const loading = new Map();

/**
 * A data set, which is fetched once. After a failure it can be asked for again.
 * @param {string} name "digits" or "clothing"
 * @param {string} [address] the folder of the files; by default the site's own
 * @param {Reader} [read] how a file is read; by default it is fetched
 * @returns {Promise<Dataset>}
 */
export function loadDataset(name, address, read) {
  return once(loading, `${name} ${address ?? ""}`, () => start(name, address, read));
}

/** @param {string} name @param {string | undefined} address @param {Reader | undefined} read @returns {Promise<Dataset>} */
async function start(name, address, read) {
  const known = Object.hasOwn(KNOWN, name) ? KNOWN[name] : undefined;
  if (!known) {
    throw new TextError(`there is no data set \`${name}\`; there are ${Object.keys(KNOWN).join(" and ")}`, "data");
  }
  const files = [`${name}-pictures.idx`, `${name}-labels.idx`];
  const boxes = files.map(async (file) => readIdx(await readBeside(file, WHAT, address, read), file));
  const [pictures, labels] = await Promise.all(boxes);
  return joined(name, known, /** @type {Box} */ (pictures), /** @type {Box} */ (labels));
}

/**
 * Puts the two files of a data set together, if they fit.
 * @param {string} name
 * @param {Known} known
 * @param {Box} pictures
 * @param {Box} labels
 * @returns {Dataset}
 */
function joined(name, known, { shape: [count = 0, rows, columns], values: pixels }, { shape, values: labels }) {
  if (rows === undefined || columns === undefined || pixels.length !== count * rows * columns) {
    throw new TextError(`the pictures of ${name} must have three dimensions: pictures, rows and columns`);
  }
  if (shape.length !== 1 || labels.length !== count || count <= known.training) {
    throw new TextError(`${name} has ${count} pictures and ${labels.length} labels; both must be the same, and more than the ${known.training} for training`);
  }
  if (labels.some((label) => label >= known.classes.length) || pixels.some((pixel) => pixel > known.levels)) {
    throw new TextError(`${name} has a label above ${known.classes.length - 1}, or a pixel above ${known.levels}`);
  }
  return { name, size: [rows, columns], pixels, labels, ...known };
}
