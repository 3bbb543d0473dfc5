// The initial values of parameters: numbers, nested lists, or a draw such as `normal(3, 2, seed=1)`.

import { TextError } from "./text.js";
import { elementAt, elementNames, flat, isNested, nested, partsOf, readNested, split, withElement, writeNested } from "./tensor.js";

/** @typedef {import("./tensor.js").Nested} Nested */
/** @typedef {Record<string, Nested | string>} Initial */

/** A call that gives a whole tensor. */
const DRAW = /^[a-z_]+\(.*\)$/s;

/** Whether a value is an initial value. @param {unknown} value */
export function isInitial(value) {
  return isNested(value) || (typeof value === "string" && DRAW.test(value.trim()));
}

/** Reads a number, nested lists or a draw. @param {string} text @returns {Nested | string} */
export function readInitial(text) {
  return DRAW.test(text.trim()) ? text.trim() : readNested(text);
}

/** Reads `w = 1, W = [[1, 2], [3, 4]]` into names and values. @param {string} text @returns {Initial} */
export function readInitials(text) {
  /** @type {Initial} */
  const values = Object.create(null);
  for (const part of split(text, /[,;\n]/).map((part) => part.trim()).filter((part) => part !== "")) {
    const [name, value] = pairOf(part);
    if (name in values) {
      throw new TextError(`\`${name}\` is given twice`);
    }
    values[name] = readInitial(value);
  }
  return values;
}

/** @param {string} part @returns {[name: string, value: string]} */
function pairOf(part) {
  const [, name = "", value = ""] = /^([^=]*)=(.*)$/s.exec(part) ?? [];
  if (name.trim() === "" || (value.includes("=") && !DRAW.test(value.trim()))) {
    throw new TextError(`\`${part.length > 40 ? `${part.slice(0, 40)}…` : part}\` should have the form name = number`);
  }
  return [name.trim(), value];
}

/** @param {Initial} values */
export function writeInitials(values) {
  return Object.entries(values).map(([name, value]) => `${name} = ${typeof value === "string" ? value : writeNested(value)}`).join(", ");
}

/** The initial number of a parameter's element; 1 where none is given, nothing for a draw. @param {Initial} init @param {string} element */
export function initialOf(init, element) {
  const [name, index] = partsOf(element);
  const value = Object.hasOwn(init, name) ? init[name] : 1;
  return typeof value === "string" ? undefined : elementAt(value, index);
}

/**
 * The initial values with another number for an element. A draw becomes the numbers that were drawn.
 * @param {Initial} init
 * @param {string} element
 * @param {number} number
 * @param {Record<string, number>} all the initial numbers of all elements
 * @returns {Initial}
 */
export function withInitial(init, element, number, all = {}) {
  const [name, index] = partsOf(element);
  const value = Object.hasOwn(init, name) ? init[name] : 1;
  return { ...init, [name]: withElement(typeof value === "string" ? drawn(name, all) : value, index, number) };
}

/** The numbers of a tensor, whose last element tells its shape. @param {string} name @param {Record<string, number>} all @returns {Nested} */
function drawn(name, all) {
  const own = Object.keys(all).filter((element) => partsOf(element)[0] === name);
  const [, last] = partsOf(own.at(-1) ?? name);
  return nested(last.map((at) => at + 1), own.map((element) => all[element] ?? NaN));
}

/**
 * The initial values as names and numbers of elements, and the shapes of those that are tensors.
 * @param {Initial} init
 * @param {(draw: string) => { shape: number[], numbers: ArrayLike<number> }} draw
 * @param {boolean} [all] whether the shapes of single numbers are listed too
 */
export function flatInitials(init, draw, all = false) {
  const each = Object.entries(init).map(([name, value]) => ({ name, ...(typeof value === "string" ? draw(value) : flat(name, value, "init")) }));
  return {
    // Only where they are asked for: a large network has hundreds of thousands of them.
    get names() {
      return each.flatMap(({ name, shape }) => elementNames(name, shape));
    },
    values: each.flatMap(({ numbers }) => Array.from(numbers)),
    shapes: each.filter(({ shape }) => all || shape.length > 0).map(({ name, shape }) => ({ name, shape })),
  };
}

/**
 * The values whose names a text contains: an edited program keeps the ones that it still uses.
 * @param {string} text
 * @param {Initial} values
 */
export function namedIn(text, values) {
  const names = new Set(text.match(/[\p{L}_][\p{L}\p{M}\d_₀-₉]*/gu));
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.has(name)));
}
