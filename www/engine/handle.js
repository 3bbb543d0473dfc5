// The engine's own lesson: made from a model and data, and what is asked of it beside its getters.

import { isPlain, numbersOf } from "../state/data.js";
import { flat } from "../state/tensor.js";
import { TextError } from "../state/text.js";

/** @typedef {import("../state/settings.js").State} State */
/** @typedef {import("../pkg/core.js").Problem} Problem */
/** @typedef {import("../pkg/core.js").Lesson} Handle */
/** @typedef {import("./lesson.js").Parameters} Parameters */
/** @typedef {import("./lesson.js").Limits} Limits */

/**
 * @param {import("./engine.js").Core} core
 * @param {State} state
 * @param {Parameters[]} parameters those that are tensors
 * @param {Limits} limits
 * @returns {Handle | Problem}
 */
export function build(core, { model, data }, parameters, { maxSamples }) {
  try {
    if (isPlain(data) && parameters.length === 0 && !core.hasTensors(model)) {
      return new core.Lesson(model, Object.keys(data), inOne(data), Uint32Array.from(Object.values(data), ({ length }) => length), maxSamples);
    }
    return buildTensors(core, model, data, parameters);
  } catch (problem) {
    if (problem instanceof Error && !(problem instanceof TextError)) {
      throw problem;
    }
    return /** @type {Problem} */ (problem);
  }
}

/**
 * @param {import("./engine.js").Core} core
 * @param {string} model
 * @param {State["data"]} data
 * @param {Parameters[]} parameters
 */
function buildTensors(core, model, data, parameters) {
  const columns = Object.entries(data).map(([name, column]) => ({ name, ...flat(name, column, "data") }));
  const shapes = [...columns.map(({ shape }) => shape.slice(1)), ...parameters.map(({ shape }) => shape)];
  const numbers = Float64Array.from(columns.flatMap(({ numbers }) => numbers));
  const [lengths, ranks, sizes] = [columns.map(({ numbers }) => numbers.length), shapes.map(({ length }) => length), shapes.flat()].map((list) => Uint32Array.from(list));
  return core.Lesson.ofTensors(model, Object.keys(data), numbers, /** @type {Uint32Array} */ (lengths), parameters.map(({ name }) => name), /** @type {Uint32Array} */ (ranks), /** @type {Uint32Array} */ (sizes));
}

/** The numbers of operations, and of those that pass a gradient back: whole tensors count once. @param {Handle} handle */
export function phaseCountsOf(handle) {
  const [forward = 0, backward = 0] = handle.hasTensors ? handle.operationCounts : handle.phaseCounts;
  return { forward, backward };
}

/** The shape and the numbers of a draw. @param {import("./engine.js").Core} core @param {string} draw */
export function drawn(core, draw) {
  const numbers = core.tensor(draw);
  const start = 1 + (numbers[0] ?? 0);
  return { shape: [...numbers.subarray(1, start)], numbers: numbers.subarray(start) };
}

/** All columns, one after the other. @param {Record<string, number[]>} data */
function inOne(data) {
  const numbers = new Float64Array(numbersOf(data));
  let place = 0;
  for (const column of Object.values(data)) {
    numbers.set(column, place);
    place += column.length;
  }
  return numbers;
}

/**
 * @param {Handle | Problem | undefined} candidate
 * @returns {candidate is Handle}
 */
export function isHandle(candidate) {
  return candidate !== undefined && "train" in candidate;
}
