// Explanations of wrong answers to an exercise.

import { mistakeOf } from "../../state/answer.js";

/** @typedef {import("../../pkg/core.js").ExerciseQuestion} Question */

/**
 * A sentence that explains a wrong answer.
 * @param {Question} question
 * @param {number} answer
 */
export function diagnosis(question, answer) {
  return mistakeOf(answer, question.answer, mistakes(question))?.[1] ?? "Not yet. A hint may help.";
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
function ofLocal({ operands, operation, value, answer }) {
  const [a = NaN, b = NaN] = operands;
  const product = /** @type {[number, string][]} */ ([
    [a, "That is the derivative with respect to the other factor."],
    [b, "That is the derivative with respect to the other factor."],
  ]);
  const power = /** @type {[number, string][]} */ ([
    [a, "The factor from the exponent is missing."],
    [answer / a, "That is the factor from the exponent alone; multiply it by the value inside."],
  ]);
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
