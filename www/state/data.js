// The data of a lesson: columns of numbers. They are never changed in place, so the same object always means the same data.

import { csvReading } from "./csv.js";
import { finish } from "./reading.js";
import { columnsReading } from "./text.js";

/** @typedef {import("./tensor.js").Nested} Nested */
/** @typedef {Record<string, Nested[]>} Columns */

/** The characters that a line of numbers can't contain; an `e`, a sign, a separator and a decimal mark are allowed. */
const OTHER_THAN_NUMBERS = /[^\s\d.,;+\-−eE]/;

/**
 * Reads columns as `x = 1, 2; y = 2, 4`, or a table: lines, or a line of numbers.
 * @param {string} text
 * @returns {import("./reading.js").Reading<Columns>}
 */
export function dataReading(text) {
  return isTable(text) ? csvReading(text) : columnsReading(text);
}

/** The same at once. @param {string} text */
export function readData(text) {
  return finish(dataReading(text));
}

/** @param {string} text */
function isTable(text) {
  const lines = () => /[\r\n]/.test(text.trim());
  const numbers = () => /\d/.test(text) && !OTHER_THAN_NUMBERS.test(text);
  return !text.includes("=") && (lines() || numbers());
}

/** The number of samples. @param {Columns} columns */
export function samplesOf(columns) {
  return Object.values(columns)[0]?.length ?? 0;
}

/** How many numbers there are. @param {Columns} columns */
export function numbersOf(columns) {
  return Object.values(columns).reduce((sum, column) => sum + column.length * widthOf(column[0] ?? 0), 0);
}

/** How many numbers a sample has. @param {Nested} sample @returns {number} */
function widthOf(sample) {
  return typeof sample === "object" ? sample.length * widthOf(sample[0] ?? 0) : 1;
}

/** Whether all samples are single numbers. @param {Columns} columns @returns {columns is Record<string, number[]>} */
export function isPlain(columns) {
  return Object.values(columns).every((column) => typeof column[0] !== "object");
}

/**
 * Whether two columns have the same names and numbers, with the sign of a zero.
 * @param {Columns} a
 * @param {Columns} b
 */
export function sameData(a, b) {
  const names = Object.keys(a);
  return a === b || (names.join("\n") === Object.keys(b).join("\n") && names.every((name) => sameNumbers(a[name] ?? [], b[name] ?? [])));
}

/**
 * @param {ArrayLike<Nested>} a
 * @param {ArrayLike<Nested>} b
 * @returns {boolean}
 */
function sameNumbers(a, b) {
  return a === b || (a.length === b.length && Array.prototype.every.call(a, (value, index) => same(value, b[index] ?? NaN)));
}

/** @param {Nested} a @param {Nested} b */
function same(a, b) {
  return typeof a === "object" && typeof b === "object" ? sameNumbers(a, b) : Object.is(a, b);
}
