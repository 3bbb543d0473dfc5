// Answers to an exercise: reading and checking them, and explaining wrong ones.

import { TextError, readNumber } from "../../state/text.js";

/** @typedef {import("../../pkg/core.js").ExerciseQuestion} Question */

/** The relative tolerance of an answer: a number rounded to three digits is correct. */
const TOLERANCE = 5e-3;

/**
 * Reads an answer: a number, or a fraction such as `-1/3`. An empty text gives nothing.
 * @param {string} text
 */
export function readAnswer(text) {
  if (/^\s*[+−-]?\d*,\d+\s*$/.test(text)) {
    throw new TextError("use a decimal point, as in 0.5");
  }
  const [top = "", bottom, more] = text.split("/");
  if (more !== undefined) {
    throw new TextError("write a number such as -8, or a fraction such as 1/3");
  }
  const value = readNumber(top) / (bottom === undefined ? 1 : readNumber(bottom));
  if (!Number.isFinite(value)) {
    throw new TextError("the denominator of a fraction can't be 0");
  }
  return value;
}

/**
 * @param {number} answer
 * @param {number} expected
 */
export function isRight(answer, expected) {
  return Math.abs(answer - expected) <= Math.max(1e-9, TOLERANCE * Math.abs(expected));
}

/**
 * A sentence that explains a wrong answer.
 * @param {Question} question
 * @param {number} answer
 */
export function diagnosis(question, answer) {
  const found = mistakes(question).find(([value]) => isRight(answer, value) && !isRight(value, question.answer));
  return found?.[1] ?? "Not yet. A hint may help.";
}

/**
 * The results of common mistakes, the most likely first.
 * @param {Question} question
 * @returns {[number, string][]}
 */
function mistakes(question) {
  const { kind, answer } = question;
  const own = { value: ofValue, local: ofLocal, gradient: ofGradient }[kind](question);
  return [...own, [-answer, "The absolute value is right, but the sign is wrong."], [answer / 2, "That is half of the answer: is a factor of 2 missing?"], [answer * 2, "That is twice the answer: is there a factor of 2 too many?"]];
}

/** @param {Question} question @returns {[number, string][]} */
function ofValue({ operands, operation }) {
  const [a = NaN, b] = operands;
  if (b === undefined) {
    return [[a, "That is the input; the operation still has to be applied to it."], [2 * a, "That is twice the input; the square is the input times itself."]];
  }
  const others = /** @type {[string, number, string][]} */ ([
    ["+", a + b, "That is the sum; this node does something else."],
    ["×", a * b, "That is the product; this node does something else."],
    ["−", a - b, "That is the difference; this node does something else."],
    ["", b - a, "That is the difference the other way round."],
  ]);
  return others.filter(([sign]) => sign !== operation).map(([, value, words]) => [value, words]);
}

/** @param {Question} question @returns {[number, string][]} */
function ofLocal({ operands, operation, value }) {
  const [a = NaN, b = NaN] = operands;
  const product = /** @type {[number, string][]} */ ([
    [a, "That is the derivative with respect to the other factor."],
    [b, "That is the derivative with respect to the other factor."],
  ]);
  const power = /** @type {[number, string][]} */ ([[a, "The factor from the exponent is missing."]]);
  return [...(operation === "×" ? product : power), [value, "That is the forward value, not a derivative."]];
}

/** @param {Question} question @returns {[number, string][]} */
function ofGradient({ upstream, local, value }) {
  const shares = Array.from(upstream, (gradient, use) => gradient * (local[use] ?? NaN));
  const several = /** @type {[number, string][]} */ (shares.length > 1 ? shares.map((share) => [share, "That is the gradient through one use only; this value is used several times, so add the gradients through all uses."]) : []);
  const sums = Array.from(upstream, (gradient, use) => gradient + (local[use] ?? NaN));
  return [
    ...several,
    ...Array.from(local, (each) => /** @type {[number, string]} */ ([each, "That is the local derivative alone: multiply it by the upstream gradient."])),
    ...Array.from(upstream, (each) => /** @type {[number, string]} */ ([each, "That is the upstream gradient alone: multiply it by the local derivative."])),
    ...sums.map((each) => /** @type {[number, string]} */ ([each, "That is the upstream gradient plus the local derivative: the chain rule multiplies them."])),
    [value, "That is the forward value, not the gradient."],
  ];
}

/** The rule of a question in words. */
export const RULES = {
  value: "Apply the operation to the values of its inputs.",
  local: "Differentiate this operation with respect to this input, and treat everything else as constant.",
  gradient: "Multiply the upstream gradient by the local derivative, and add the products of all uses.",
};

/**
 * The result, for grading in a course. A number that was shown counts as answered, but not as
 * correct.
 * @param {{ right: boolean, attempts: number, hints: number, shown: boolean }[]} progress
 */
export function resultOf(progress) {
  const questions = progress.length;
  const answered = progress.filter(({ right }) => right).length;
  const correct = progress.filter(({ right, shown }) => right && !shown).length;
  const sum = (/** @type {"attempts" | "hints"} */ key) => progress.reduce((total, each) => total + each[key], 0);
  return { questions, answered, correct, attempts: sum("attempts"), hints: sum("hints"), score: questions > 0 ? correct / questions : 0, complete: questions > 0 && answered === questions };
}
