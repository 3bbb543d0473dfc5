// What a wrong number comes from: the numbers that common mistakes lead to, and a sentence for each.

import { numberOf, weightAfter } from "../../parts/numbers.js";
import { isRight, mistakeOf } from "../../state/answer.js";
import { initialOf } from "../../state/initial.js";

/** @typedef {import("./truth.js").Facts} Facts */
/** @typedef {[value: number | undefined, sentence: string]} Mistake */

/**
 * A sentence that explains a wrong number.
 * @param {number} answer
 * @param {number} truth
 * @param {Mistake[]} mistakes the most likely first
 */
export function diagnosis(answer, truth, mistakes) {
  return mistakeOf(answer, truth, mistakes)?.[1] ?? (answer < truth ? "Not yet: the number is larger than that." : "Not yet: the number is smaller than that.");
}

/** Mistakes that have nothing to do with what is asked for. @param {number} truth @returns {Mistake[]} */
export function anyMistakes(truth) {
  return [
    [-truth, "The absolute value is right, but the sign is wrong."],
    [truth / 2, "That is half of it: is a factor of 2 missing?"],
    [truth * 2, "That is twice as much: is there a factor of 2 too many?"],
  ];
}

/**
 * The mistakes for a number of a run.
 * @param {Facts} facts
 * @param {string} of
 * @returns {Mistake[]}
 */
export function mistakesOf(facts, of) {
  const [kind = "", ...words] = of.trim().split(/\s+/);
  const truth = numberOf(facts, of) ?? NaN;
  return [...(MISTAKES[kind]?.(facts, ...words) ?? []), ...anyMistakes(truth)];
}

/** @type {Record<string, (facts: Facts, ...words: string[]) => Mistake[]>} */
const MISTAKES = {
  end: (facts, name = "") => ofWeight(facts, name, facts.run.losses.length),
  after: (facts, name = "", step = "1") => ofWeight(facts, name, Number(step)),
  change: ofChange,
  gradient: (facts, step = "1") => ofGradient(facts, Number(step)),
  loss: ofLoss,
  predict: ofPrediction,
  steps: ofSteps,
  limit: ofLimit,
};

/** @param {Facts} facts @param {string} name @param {number} step @returns {Mistake[]} */
function ofWeight(facts, name, step) {
  const { state, run, batches } = of(facts);
  const before = weightAfter(facts, name, step - 1) ?? NaN;
  const gradient = gradientAt(facts, name, step);
  const others = /** @type {Mistake[]} */ ([
    [before - gradient, `Forgot the learning rate: the gradient is multiplied by ${state.lr} before it is taken away.`],
    [before + state.lr * gradient, `That goes uphill: the learning rate times the gradient is taken away from ${name}, not added.`],
    [state.lr * gradient, `That is the learning rate times the gradient; take it away from ${name}.`],
    [gradient, `That is the gradient; ${name} changes by minus the learning rate times the gradient.`],
    [initialOf(state.init, name), `That is where ${name} begins, and each step moves it.`],
    [before, `That is ${name} before this step.`],
  ]);
  const later = /** @type {Mistake[]} */ ([
    [weightAfter(facts, name, 1), `That is ${name} after the first step; the run has ${run.losses.length} steps.`],
    [weightAfter(facts, name, batches), `That is ${name} after the first epoch.`],
  ]);
  const end = /** @type {Mistake} */ ([weightAfter(facts, name, run.losses.length), `That is ${name} at the end of the run, after ${run.losses.length} steps.`]);
  return step === 1 ? [...others, [weightAfter(facts, name, batches), `That is ${name} after a whole epoch; one step takes one sample.`], end] : [...later, ...others, end];
}

/** @param {Facts} facts @param {string} name @param {string} step @returns {Mistake[]} */
function ofChange(facts, name = "", step = "1") {
  const gradient = gradientAt(facts, name, Number(step));
  return [
    [-gradient, "Forgot the learning rate: the gradient is multiplied by it first."],
    [gradient, "That is the gradient; the step is minus the learning rate times the gradient."],
    [facts.state.lr * gradient, "The step goes against the gradient, so the sign is the other one."],
    [0, "It stays only where the gradient is 0."],
    [weightAfter(facts, name, Number(step)), `That is the new ${name}; how far did it move?`],
  ];
}

/** @param {Facts} facts @param {number} step @returns {Mistake[]} */
function ofGradient(facts, step) {
  const nodes = facts.nodes(step);
  const gradient = facts.run.gradients[step - 1] ?? NaN;
  // What stands inside of a line has no name that could be said.
  const isNamed = (/** @type {{ name: string }} */ { name }) => name !== "";
  const passed = nodes.slice(1).filter(isNamed).map(({ name, gradient }) => /** @type {Mistake} */ ([gradient, `That is the gradient of ${name}; the chain rule goes on from there: multiply by the next local derivative.`]));
  const inner = nodes[0] && nodes[1]?.name && isRight(nodes[0].value, nodes[1].value ** 2) ? /** @type {Mistake[]} */ ([[2, `2 is only the factor from the square: the derivative of ${nodes[1].name}² is 2 times ${nodes[1].name}.`]]) : [];
  const values = nodes.filter(isNamed).map(({ name, value }) => /** @type {Mistake} */ ([value, `That is the value of ${name}, from the forward pass; the gradient says how fast the loss changes.`]));
  return [[facts.state.lr * gradient, "That is already multiplied by the learning rate; the gradient is not."], [-facts.state.lr * gradient, "That is the step; the gradient is what it is made of."], ...inner, ...signed(gradient), ...passed, ...values];
}

/** @param {Facts} facts @param {string} step @returns {Mistake[]} */
function ofLoss(facts, step = "1") {
  const { losses } = facts.run;
  const place = step === "end" ? losses.length : Number(step);
  const truth = losses[place - 1] ?? NaN;
  return [
    [facts.nodes(place)[0]?.value, "That is the loss before the step; the step has made it smaller, or larger."],
    [losses[0], "That is the loss after the first step."],
    [Math.sqrt(truth), "That is the error; the loss is its square."],
    [-Math.sqrt(truth), "That is the error; the loss is its square, and never negative."],
    [truth * losses.length, "That is a sum; the loss is a mean."],
  ];
}

/** @param {Facts} facts @param {string} input @param {string} when @returns {Mistake[]} */
function ofPrediction(facts, input = "0", when = "after") {
  const { before, after } = facts.predict(Number(input));
  const weights = facts.run.parameters.map((name) => /** @type {Mistake} */ ([weightAfter(facts, name, facts.run.losses.length), `That is ${name} itself; what does the model make of ${input} with it?`]));
  return [[when === "after" ? before : after, when === "after" ? "That was the prediction before training." : "That is the prediction after training."], ...weights, [Number(input), "That is the input."]];
}

/** @param {Facts} facts @returns {Mistake[]} */
function ofSteps(facts) {
  const { state, batches } = of(facts);
  const samples = facts.lesson.read((handle) => handle.samples);
  return [
    [state.epochs, "That is the number of epochs; each epoch takes a step for every batch of samples."],
    [batches, "That is the number of steps in one epoch."],
    [samples * state.epochs, "That counts every sample; a step takes a whole batch."],
  ];
}

/** @param {Facts} facts @returns {Mistake[]} */
function ofLimit(facts) {
  const limit = numberOf(facts, "limit") ?? NaN;
  return [
    [limit / 2, "That is 1 divided by the curvature, where one step lands in the minimum. A step may be up to twice as long."],
    [2 / limit, "That is the curvature; the limit is 2 divided by it."],
    [1 / limit, "That is half of the curvature; the limit is 2 divided by the curvature."],
    [limit * 2, "That is twice the limit. The curvature is the second derivative of the loss, and the square gives it a factor of 2."],
  ];
}

/** @param {number} truth @returns {Mistake[]} */
function signed(truth) {
  return [[-truth, "The absolute value is right, but the sign is wrong."]];
}

/** @param {Facts} facts */
function of(facts) {
  return { state: /** @type {import("./truth.js").State} */ (facts.state), run: facts.run, batches: facts.lesson.read((handle) => handle.batches) };
}

/** The gradient of a parameter in a step, counted from 1. @param {Facts} facts @param {string} name @param {number} step */
function gradientAt({ run }, name, step) {
  const place = run.parameters.indexOf(name);
  return run.gradients[(step - 1) * run.parameters.length + place] ?? NaN;
}
