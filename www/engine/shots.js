// Pictures to paint on: photographs that are fetched when they are asked for, and scenes that are generated.

import { readIdx } from "../state/idx.js";
import { COLORS, checkProject } from "../state/segment/project.js";
import { SCENE_CLASSES, generatedScenes } from "../state/segment/scenes.js";
import { TextError } from "../state/text.js";
import { once, readBeside } from "./beside.js";

/** @typedef {import("../state/segment/project.js").Project} Project */
/** @typedef {import("../state/segment/project.js").Shot} Shot */
/** @typedef {import("../state/idx.js").Box} Box */
/** @typedef {{ classes: readonly string[], shots: string[], training: number, levels: number, credit: string }} Known `levels` is the number that is white; the first so many pictures are for training */

/** What the files do not say. @type {Record<string, Known>} */
const KNOWN = {
  coins: {
    classes: ["background", "coin"],
    shots: ["coins"],
    training: 1,
    levels: 255,
    credit: "Greek coins from Pompeii, a photograph of the Brooklyn Museum without known copyright restrictions, as scikit-image has it, smaller; the full mask is a program’s.",
  },
  cells: {
    classes: ["other tissue", "gland"],
    shots: ["gland 1", "gland 2"],
    training: 1,
    levels: 63,
    credit: "Glands of the colon with a protein stained brown, by the Center for Microscopy and Molecular Imaging, without known copyright restrictions, as scikit-image has it, two parts of it, smaller and with 64 levels of each colour; the full masks are a program’s.",
  },
};

/** How the scenes are generated: four for training, two for the test. */
const SCENES = Object.freeze({ count: 6, side: 128, seed: 1 });
const SCENES_CREDIT = "Scenes that this page has generated; the class of each pixel is known exactly.";

const WHAT = { noun: "pictures", instead: "paint on pictures of your own" };

/** @type {Map<string, Promise<Box[]>>} */
const loading = new Map();

/**
 * Pictures on which nothing is painted yet, with the class of each pixel. Files are fetched once, and after a failure again;
 * each project has masks of its own.
 * @param {string} name "coins", "cells" or "scenes"
 * @param {string} [address] the folder of the files; by default the site's own
 * @param {import("./beside.js").Reader} [read] how a file is read; by default it is fetched
 * @returns {Promise<Project>}
 */
export async function loadShots(name, address, read) {
  if (name === "scenes") {
    return { name, classes: classesOf(SCENE_CLASSES), shots: generatedScenes(SCENES), credit: SCENES_CREDIT };
  }
  const known = Object.hasOwn(KNOWN, name) ? KNOWN[name] : undefined;
  if (!known) {
    throw new TextError(`there are no pictures \`${name.slice(0, 40)}\`; there are ${[...Object.keys(KNOWN), "scenes"].join(", ")}`, "data");
  }
  const files = [`${name}-shots.idx`, `${name}-truths.idx`];
  const boxes = await once(loading, `${name} ${address ?? ""}`, () => Promise.all(files.map(async (file) => readIdx(await readBeside(file, WHAT, address, read), file))));
  return joined(name, known, /** @type {Box} */ (boxes[0]), /** @type {Box} */ (boxes[1]));
}

/** Puts the two files together, if they fit. @param {string} name @param {Known} known @param {Box} pictures @param {Box} truths @returns {Project} */
function joined(name, known, { shape: [count = 0, rows = 0, columns = 0, channels = 0], values: pixels }, { shape, values }) {
  if (count !== known.shots.length || ![1, 3].includes(channels) || shape.join() !== [count, rows, columns].join()) {
    throw new TextError(`the two files of ${name} do not fit: ${known.shots.length} pictures with 1 or 3 channels, and as many masks of the same size, are needed`);
  }
  const area = rows * columns;
  const shots = known.shots.map((shot, place) => ({
    name: shot, size: /** @type {[number, number]} */ ([rows, columns]), mask: new Uint8Array(area), isTest: place >= known.training,
    pixels: coloured(pixels.subarray(place * area * channels, (place + 1) * area * channels), channels, known.levels),
    truth: values.slice(place * area, (place + 1) * area),
  }));
  const project = { name, classes: classesOf(known.classes), shots, credit: known.credit };
  checkProject(project);
  return project;
}

/** Red, green and blue of each pixel, from 0 to 255. @param {Uint8Array} values @param {number} channels @param {number} levels */
function coloured(values, channels, levels) {
  const copies = 3 / channels;
  return Uint8Array.from({ length: values.length * copies }, (_, place) => Math.min(255, Math.round((255 * (values[Math.floor(place / copies)] ?? 0)) / levels)));
}

/** @param {readonly string[]} names */
function classesOf(names) {
  return names.map((name, place) => ({ name, color: COLORS[place] ?? "#000000" }));
}
