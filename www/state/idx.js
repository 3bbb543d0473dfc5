// IDX files: bytes in a box of some dimensions. MNIST's pictures and labels come in this format.

import { TextError, counted } from "./text.js";

/** The number that says that the file consists of bytes without a sign. */
const BYTES = 8;
const MOST_DIMENSIONS = 4;

/**
 * @typedef {object} Box
 * @property {number[]} shape
 * @property {Uint8Array} values
 */

/**
 * Reads an IDX file of bytes. Throws a TextError if it is anything else.
 * @param {Uint8Array} file
 * @param {string} name of the file, for messages
 * @returns {Box}
 */
export function readIdx(file, name) {
  if (file.length === 0) {
    throw new TextError(`${name} is empty`);
  }
  const rank = rankOf(file, name);
  const head = 4 + 4 * rank;
  if (file.length < head) {
    throw new TextError(`${name} ends within its first ${head} bytes, which say its dimensions`);
  }
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const shape = Array.from({ length: rank }, (_, place) => view.getUint32(4 + 4 * place));
  checkLength(file.length - head, shape, name);
  return { shape, values: file.subarray(head) };
}

/** How many dimensions the first four bytes tell. @param {Uint8Array} file @param {string} name */
function rankOf(file, name) {
  const [first, second, type = 0, rank = 0] = file;
  if (file.length < 4 || first !== 0 || second !== 0) {
    throw new TextError(`${name} is not an IDX file: its first two bytes are not 0`);
  }
  if (type !== BYTES) {
    throw new TextError(`${name} has numbers of type ${type}; only bytes, type ${BYTES}, are read`);
  }
  if (rank < 1 || rank > MOST_DIMENSIONS) {
    throw new TextError(`${name} has ${counted(rank, "dimension")}; it must have 1 to ${MOST_DIMENSIONS}`);
  }
  return rank;
}

/** @param {number} length how many bytes there are @param {number[]} shape @param {string} name */
function checkLength(length, shape, name) {
  // Four dimensions of 32 bits can make a product that a double rounds, but never one that is near a real length.
  const needed = shape.reduce((product, size) => product * size, 1);
  if (needed === 0) {
    throw new TextError(`${name} says that it has ${shape.join(" × ")} bytes, which is none`);
  }
  if (length !== needed) {
    const how = length < needed ? "is cut off" : "is too long";
    throw new TextError(`${name} ${how}: it says that it has ${shape.join(" × ")} bytes, and has ${length}`);
  }
}
