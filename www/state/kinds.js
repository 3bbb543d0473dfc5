// The kinds of settings: how each is read from text (an attribute, an address, a field), written as
// text, and checked as plain data.

import { readData } from "./data.js";
import { isMoment, readMoment, writeMoment } from "./phases.js";
import { isInitial, readInitials, writeInitials } from "./initial.js";
import { isNested } from "./tensor.js";
import { TextError, readNumber, writeColumns } from "./text.js";

/**
 * @typedef {object} Kind
 * @property {(text: string) => unknown} read throws a TextError
 * @property {(value: any) => string} write
 * @property {(value: unknown) => boolean} accepts
 * @property {string} form what is accepted, in words
 * @property {string} type the TypeScript type of what is accepted
 * @property {string} [stored] the TypeScript type in a state, where it is narrower
 * @property {readonly (readonly [string, string])[]} [words] what can be chosen: values, and what is read for them
 * @property {boolean} [isFlag] whether it is on or off
 */

/** @type {Kind} */
export const text = { read: (text) => text, write: String, accepts: isText, form: "a text", type: "string" };

/** @type {Kind} */
export const number = { read: readNumber, write: String, accepts: isNumber, form: "a number", type: "number" };

/** Two numbers. @type {Kind} */
export const pair = { read: readPair, write: (numbers) => numbers.join(", "), accepts: isPair, form: "a list of two numbers", type: "[number, number]" };

/** On or off; as an attribute it may stand without a value. @type {Kind} */
export const flag = { read: readFlag, write: (value) => String(Boolean(value)), accepts: (value) => typeof value === "boolean", form: "true or false", type: "boolean", isFlag: true };

/** Columns of numbers or tensors by their names. @type {Kind} */
export const columns = {
  read: readData,
  write: writeColumns,
  accepts: recordOf((column) => isNumbers(column) || (Array.isArray(column) && isNested(column))),
  form: "an object of columns, each an array of numbers or of tensors as nested arrays",
  type: "Record<string, ArrayLike<number> | Nested[]>",
  stored: "Record<string, Nested[]>",
};

/** Numbers or tensors by their names. @type {Kind} */
export const values = {
  read: readInitials,
  write: writeInitials,
  accepts: recordOf(isInitial),
  form: "an object of numbers, of tensors as nested arrays, or of draws such as \"normal(3, 2)\"",
  type: "Record<string, Nested | string>",
};

/** A step of a run, and a phase inside it. @type {Kind} */
export const moment = {
  read: readMoment,
  write: writeMoment,
  accepts: isMoment,
  form: 'an object { epoch, sample } of whole numbers from 0, with a phase such as "f2", "b1" or "u" where one is shown',
  type: "{ epoch: number; sample: number; phase?: string }",
};

/**
 * One of a few words. Any other word is accepted here; the engine refuses it with a list of the valid words.
 * @param {readonly (readonly [string, string])[]} words values, and what is read for them
 * @returns {Kind}
 */
export function choice(words) {
  return { ...text, read: (text) => text.trim(), words, type: words.map(([value]) => `"${value}"`).join(" | ") };
}

/** A setting that may be absent; then its text is empty. @param {Kind} kind @returns {Kind} */
export function optional(kind) {
  const accepts = (/** @type {unknown} */ value) => value === undefined || kind.accepts(value);
  // A flag that is absent is off.
  return kind.isFlag ? { ...kind, accepts } : {
    ...kind,
    read: (text) => (text.trim() === "" ? undefined : kind.read(text)),
    write: (value) => (value === undefined ? "" : kind.write(value)),
    accepts,
  };
}

/** @param {string} text */
function readFlag(text) {
  const word = text.trim().toLowerCase();
  if (!["", "true", "false", "1", "0"].includes(word)) {
    throw new TextError("this is either on or off: write true or false");
  }
  return word !== "false" && word !== "0";
}

/** @param {string} text */
function readPair(text) {
  const numbers = text.split(/[,;\s]+/).filter((part) => part !== "").map(readNumber);
  if (numbers.length !== 2) {
    throw new TextError("two numbers are needed, such as 0.9, 0.999");
  }
  return numbers;
}

/** @param {unknown} value */
function isText(value) {
  return typeof value === "string";
}

/** @param {unknown} value */
function isNumber(value) {
  return typeof value === "number";
}

/** @param {unknown} value */
function isNumbers(value) {
  return (Array.isArray(value) || ArrayBuffer.isView(value)) && Array.from(/** @type {any} */ (value)).every(isNumber);
}

/** @param {unknown} value */
function isPair(value) {
  return isNumbers(value) && /** @type {ArrayLike<number>} */ (value).length === 2;
}

/** @param {(value: unknown) => boolean} accepts */
function recordOf(accepts) {
  return (/** @type {unknown} */ value) => typeof value === "object" && value !== null && Object.values(value).every(accepts);
}
