// The numbers that a text or a question can ask for by name: `loss end`, `gradient 1`.

import { initialOf } from "../state/initial.js";

/**
 * What is known of a run: an element, or a run of its own.
 * @typedef {object} Facts
 * @property {any} state
 * @property {{ parameters: string[], weights: Float64Array, gradients: Float64Array, losses: Float64Array } | undefined} run
 * @property {import("../downhill.d.ts").Verdict | undefined} verdict
 * @property {(input: number) => { before: number | undefined, after: number | undefined } | undefined} predict
 */

/**
 * The kinds of numbers: a name, and further words.
 * @type {Record<string, { form: string, read: (facts: Facts, ...words: string[]) => number | undefined }>}
 */
const NUMBERS = {
  setting: { form: "setting lr", read: ({ state }, name = "") => state[name] },
  start: { form: "start w", read: ({ state, run }, name = "") => (run?.parameters.includes(name) ? initialOf(state.init, name) : undefined) },
  end: { form: "end w", read: (facts, name = "") => weightAfter(facts, name, facts.run?.losses.length) },
  after: { form: "after w 1", read: (facts, name = "", step = "1") => weightAfter(facts, name, Number(step)) },
  change: { form: "change w 1", read: (facts, name = "", step = "1") => changeOf(facts, name, Number(step)) },
  gradient: { form: "gradient 1", read: ({ run }, step = "1") => run?.gradients[Number(step) - 1] },
  loss: { form: "loss 1", read: ({ run }, step = "1") => run?.losses.at(step === "end" ? -1 : Number(step) - 1) },
  predict: { form: "predict 4 after", read: (facts, input = "0", when = "after") => facts.predict(Number(input))?.[/** @type {"before" | "after"} */ (when)] },
  steps: { form: "steps", read: ({ run }) => run?.losses.length },
  limit: { form: "limit", read: ({ verdict }) => limitOf(verdict) },
};

/** How the numbers are asked for, as examples. */
export const NUMBER_FORMS = Object.values(NUMBERS).map(({ form }) => form);

/**
 * The number with this name; nothing if there is none.
 * @param {Facts} facts
 * @param {string} text
 */
export function numberOf(facts, text) {
  const [name = "", ...words] = text.trim().split(/\s+/);
  return Object.hasOwn(NUMBERS, name) && facts.state ? NUMBERS[name]?.read(facts, ...words) : undefined;
}

/** A number of the text: four digits, and a true minus sign. @param {number} number */
export function written(number) {
  return String(Number(number.toPrecision(4))).replace("-", "−");
}

/**
 * A parameter after a step, counted from 1; before the first step it has its initial value.
 * @param {Facts} facts
 * @param {string} name
 * @param {number} [step]
 */
export function weightAfter({ run, state }, name, step = NaN) {
  const [place, width] = [run?.parameters.indexOf(name) ?? -1, run?.parameters.length ?? 0];
  if (place < 0) {
    return undefined;
  }
  return step === 0 ? initialOf(state.init, name) : run?.weights[(step - 1) * width + place];
}

/** The learning rate below which every run converges; nothing if it is not known. @param {Facts["verdict"]} verdict */
function limitOf(verdict) {
  const [first] = verdict && "stable" in verdict ? verdict.stable : [];
  return first?.[0] === 0 && Number.isFinite(first[1]) ? first[1] : undefined;
}

/** @param {Facts} facts @param {string} name @param {number} step */
function changeOf(facts, name, step) {
  const [before, after] = [weightAfter(facts, name, step - 1), weightAfter(facts, name, step)];
  return before === undefined || after === undefined ? undefined : after - before;
}

/**
 * An element of a tensor, `value u 0`, or of its gradient, `gradient x 0`; elements are counted row by row.
 * @param {{ nodes: any[], gradients: Record<string, any> }} program after both passes
 * @param {string} text
 * @returns {number | undefined}
 */
export function numberOfTensor({ nodes, gradients }, text) {
  const [name = "", tensor = "", index = "0"] = text.trim().split(/\s+/);
  const found = name === "value" ? nodes.find((node) => node.name === tensor)?.value : name === "gradient" ? gradients[tensor] : undefined;
  return [found].flat(9)[Number(index)];
}
