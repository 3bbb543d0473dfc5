// Plain functions for training, gradients, derivatives and values.

import { DECK, merge } from "../state/settings.js";
import { nested } from "../state/tensor.js";
import { TextError } from "../state/text.js";
import { verdictOf } from "./verdict.js";
import { DownhillError, asking, atPoint, checkText } from "./ask.js";
import { loadEngine } from "./engine.js";
import { phaseCountsOf } from "./handle.js";
import { Lesson } from "./lesson.js";
import { namedNetwork } from "./named.js";
import { differentiate, roots, simplify } from "./symbolic.js";
import { tensorGradient } from "./tensors.js";

/** @typedef {import("./engine.js").Engine} Engine */
/** @typedef {import("../pkg/core.js").Lesson} Handle */

/**
 * Loads the engine. In a page its file is fetched from beside this one; elsewhere pass its bytes.
 * @param {ArrayBuffer | ArrayBufferView} [bytes] the contents of pkg/core_bg.wasm
 */
export async function load(bytes) {
  const engine = await (await loadEngine(bytes)).whole();
  return Object.freeze({
    train: (/** @type {object} */ settings = {}) => train(engine, settings),
    network: (/** @type {object} */ settings = {}) => network(engine, settings),
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
function train(engine, { digits = "rounded", maxSamples, maxSteps, ...settings }) {
  const limits = limitsOf({ maxSamples, maxSteps });
  refuse(digits === "rounded" || digits === "full" ? undefined : wrongDigits());
  const state = stateOf(settings);
  /** @template T @param {(handle: Handle, core: import("./engine.js").Core) => T} work */
  const again = (work) => trained(engine, state, limits, work);
  const { parameters, weights, gradients, losses, diverged } = again(numbersOf);
  const trace = once(() => again((handle, core) => handle.traceLines(digits === "full" ? core.Digits.Full : core.Digits.Rounded, 0, handle.traceLength)));
  const verdict = once(() => again(verdictOf));
  return {
    parameters, weights, gradients, losses, diverged,
    // A run depends only on its settings, so results that are rarely needed are computed when they
    // are read.
    get trace() {
      return trace();
    },
    get verdict() {
      return verdict();
    },
  };
}

/**
 * Reads from a run with these settings.
 * @template T
 * @param {Engine} engine
 * @param {import("../state/settings.js").State} state
 * @param {import("./lesson.js").Limits} limits
 * @param {(handle: Handle, core: import("./engine.js").Core) => T} work
 */
function trained(engine, state, limits, work) {
  return inLesson(engine, limits, (lesson) => {
    refuse(lesson.run(state));
    lesson.finish();
    return lesson.read(work);
  });
}

/** @param {Handle} handle */
function numbersOf({ parameters, weights, gradients, losses, diverged }) {
  return { parameters, weights, gradients, losses, diverged };
}

/** @template T @param {() => T} work */
function once(work) {
  /** @type {{ value: T } | undefined} */
  let known;
  return () => (known ??= { value: work() }).value;
}

/** @param {import("./lesson.js").Limits} limits */
function limitsOf(limits) {
  for (const [field, limit] of Object.entries(limits)) {
    if (limit !== undefined && !(Number.isSafeInteger(limit) && limit > 0 && limit < 2 ** 32)) {
      throw new DownhillError({ message: `\`${field}\` must be a whole number from 1 to 4294967295`, field });
    }
  }
  return limits;
}

/**
 * A network that is trained step by step.
 * @param {Engine} engine
 * @param {any} settings those of `train` without the learning rate and the epochs, and `precision` and `compiled`
 */
function network(engine, { precision = "float64", compiled = true, samples, ...settings }) {
  refuse(["float64", "float32"].includes(precision) ? undefined : { message: '`precision` must be "float64" or "float32"', field: "precision" });
  refuse(samples === undefined || (Number.isSafeInteger(samples) && samples > 0) ? undefined : { message: "`samples` must be a whole number of at least 1", field: "samples" });
  return namedNetwork(engine, stateOf(settings), { precision, compiled: Boolean(compiled), ...(samples !== undefined && { samples }) });
}

/**
 * The phases of one sample's step: forward, backward, update.
 * @param {Engine} engine
 * @param {any} settings those of `train`, and `epoch` and `sample`
 */
function timeline(engine, { epoch = 0, sample = 0, ...settings }) {
  return trained(engine, stateOf(settings), {}, (handle) => phasesOf(handle, epoch, sample));
}

/**
 * Works with a lesson, and frees its memory afterwards.
 * @template T
 * @param {Engine} engine
 * @param {import("./lesson.js").Limits} limits
 * @param {(lesson: Lesson) => T} work
 */
function inLesson(engine, limits, work) {
  const lesson = new Lesson(engine, limits);
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
 * @param {Handle} handle
 * @param {number} epoch
 * @param {number} sample
 */
function phasesOf(handle, epoch, sample) {
  const step = epoch * handle.batches + sample;
  const whole = [epoch, sample].every((part) => Number.isSafeInteger(part) && part >= 0);
  if (!whole || sample >= handle.batches || step >= handle.steps) {
    throw new DownhillError({ message: "there is no such step: `epoch` and `sample` are whole numbers from 0, within the run", field: "epoch" });
  }
  const { forward, backward } = phaseCountsOf(handle);
  return Array.from({ length: forward + backward + 3 }, (_, place) => {
    const { kind, node, name, value, upstream, edges, shape, values, upstreams, shares } = handle.explain(step, place);
    if (shares) {
      const whole = (/** @type {Float64Array | undefined} */ list) => shape && list && nested(shape, list);
      return { phase: kind, node, name, value: whole(values), upstream: whole(upstreams), edges: shares.map(({ node, shape, values }) => ({ to: node, product: nested(shape, values) })) };
    }
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
