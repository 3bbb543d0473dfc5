// The exercise's arithmetic: answers, tolerance, diagnoses, seeds, and that its numbers are right.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { load } from "../../www/downhill.js";
import { diagnosis } from "../../www/elements/exercise/grading.js";
import { resultOf } from "../../www/parts/result.js";
import { isRight, readAnswer } from "../../www/state/answer.js";
import * as core from "../../www/pkg/core.js";
import { DECK, variant } from "../../www/elements/exercise/variants.js";

const bytes = await readFile(new URL("../../www/pkg/core_bg.wasm", import.meta.url));
const downhill = await load(bytes);

/** @param {import("../../www/elements/exercise/variants.js").Variant} exercise */
function questionsOf({ model, init, by }) {
  const handle = new core.Exercise(model, Object.keys(init), Float64Array.from(Object.values(init)), by);
  const questions = handle.questions();
  handle.free();
  return questions;
}

test("the deck's exercise has the deck's numbers", () => {
  assert.deepEqual(questionsOf(DECK).map(({ name, answer }) => [name, answer]), [
    ["value of y_hat", 2],
    ["value of s", -2],
    ["value of loss", 4],
    ["local derivative of loss with respect to s", -4],
    ["local derivative of s with respect to y_hat", 1],
    ["local derivative of y_hat with respect to w", 2],
    ["gradient of loss with respect to s", -4],
    ["gradient of loss with respect to y_hat", -4],
    ["gradient of loss with respect to w", -8],
  ]);
});

test("the answers of 200 seeds agree with symbolic derivatives and with autodiff", () => {
  for (let seed = 1; seed <= 200; seed += 1) {
    const exercise = variant(seed);
    assert.deepEqual(variant(seed), exercise);
    const questions = questionsOf(exercise);
    const { gradients } = downhill.gradient(exercise.model, exercise.init);
    for (const by of exercise.by) {
      const { answer } = questions.find(({ name }) => name === `gradient of loss with respect to ${by}`) ?? {};
      const symbolic = downhill.evaluate(downhill.differentiate(exercise.model, by).derivative, exercise.init);
      assert.deepEqual([answer, answer], [symbolic, gradients[by]], `${seed}: ${by}`);
    }
  }
});

/** @type {[string, number | string][]} */
const ANSWERS = [
  ["-8", -8],
  ["−8", -8],
  [" 1/3 ", 1 / 3],
  ["-1/4", -0.25],
  ["2.5e1", 25],
  ["0,5", 0.5],
  ["−12,25", -12.25],
  ["0,125", 0.125],
  [",5/2", 0.25],
  ["1,2345", 1.2345],
  ["1,234", "this comma may mean thousands or decimals; use a decimal point, as in 1.234, or no comma, as in 1234"],
  ["1,2,3", "`1,2,3` is not a number; type one such as 0.01"],
  ["", "a number is missing; type one such as 0.01"],
  ["two", "`two` is not a number; type one such as 0.01"],
  ["1/2/3", "write a number such as -8, or a fraction such as 1/3"],
  ["1/0", "the denominator of a fraction can't be 0"],
  ["x", "`x` is not a number; type one such as 0.01"],
  ["NaN", "`NaN` is not a number; type one such as 0.01"],
  ["1e999", "`1e999` is too large; the largest number is about 1.8e308"],
];

for (const [text, expected] of ANSWERS) {
  test(`answer: ${text}`, () => (typeof expected === "number" ? assert.equal(readAnswer(text), expected) : assert.throws(() => readAnswer(text), { message: expected })));
}

test("an answer may be rounded to three digits", () => {
  assert.deepEqual([isRight(0.333, 1 / 3), isRight(0.33, 1 / 3), isRight(-8, -8), isRight(8, -8), isRight(0, 0), isRight(1e-3, 0)], [true, false, true, false, true, false]);
});

/** A question of the deck's exercise, a wrong answer, and what is said. @type {[string, number, string][]} */
const MISTAKES = [
  ["value of s", 2, "That is the difference the other way round."],
  ["value of s", 6, "That is the sum; this node does something else."],
  ["value of y_hat", 3, "That is the sum; this node does something else."],
  ["value of loss", -2, "That is the input; the operation still has to be applied to it."],
  ["value of loss", -4, "That is twice the input; the square is the input times itself."],
  ["local derivative of loss with respect to s", -2, "The factor from the exponent is missing."],
  ["local derivative of loss with respect to s", 2, "That is the factor from the exponent alone; multiply it by the value inside."],
  ["local derivative of loss with respect to s", 4, "That is the forward value, not a derivative."],
  ["local derivative of y_hat with respect to w", 1, "That is the derivative with respect to the other factor."],
  ["gradient of loss with respect to w", 2, "That is the local derivative alone: multiply it by the upstream gradient."],
  ["gradient of loss with respect to w", -4, "That is the upstream gradient alone: multiply it by the local derivative."],
  ["gradient of loss with respect to w", -2, "That is the upstream gradient plus the local derivative: the chain rule multiplies them."],
  ["gradient of loss with respect to w", 1, "That is the forward value, not the gradient."],
  ["gradient of loss with respect to w", 8, "The absolute value is right, but the sign is wrong."],
  ["gradient of loss with respect to w", -16, "That is twice the answer: is there a factor of 2 too many?"],
  ["gradient of loss with respect to y_hat", 4, "The absolute value is right, but the sign is wrong."],
  ["gradient of loss with respect to w", 77, "Not yet. A hint may help."],
];

for (const [name, answer, said] of MISTAKES) {
  test(`mistake: ${name}, ${answer}`, () => {
    const question = questionsOf(DECK).find((question) => question.name === name);
    assert.equal(question && diagnosis(question, answer), said);
  });
}

test("for a value that is used twice, both terms of the gradient are asked for", () => {
  const questions = questionsOf({ model: "p = x*w\nq = p^2\nloss = q + p", init: { x: 2, w: 3 }, by: ["w"] });
  const question = questions.find(({ name }) => name === "gradient of loss with respect to p");
  assert.equal(question?.answer, 13);
  assert.equal(question && diagnosis(question, 12), "That is the gradient through one use only; this value is used several times, so add the gradients through all uses.");
});

test("results", () => {
  const row = (/** @type {boolean} */ right, /** @type {boolean} */ shown) => ({ right, shown, attempts: 2, hints: 1 });
  assert.deepEqual(resultOf([row(true, false), row(true, true), row(false, false)]), { questions: 3, answered: 2, correct: 1, first: 0, attempts: 6, hints: 3, score: 1 / 3, complete: false });
  assert.deepEqual(resultOf([]).score, 0);
});
