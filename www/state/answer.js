// Answers as people type them: a number, or a fraction such as `-1/3`.

import { TextError, readNumber } from "./text.js";

/** The relative tolerance of an answer: a number rounded to three digits is correct. */
const TOLERANCE = 5e-3;

/** A comma that can only be a decimal comma; three digits behind a larger number may be thousands. */
const DECIMAL_COMMA = /^\s*[+−-]?(?:0?,\d+|\d+,(?:\d{1,2}|\d{4,}))\s*$/;

/**
 * Reads an answer.
 * @param {string} text
 */
export function readAnswer(text) {
  const [top = "", bottom, more] = text.split("/").map(withPoint);
  if (more !== undefined) {
    throw new TextError("write a number such as -8, or a fraction such as 1/3");
  }
  const value = readNumber(top) / (bottom === undefined ? 1 : readNumber(bottom));
  if (!Number.isFinite(value)) {
    throw new TextError("the denominator of a fraction can't be 0");
  }
  return value;
}

/** @param {string} text */
function withPoint(text) {
  if (DECIMAL_COMMA.test(text)) {
    return text.replace(",", ".");
  }
  if (/^\s*[+−-]?\d*,\d+\s*$/.test(text)) {
    throw new TextError("this comma may mean thousands or decimals; use a decimal point, as in 1.234, or no comma, as in 1234");
  }
  return text;
}

/**
 * What a wrong answer comes from: the first mistake that leads to it, and not to the truth.
 * @template {readonly [value: number | undefined, ...rest: any[]]} Mistake
 * @param {number} answer
 * @param {number} truth
 * @param {readonly Mistake[]} mistakes the most likely first
 */
export function mistakeOf(answer, truth, mistakes) {
  return mistakes.find(([value]) => value !== undefined && isRight(answer, value) && !isRight(value, truth));
}

/**
 * @param {number} answer
 * @param {number} expected
 * @param {number} [tolerance] relative
 */
export function isRight(answer, expected, tolerance = TOLERANCE) {
  return Math.abs(answer - expected) <= Math.max(1e-9, tolerance * Math.abs(expected));
}
