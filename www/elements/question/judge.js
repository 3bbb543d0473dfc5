// Judging an answer: right or wrong, and what is said of it.

import { written } from "../../parts/numbers.js";
import { isRight, readAnswer } from "../../state/answer.js";
import { sentence } from "../../parts/problem.js";
import { TextError, messageOf, readNumber } from "../../state/text.js";
import { rightChoice } from "./choice.js";
import { anyMistakes, diagnosis, mistakesOf } from "./diagnosis.js";
import { distance, remarkOnSketch, sketchOf } from "./sketch.js";
import { truthOfDerivative, truthOfRun, truthOfTensors } from "./truth.js";
import { FIELDS } from "./view.js";

/** @typedef {import("./choice.js").Choice} Choice */
/** @typedef {import("./truth.js").Facts} Facts */
/** @typedef {import("./view.js").Kind} Kind */

/**
 * What the truth is read from: an element beside the question, or a run with the question's settings.
 * @typedef {{ engine: import("../../engine/engine.js").Engine, kind: string, state: any, facts: () => Facts }} Source
 *
 * @typedef {object} Plan
 * @property {Kind} kind
 * @property {string} of
 * @property {number | undefined} tolerance
 * @property {Choice[]} choices
 * @property {(facts: Facts) => number} stepOf the step that a picture shows
 *
 * @typedef {{ right: boolean, said: string, text: string, isRead: boolean }} Judgement
 */

/** The distance of a sketch that is near enough, as a part of the first loss. */
const NEAR = 0.12;

/**
 * A question as its attributes say it.
 * @param {{ of: string, kind: string | null, tolerance: string | null, choices: Choice[] }} given
 * @returns {Plan}
 */
export function planOf({ of, kind, tolerance, choices }) {
  const usual = choices.length > 0 ? "choice" : of === "curve" ? "curve" : "number";
  const known = kind ?? usual;
  if (!Object.hasOwn(FIELDS, known)) {
    throw new TextError(`\`${known}\` is not a kind of question; the kinds are ${Object.keys(FIELDS).join(", ")}`, "kind");
  }
  if (known === "choice" && choices.length < 2) {
    throw new TextError("give at least two, such as it grows: > 0; it shrinks: < 0", "choices");
  }
  const stepOf = (/** @type {Facts} */ facts) => Number(/^after \S+ (\d+)$/.exec(of)?.[1] ?? facts.run.losses.length);
  return { kind: /** @type {Kind} */ (known), of, tolerance: tolerance === null ? undefined : readNumber(tolerance), choices, stepOf };
}

/**
 * Judges what is in the field, or tells the truth.
 * @param {Plan} plan
 * @param {any} field
 * @param {() => Source} source
 * @param {boolean} [isTold] whether the answer is shown
 * @returns {Judgement}
 */
export function judge(plan, field, source, isTold = false) {
  const judgement = { number: ofNumber, place: ofNumber, choice: ofChoice, curve: ofCurve }[plan.kind];
  return judgement(plan, field, source(), isTold);
}

/** @param {Plan} plan @param {any} field @param {Source} source @param {boolean} isTold @returns {Judgement} */
function ofNumber(plan, field, source, isTold) {
  const truth = Number(truthOf(plan, source));
  if (isTold) {
    // The mark of the learner stays in the picture, beside the truth.
    const text = plan.kind === "place" && field.text() !== "" ? field.text() : String(Number(truth.toPrecision(4)));
    return { right: true, said: `The answer is ${written(truth)}.`, text, isRead: true };
  }
  const answer = readOr(field.text());
  if (typeof answer === "string") {
    return { right: false, said: answer, text: field.text(), isRead: false };
  }
  if (isRight(answer, truth, plan.tolerance)) {
    return { right: true, said: answer === truth ? "Right." : `Right: ${written(truth)}.`, text: field.text(), isRead: true };
  }
  const mistakes = source.kind === "downhill-lab" ? mistakesOf(source.facts(), plan.of) : anyMistakes(truth);
  return { right: false, said: diagnosis(answer, truth, mistakes), text: field.text(), isRead: true };
}

/** A number, or what keeps the text from being one. @param {string} text */
function readOr(text) {
  try {
    return readAnswer(text);
  } catch (error) {
    return sentence(messageOf(error));
  }
}

/** @param {Plan} plan @param {any} field @param {Source} source @param {boolean} isTold @returns {Judgement} */
function ofChoice(plan, field, source, isTold) {
  const right = rightChoice(plan.choices, truthOf(plan, source));
  const chosen = plan.choices.find(({ words }) => words === field.text());
  if (isTold || chosen === right) {
    return { right: true, said: isTold ? `The answer: ${right.words}.` : "Right.", text: right.words, isRead: true };
  }
  return { right: false, said: chosen?.say ?? "Not that one. Choose another, or let it be shown.", text: field.text(), isRead: chosen !== undefined };
}

/** @param {Plan} plan @param {any} field @param {Source} source @param {boolean} isTold @returns {Judgement} */
function ofCurve(plan, field, source, isTold) {
  const truth = sketchOf(source.facts().curve);
  const sketch = field.sketch();
  const right = isTold || distance(sketch, truth) <= (plan.tolerance ?? NEAR);
  if (right) {
    field.tell(truth);
  }
  const said = isTold ? "The solid line is what the run does." : right ? "Close enough: the solid line is what the run does." : remarkOnSketch(sketch, truth);
  return { right, said, text: field.text(), isRead: true };
}

/** @param {Plan} plan @param {Source} source @returns {number | string} */
function truthOf({ of }, { engine, kind, state, facts }) {
  if (kind === "downhill-autograd") {
    return truthOfTensors(engine, state.model, of);
  }
  return kind === "downhill-derivative" ? truthOfDerivative(engine, state, of) : truthOfRun(facts(), of);
}
