// Training, gradients, derivatives and values as plain functions.

import { DECK, merge } from "../state/settings.js";
import { TextError } from "../state/text.js";
import { DownhillError, asking, atPoint, checkText } from "./ask.js";
import { loadEngine } from "./engine.js";
import { Lesson } from "./lesson.js";
import { differentiate, roots, simplify } from "./symbolic.js";
import { tensorGradient } from "./tensors.js";

/** @typedef {import("./engine.js").Engine} Engine */

export { DownhillError };

/**
 * Loads the engine. In a page its file is fetched from beside this one; elsewhere pass its bytes.
 * @param {ArrayBuffer | ArrayBufferView} [bytes] the contents of pkg/core_bg.wasm
 */
export async function load(bytes) {
  const engine = await (await loadEngine(bytes)).whole();
  return Object.freeze({
    train: (/** @type {object} */ settings = {}) => train(engine, settings),
    timeline: (/** @type {object} */ settings = {}) => timeline(engine, settings),
    gradient: (/** @type {string} */ model, /** @type {object} */ values) => gradient(engine, model, values),
    evaluate: (/** @type {string} */ model, /** @type {object} */ values) => evaluate(engine, model, values),
    differentiate: (/** @type {string} */ model, /** @type {string} */ by, /** @type {object} */ options) => differentiate(engine, model, by, options),
    simplify: (/** @type {string} */ model) => simplify(engine, model),
    roots: (/** @type {string} */ model, /** @type {string} */ by, /** @type {object} */ values) => roots(engine, model, by, values),
  });
}

/**
 * @param {Engine} engine
 * @param {any} settings
 */
function train(engine, { digits = "rounded", ...settings }) {
  return inLesson(engine, (lesson) => {
    const state = stateOf(settings);
    refuse(digits === "rounded" || digits === "full" ? lesson.run(state) : wrongDigits());
    lesson.finish();
    return lesson.read((handle, core) => result(handle, digits === "full" ? core.Digits.Full : core.Digits.Rounded));
  });
}

/**
 * The phases of one sample's step: forward, backward, update.
 * @param {Engine} engine
 * @param {any} settings those of `train`, and `epoch` and `sample`
 */
function timeline(engine, { epoch = 0, sample = 0, ...settings }) {
  return inLesson(engine, (lesson) => {
    refuse(lesson.run(stateOf(settings)));
    lesson.finish();
    return lesson.read((handle) => phasesOf(handle, epoch, sample));
  });
}

/**
 * Works with a lesson whose memory is given back.
 * @template T
 * @param {Engine} engine
 * @param {(lesson: Lesson) => T} work
 */
function inLesson(engine, work) {
  const lesson = new Lesson(engine);
  try {
    return work(lesson);
  } finally {
    lesson.free();
  }
}

/** @param {import("../pkg/core.js").Problem | undefined} problem */
function refuse(problem) {
  if (problem) {
    throw new DownhillError(problem);
  }
}

/**
 * @param {import("../pkg/core.js").Lesson} handle
 * @param {number} epoch
 * @param {number} sample
 */
function phasesOf(handle, epoch, sample) {
  const step = epoch * handle.batches + sample;
  const whole = [epoch, sample].every((part) => Number.isSafeInteger(part) && part >= 0);
  if (!whole || sample >= handle.batches || step >= handle.steps) {
    throw new DownhillError({ message: "there is no such step: `epoch` and `sample` are whole numbers from 0, within the run", field: "epoch" });
  }
  const [forward = 0, backward = 0] = handle.phaseCounts;
  return Array.from({ length: forward + backward + 3 }, (_, place) => {
    const { kind, node, name, value, upstream, edges } = handle.explain(step, place);
    return { phase: kind, node, name, value, upstream, edges: edges.map(({ node, local, product, total }) => ({ to: node, local, product, total })) };
  });
}

function wrongDigits() {
  return { message: '`digits` must be "rounded" or "full"', field: "digits" };
}

/**
 * Absent settings are the deck's; its initial `w` is left out, because another model may have none.
 * @param {object} settings
 */
function stateOf(settings) {
  try {
    return merge({ ...DECK, init: {} }, settings);
  } catch (error) {
    throw error instanceof TextError ? new DownhillError(/** @type {any} */ (error)) : error;
  }
}

/**
 * @param {import("../pkg/core.js").Lesson} handle
 * @param {import("../pkg/core.js").Digits} digits
 */
function result(handle, digits) {
  const { parameters, weights, gradients, losses, diverged, traceLength } = handle;
  const trace = handle.traceLines(digits, 0, traceLength);
  return { parameters, weights, gradients, losses, diverged, trace };
}

/**
 * @param {Engine} engine
 * @param {string} model
 * @param {object} values
 */
function gradient(engine, model, values) {
  checkText(model, "model");
  const tensors = Object.values(values ?? {}).some((value) => typeof value === "object") || engine.use((core) => core.hasTensors(model));
  if (tensors) {
    return asking(() => engine.use((core) => tensorGradient(core, model, /** @type {Record<string, unknown>} */ (values ?? {}))));
  }
  const nodes = atPoint(engine, model, values, (core, names, numbers) => core.gradient(model, names, numbers));
  const leaves = nodes.filter(({ name, operation }) => operation === "leaf" && name !== undefined);
  const gradients = Object.fromEntries(leaves.map((leaf) => [leaf.name, leaf.gradient]));
  return { value: nodes.at(-1)?.value ?? NaN, gradients, nodes };
}

/**
 * @param {Engine} engine
 * @param {string} model
 * @param {object} values
 */
function evaluate(engine, model, values) {
  return atPoint(engine, model, values, (core, names, numbers) => core.evaluate(model, names, numbers));
}
