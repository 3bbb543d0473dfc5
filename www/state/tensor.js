// Tensors as nested lists of numbers: `[[1, 2], [3, 4]]`, and their elements by name: `W[0, 1]`.

import { TextError, readNumber } from "./text.js";

/** @typedef {import("../downhill.d.ts").Nested} Nested */
/** @typedef {{ shape: number[], numbers: number[] }} Flat */

/** The deepest nesting of lists. */
const MOST_AXES = 6;

/**
 * The shape and the numbers of nested lists, row by row.
 * @param {string} name for messages
 * @param {unknown} value
 * @param {string} field for messages
 * @returns {Flat}
 */
export function flat(name, value, field) {
  if (typeof value === "number") {
    return { shape: [], numbers: [value] };
  }
  const rows = ArrayBuffer.isView(value) ? Array.from(/** @type {Float64Array} */ (value)) : value;
  if (!Array.isArray(rows)) {
    throw new TextError(`the value of \`${name}\` must be a number or lists of numbers`, field);
  }
  const parts = rows.map((row) => flat(name, row, field));
  const inner = parts[0]?.shape ?? [];
  if (parts.some(({ shape }) => shape.join() !== inner.join())) {
    throw new TextError(`the lists of \`${name}\` must be equally long`, field);
  }
  return { shape: [parts.length, ...inner], numbers: parts.flatMap(({ numbers }) => numbers) };
}

/**
 * Numbers, row by row, as nested lists of a shape.
 * @param {number[]} shape
 * @param {ArrayLike<number>} numbers
 * @returns {any}
 */
export function nested(shape, numbers) {
  const [size, ...inner] = shape;
  if (size === undefined) {
    return numbers[0];
  }
  const length = inner.reduce((product, each) => product * each, 1);
  return Array.from({ length: size }, (_, row) => nested(inner, Array.prototype.slice.call(numbers, row * length, (row + 1) * length)));
}

/** Whether a value is a number or lists of numbers. @param {unknown} value @returns {value is Nested} */
export function isNested(value) {
  return typeof value === "number" || value instanceof Float64Array || (Array.isArray(value) && value.every(isNested));
}

/** Reads a number or nested lists. @param {string} text @returns {Nested} */
export function readNested(text) {
  const trimmed = text.trim();
  if (!trimmed.startsWith("[")) {
    return readNumber(trimmed);
  }
  if (!trimmed.endsWith("]")) {
    throw new TextError("a list ends with `]`");
  }
  const inside = trimmed.slice(1, -1);
  if (depthOf(inside) >= MOST_AXES) {
    throw new TextError(`lists may be nested ${MOST_AXES} deep`);
  }
  return inside.trim() === "" ? [] : split(inside, /,/).map(readNested);
}

/** All digits, and the sign of a zero. @param {Nested} value @returns {string} */
export function writeNested(value) {
  return typeof value === "object" ? `[${Array.from(value, writeNested).join(", ")}]` : Object.is(value, -0) ? "-0" : String(value);
}

/**
 * The parts between separators that stand outside of brackets and parentheses.
 * @param {string} text
 * @param {RegExp} separator of one character
 */
export function split(text, separator) {
  const parts = [];
  let [depth, start] = [0, 0];
  for (let place = 0; place < text.length; place += 1) {
    const letter = text[place] ?? "";
    depth += "[(".includes(letter) ? 1 : ")]".includes(letter) ? -1 : 0;
    if (depth <= 0 && separator.test(letter)) {
      parts.push(text.slice(start, place));
      start = place + 1;
    }
  }
  return [...parts, text.slice(start)];
}

/** @param {string} text */
function depthOf(text) {
  let [depth, deepest] = [0, 0];
  for (const letter of text) {
    depth += letter === "[" ? 1 : letter === "]" ? -1 : 0;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

/** The names of a tensor's elements, row by row: `W[0, 1]`; the name alone for a number. @param {string} name @param {number[]} shape @returns {string[]} */
export function elementNames(name, shape) {
  const indices = shape.reduce((all, size) => all.flatMap((index) => Array.from({ length: size }, (_, at) => [...index, at])), /** @type {number[][]} */ ([[]]));
  return indices.map((index) => (index.length === 0 ? name : `${name}[${index.join(", ")}]`));
}

/** The tensor and the index of an element. @param {string} element @returns {[name: string, index: number[]]} */
export function partsOf(element) {
  const [name = "", index = ""] = element.split(/[[\]]/);
  return [name, index === "" ? [] : index.split(",").map(Number)];
}

/** An element of nested lists. @param {unknown} value @param {number[]} index @returns {number | undefined} */
export function elementAt(value, index) {
  const found = index.reduce((/** @type {any} */ lists, at) => lists?.[at], value);
  return typeof found === "number" ? found : undefined;
}

/** The same lists with another number at an index. @param {any} value @param {number[]} index @param {number} number @returns {any} */
export function withElement(value, [at, ...inner], number) {
  return at === undefined ? number : Array.from(value, (each, place) => (place === at ? withElement(each, inner, number) : each));
}
