// A project as one file: a zip with the pictures and masks as PNG, and all else as JSON. Packing is fflate's.

import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { TextError } from "../text.js";
import { indexedPng, readMask, readRgb, rgbPng } from "./png.js";
import { checkProject } from "./project.js";

/** @typedef {import("./project.js").Project} Project */
/** @typedef {import("./project.js").Shot} Shot */
/** @typedef {{ project: Project, state: Record<string, unknown>, weights?: Float64Array | undefined }} Work a project, the settings of its network, and the weights as far as it has learned */

const INDEX = "project.json";
const WEIGHTS = "weights.bin";
const VERSION = 1;
/** The only names that a file has inside. */
const KNOWN = /^(project\.json|weights\.bin|(pictures|masks|truths)\/\d{1,3}\.png)$/;
/** How many bytes all files inside have at most when they are unpacked, and how many files there are. */
const MOST = 100_000_000;
const MOST_FILES = 700;

/** @param {Work} work */
export function packProject({ project, state, weights }) {
  const { classes, shots } = project;
  const colors = classes.map(({ color }) => color);
  const images = shots.flatMap(({ size, pixels, mask, truth }, place) => [
    [pathOf("pictures", place), rgbPng(pixels, size)],
    [pathOf("masks", place), indexedPng(mask, size, colors)],
    ...(truth ? [[pathOf("truths", place), indexedPng(truth, size, colors)]] : []),
  ]);
  const listed = shots.map(({ name, isTest, truth }) => ({ name, isTest, hasTruth: truth !== undefined }));
  const index = { version: VERSION, name: project.name, credit: project.credit, classes, pictures: listed, state };
  const numbers = weights ? { [WEIGHTS]: new Uint8Array(Float64Array.from(weights).buffer) } : {};
  return zipSync({ [INDEX]: strToU8(JSON.stringify(index)), ...Object.fromEntries(images), ...numbers });
}

/** @param {string} folder @param {number} place */
function pathOf(folder, place) {
  return `${folder}/${place + 1}.png`;
}

/**
 * What is in a file. Whatever is wrong with it is thrown as a TextError.
 * @param {Uint8Array} bytes
 * @returns {Work}
 */
export function unpackProject(bytes) {
  const files = unpacked(bytes);
  const { name, credit, classes, pictures, state } = indexIn(files);
  const shots = pictures.map((/** @type {any} */ listed, /** @type {number} */ place) => shotIn(files, listed, place, classes.length));
  const project = { name, credit, classes, shots };
  checkProject(project);
  return { project, state, weights: weightsIn(files[WEIGHTS]) };
}

/** @param {Uint8Array} bytes */
function unpacked(bytes) {
  let [size, count] = [0, 0];
  try {
    return unzipSync(bytes, { filter({ name, originalSize }) {
      [size, count] = [size + originalSize, count + 1];
      checkEntry(name, size, count);
      return true;
    } });
  } catch (error) {
    throw error instanceof TextError ? error : new TextError("this is not a project file, or it is damaged: it can’t be unpacked");
  }
}

/** @param {string} name @param {number} size @param {number} count */
function checkEntry(name, size, count) {
  if (!KNOWN.test(name)) {
    throw new TextError(`the file contains \`${name.slice(0, 60)}\`, which belongs to no project`);
  }
  if (size > MOST || count > MOST_FILES) {
    throw new TextError(`the file contains more than ${count > MOST_FILES ? `${MOST_FILES} files` : `${MOST / 1e6} MB`}; a project has less`);
  }
}

/** The list of contents, with everything in it checked. @param {Record<string, Uint8Array>} files */
function indexIn(files) {
  const bytes = files[INDEX];
  const index = bytes && Object(parsed(strFromU8(bytes)));
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

/** @param {Record<string, Uint8Array>} files @param {any} listed @param {number} place @param {number} classes @returns {Shot} */
function shotIn(files, { name, isTest, hasTruth }, place, classes) {
  const { size, pixels } = readRgb(fileIn(files, pathOf("pictures", place)));
  const mask = (/** @type {string} */ folder) => readMask(fileIn(files, pathOf(folder, place)), size, classes);
  return { name, size, pixels, mask: mask("masks"), isTest: isTest === true, ...(hasTruth === true && { truth: mask("truths") }) };
}

/** @param {Record<string, Uint8Array>} files @param {string} path */
function fileIn(files, path) {
  const bytes = files[path];
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
