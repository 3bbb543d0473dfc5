// The learner's own pictures, and the data set that is made of them.

import { centred, framed, mirrored, moved } from "../../../parts/pixels.js";

/** @typedef {import("../../../engine/dataset.js").Dataset} Dataset */
/** @typedef {[number, number]} Size */

/**
 * A picture as it was given; what is made of it depends on the choices.
 * @typedef {object} Picture
 * @property {Uint8Array} pixels 0 to 255
 * @property {Size} size
 * @property {boolean} isFile a drawing is centred already
 */

/**
 * @typedef {object} Group a class
 * @property {string} name as it was typed
 * @property {Picture[]} pictures
 */

/**
 * @typedef {object} Collection
 * @property {Group[]} groups
 * @property {Size} size of the data
 * @property {boolean} moved whether there are copies that are moved by a pixel
 * @property {boolean} mirrored whether there are mirrored copies
 * @property {boolean} cut whether what is drawn in a file is cut out and centred
 */

/** The most pictures of a data set, copies included. */
export const MOST_PICTURES = 5000;
const LEVELS = 255;
/** Of so many pictures of a class one is for the test; the second of a class is the first of them. */
const EACH = 5;
const SECOND = 1;
/** To the right and down. @type {[number, number][]} */
const MOVES = [[-1, 0], [1, 0], [0, -1], [0, 1]];

/** @param {ArrayLike<number>} pixels 0 to 1 @param {Size} size @param {boolean} isFile @returns {Picture} */
export function pictureOf(pixels, size, isFile) {
  return { pixels: Uint8Array.from(pixels, (pixel) => Math.round(LEVELS * pixel)), size, isFile };
}

/** The names of the classes; those that are missing or equal are made different. @param {Group[]} groups */
export function namesOf(groups) {
  /** @type {string[]} */
  const names = [];
  groups.forEach(({ name }, place) => {
    const wanted = name.trim() || `class ${place + 1}`;
    const others = Array.from({ length: groups.length }, (_, other) => `${wanted} (${other + 2})`);
    names.push([wanted, ...others].find((name) => !names.includes(name)) ?? wanted);
  });
  return names;
}

/** @param {Group[]} groups */
export function picturesIn(groups) {
  return groups.reduce((sum, { pictures }) => sum + pictures.length, 0);
}

/** Whether a class has a picture for training and one for the test. @param {Group} group */
function isReady({ pictures }) {
  return pictures.length > SECOND;
}

/** What must be added before a network can be trained; empty if nothing. @param {Group[]} groups */
export function missingIn(groups) {
  const names = namesOf(groups);
  const ready = names.filter((_, place) => isReady(/** @type {Group} */ (groups[place])));
  if (ready.length > 1) {
    return "";
  }
  if (picturesIn(groups) === 0) {
    return "There are no pictures yet. Add at least two to each of two classes.";
  }
  const [one] = ready;
  return one
    ? `Only one class, “${one}”, has two pictures. Add at least two to another class.`
    : "No class has two pictures yet. Add at least two to each of two classes.";
}

/** A sentence about classes that are left out; empty if there are none. @param {Group[]} groups */
export function waitingIn(groups) {
  const names = namesOf(groups).filter((_, place) => !isReady(/** @type {Group} */ (groups[place])));
  return names.length > 0 ? `${names.map((name) => `“${name}”`).join(" and ")} ${names.length > 1 ? "have fewer than two pictures and are" : "has fewer than two pictures and is"} left out.` : "";
}

/** How many pictures are made of each for training. @param {Collection} collection */
function variantsIn({ moved, mirrored }) {
  return (moved ? 1 + MOVES.length : 1) * (mirrored ? 2 : 1);
}

/** Whether a data set with copies would be too large; it is then made without them. @param {Collection} collection */
export function isTooMany(collection) {
  const { groups } = collection;
  const ready = groups.filter(isReady).flatMap(({ pictures }) => pictures.filter((_, place) => !isTest(place)));
  return picturesIn(groups.filter(isReady)) + ready.length * (variantsIn(collection) - 1) > MOST_PICTURES;
}

/** @param {number} place in its class */
function isTest(place) {
  return place % EACH === SECOND;
}

/** The data set of a collection with nothing missing. @param {Collection} collection @returns {Dataset} */
export function datasetOf(collection) {
  const names = namesOf(collection.groups);
  const ready = collection.groups.filter(isReady);
  const samples = inTurn(ready);
  const copies = isTooMany(collection) ? [same] : changesIn(collection);
  const training = copies.flatMap((change) => samples.filter(({ place }) => !isTest(place)).map((sample) => ({ ...sample, change })));
  const test = samples.filter(({ place }) => isTest(place)).map((sample) => ({ ...sample, change: same }));
  const all = [...training, ...test];
  return {
    name: "own",
    size: collection.size,
    classes: names.filter((_, place) => ready.includes(/** @type {Group} */ (collection.groups[place]))),
    pixels: joined(all.map(({ picture, change }) => change(inSize(picture, collection), collection.size)), collection.size),
    levels: LEVELS,
    labels: Uint8Array.from(all, ({ label }) => label),
    training: training.length,
    credit: "Pictures of your own; they stay in this page.",
  };
}

/** Whether a network would learn the same from both. @param {Dataset} one @param {Dataset} other */
export function isSame(one, other) {
  const numbers = (/** @type {Dataset} */ { size, training, labels, classes }) => JSON.stringify([size, training, [...labels], classes]);
  return numbers(one) === numbers(other) && one.pixels.every((pixel, place) => pixel === other.pixels[place]);
}

/** The first picture of each class, then the second of each, so that every batch has several classes. @param {Group[]} groups */
function inTurn(groups) {
  const samples = groups.flatMap(({ pictures }, label) => pictures.map((picture, place) => ({ picture, label, place })));
  return samples.sort((one, other) => one.place - other.place);
}

/** @typedef {(pixels: Float64Array, size: Size) => Float64Array} Change */

/** @type {Change} */
const same = (pixels) => pixels;

/** What is done to each picture for training. @param {Collection} collection */
function changesIn(collection) {
  /** @type {Change[]} */
  const moves = collection.moved ? MOVES.map(([dx, dy]) => (pixels, size) => moved(pixels, size, dx, dy)) : [];
  /** @type {Change[]} */
  const changes = [same, ...moves];
  const mirrors = changes.map((/** @type {Change} */ change) => (/** @type {Float64Array} */ pixels, /** @type {Size} */ size) => mirrored(change(pixels, size), size));
  return collection.mirrored ? [...changes, ...mirrors] : changes;
}

/** Pictures that were made, and of which choices. @type {WeakMap<Picture, { choices: string, made: Float64Array }>} */
const kept = new WeakMap();

/** A picture in the size of the data, 0 to 1. @param {Picture} picture @param {Pick<Collection, "size" | "cut">} choices */
export function inSize(picture, { size, cut }) {
  const choices = `${size} ${cut}`;
  const before = kept.get(picture);
  if (before?.choices === choices) {
    return before.made;
  }
  const pixels = new Float64Array(picture.pixels).map((pixel) => pixel / LEVELS);
  // A drawing has the margins of the size in which it was drawn.
  const isCut = picture.isFile ? cut : String(picture.size) !== String(size);
  const made = (isCut ? centred : framed)(pixels, picture.size, size);
  kept.set(picture, { choices, made });
  return made;
}

/** @param {Float64Array[]} pictures @param {Size} size */
function joined(pictures, [rows, columns]) {
  const pixels = new Uint8Array(pictures.length * rows * columns);
  let place = 0;
  for (const picture of pictures) {
    for (const pixel of picture) {
      pixels[place] = Math.round(LEVELS * pixel);
      place += 1;
    }
  }
  return pixels;
}
