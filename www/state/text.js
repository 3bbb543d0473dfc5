// Reading and writing numbers, lists and columns as people type them.

import { PART } from "./reading.js";
import { readNested, split, writeNested } from "./tensor.js";

/** What is wrong with a text, as a sentence for the person who typed it. */
export class TextError extends Error {
  /**
   * @param {string} message
   * @param {string} [field] the setting that is wrong, where the reader of the text knows it
   */
  constructor(message, field) {
    super(message);
    this.field = field;
  }
}

/** What an error says to the person who typed; one that is our own mistake is thrown on. @param {unknown} error */
export function messageOf(error) {
  if (!(error instanceof TextError)) {
    throw error;
  }
  return error.message;
}

const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

/** The longest text of a setting that is read, in UTF-16 units. */
const MAX_LENGTH = 4_000_000;

/**
 * Reads one number. It has a grammar of its own, because `Number("")` is 0 and `Number("0x1f")` 31.
 * @param {string} text
 */
export function readNumber(text) {
  const trimmed = text.trim().replace("−", "-");
  if (trimmed === "") {
    throw new TextError("a number is missing; type one such as 0.01");
  }
  if (!NUMBER.test(trimmed)) {
    throw new TextError(`\`${excerpt(trimmed)}\` is not a number; type one such as 0.01`);
  }
  const value = Number(trimmed);
  if (!Number.isFinite(value)) {
    throw new TextError(`\`${excerpt(trimmed)}\` is too large; the largest number is about 1.8e308`);
  }
  return value;
}

/** Whether a text means a number: `1e-2` means 0.01. @param {string} text @param {number} value */
export function meansNumber(text, value) {
  try {
    return readNumber(text) === value;
  } catch {
    return false;
  }
}

/**
 * Reads `w = 1, b = 0` into names and numbers.
 * @param {string} text
 * @returns {Record<string, number>}
 */
export function readValues(text) {
  /** @type {Record<string, number>} */
  const values = Object.create(null);
  for (const [name, value] of pairs(text, /[,;\n]/)) {
    values[name] = readNumber(value);
  }
  return values;
}

/**
 * Reads `x = 1, 2, 3; y = [2, 0], [4, 1], [6, 0]` into named columns.
 * @param {string} text
 * @returns {import("./reading.js").Reading<Record<string, import("./tensor.js").Nested[]>>}
 */
export function* columnsReading(text) {
  /** @type {Record<string, import("./tensor.js").Nested[]>} */
  const columns = Object.create(null);
  for (const [name, list] of pairs(text, /[;\n]/)) {
    columns[name] = yield* listReading(list);
  }
  return columns;
}

/** @param {string} list @returns {import("./reading.js").Reading<import("./tensor.js").Nested[]>} */
function* listReading(list) {
  if (list.includes("[")) {
    return split(list, /,/).filter((part) => part.trim() !== "").map(readNested);
  }
  const numbers = [];
  for (const [text] of list.matchAll(/[^,\s]+/g)) {
    numbers.push(readNumber(text));
    if (numbers.length % PART === 0) {
      yield;
    }
  }
  return numbers;
}

/** @param {Record<string, number>} values */
export function writeValues(values) {
  return Object.entries(values).map(([name, value]) => `${name} = ${writeNested(value)}`).join(", ");
}

/** @param {import("./data.js").Columns} columns */
export function writeColumns(columns) {
  return Object.entries(columns).map(([name, list]) => `${name} = ${Array.from(list, writeNested).join(", ")}`).join("; ");
}

/**
 * Names and their values. Objects made from them have no prototype, so that `__proto__` is a name like any other.
 * @param {string} text
 * @param {RegExp} separator
 * @returns {Generator<[name: string, value: string]>}
 */
function* pairs(text, separator) {
  if (text.length > MAX_LENGTH) {
    throw new TextError(`the text has ${text.length} characters; at most ${MAX_LENGTH} are read`);
  }
  const names = new Set();
  for (const part of text.split(separator).map((part) => part.trim()).filter((part) => part !== "")) {
    const [name = "", value, ...more] = part.split("=").map((side) => side.trim());
    if (value === undefined || more.length > 0 || name === "") {
      throw new TextError(`\`${excerpt(part)}\` should have the form name = number`);
    }
    if (names.has(name)) {
      throw new TextError(`\`${excerpt(name)}\` is given twice`);
    }
    names.add(name);
    yield [name, value];
  }
}

/** @param {string} text */
function excerpt(text) {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

/** `1 epoch`, `3 epochs`. @param {number} count @param {string} noun that takes an s */
export function counted(count, noun) {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
