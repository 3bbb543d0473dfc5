// A project as one file: a zip with the pictures and masks as PNG, and all else as JSON.

import { TextError } from "../text.js";
import { indexedPng, readMask, readRgb, rgbPng } from "./png.js";
import { checkProject } from "./project.js";
import { filesIn, zipOf } from "./zip.js";

/** @typedef {import("./project.js").Project} Project */
/** @typedef {import("./project.js").Shot} Shot */
/** @typedef {{ project: Project, state: Record<string, unknown>, weights?: Float64Array | undefined }} Work a project, the settings of its network, and the weights as far as it has learned */

/** @typedef {Map<string, Uint8Array<ArrayBuffer>>} Files */

const INDEX = "project.json";
const WEIGHTS = "weights.bin";
const VERSION = 1;
/** The only names that a file has inside, and those of the folders, which other programs list as well. */
const KNOWN = /^(project\.json|weights\.bin|(pictures|masks|truths)\/(\d{1,3}\.png)?)$/;
/** How many bytes all files inside have at most when they are unpacked, and how many files there are. */
const MOST = 100_000_000;
const MOST_FILES = 700;

/** A project as it is when this is called; it may be changed at once. @param {Work} work */
export async function packProject({ project, state, weights }) {
  const { classes, shots } = project;
  const colors = classes.map(({ color }) => color);
  const images = shots.flatMap(({ size, pixels, mask, truth }, place) => [
    named("pictures", place, rgbPng(pixels, size)),
    named("masks", place, indexedPng(mask, size, colors)),
    ...(truth ? [named("truths", place, indexedPng(truth, size, colors))] : []),
  ]);
  const listed = shots.map(({ name, isTest, truth }) => ({ name, isTest, hasTruth: truth !== undefined }));
  const index = { version: VERSION, name: project.name, credit: project.credit, classes, pictures: listed, state };
  const json = new TextEncoder().encode(JSON.stringify(index));
  const numbers = weights && new Uint8Array(Float64Array.from(weights).buffer);
  return zipOf({ [INDEX]: json, ...Object.fromEntries(await Promise.all(images)), ...(numbers && { [WEIGHTS]: numbers }) });
}

/** @param {string} folder @param {number} place @param {Promise<Uint8Array>} bytes */
async function named(folder, place, bytes) {
  return /** @type {const} */ ([pathOf(folder, place), await bytes]);
}

/** @param {string} folder @param {number} place */
function pathOf(folder, place) {
  return `${folder}/${place + 1}.png`;
}

/**
 * What is in a file. Whatever is wrong with it is thrown as a TextError.
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @returns {Promise<Work>}
 */
export async function unpackProject(bytes) {
  const files = await filesIn(bytes, checkEntries);
  const { name, credit, classes, pictures, state } = indexIn(files);
  const shots = await Promise.all(pictures.map((listed, place) => shotIn(files, listed, place, classes.length)));
  const project = { name, credit, classes, shots };
  checkProject(project);
  return { project, state, weights: weightsIn(files.get(WEIGHTS)) };
}

/** @param {import("./zip.js").Entry[]} entries */
function checkEntries(entries) {
  const unknown = entries.find(({ name }) => !KNOWN.test(name));
  if (unknown) {
    throw new TextError(`the file contains \`${unknown.name.slice(0, 60)}\`, which belongs to no project`);
  }
  const isLarge = entries.reduce((sum, { length }) => sum + length, 0) > MOST;
  if (isLarge || entries.length > MOST_FILES) {
    throw new TextError(`the file contains more than ${isLarge ? `${MOST / 1e6} MB` : `${MOST_FILES} files`}; a project has less`);
  }
}

/** The list of contents, with everything in it checked. @param {Files} files */
function indexIn(files) {
  const bytes = files.get(INDEX);
  const index = bytes && Object(parsed(new TextDecoder().decode(bytes)));
  if (!index) {
    throw new TextError(`the file has no \`${INDEX}\`, so it is not a project`);
  }
  if (index.version !== VERSION) {
    throw new TextError(`the project has the version ${String(index.version).slice(0, 20)}; this page reads version ${VERSION}`);
  }
  const texts = [index.name, index.credit, ...listIn(index.classes).flatMap(({ name, color }) => [name, color]), ...listIn(index.pictures).map(({ name }) => name)];
  if (texts.some((text) => typeof text !== "string" || text.length > 1000)) {
    throw new TextError(`\`${INDEX}\` does not say what a project says: a name, a credit, classes with names and colours, and pictures with names`);
  }
  const classes = listIn(index.classes).map(({ name, color }) => ({ name, color }));
  return { name: index.name, credit: index.credit, classes, pictures: listIn(index.pictures), state: { ...Object(index.state) } };
}

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    throw new TextError(`\`${INDEX}\` can’t be read: it is no JSON`);
  }
}

/** @param {unknown} list @returns {any[]} */
function listIn(list) {
  return Array.isArray(list) ? list.map(Object) : [];
}

/** @param {Files} files @param {any} listed @param {number} place @param {number} classes @returns {Promise<Shot>} */
async function shotIn(files, { name, isTest, hasTruth }, place, classes) {
  const { size, pixels } = await readRgb(fileIn(files, pathOf("pictures", place)));
  const mask = (/** @type {string} */ folder) => readMask(fileIn(files, pathOf(folder, place)), size, classes);
  return { name, size, pixels, mask: await mask("masks"), isTest: isTest === true, ...(hasTruth === true && { truth: await mask("truths") }) };
}

/** @param {Files} files @param {string} path */
function fileIn(files, path) {
  const bytes = files.get(path);
  if (!bytes) {
    throw new TextError(`\`${path}\` is missing in the file`);
  }
  return bytes;
}

/** @param {Uint8Array | undefined} bytes */
function weightsIn(bytes) {
  if (bytes && bytes.length % 8 !== 0) {
    throw new TextError(`\`${WEIGHTS}\` has ${bytes.length} bytes, which are no whole numbers of eight bytes`);
  }
  return bytes && new Float64Array(bytes.slice().buffer);
}
