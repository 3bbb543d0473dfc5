// The state of a lab: plain data, and one table that says how each part is read and written.

import { readData } from "./data.js";
import { isPhase } from "./phases.js";
import { TextError, readNumber, readValues, writeColumns, writeValues } from "./text.js";

/**
 * @typedef {object} State
 * @property {string} model the program
 * @property {Record<string, number[]>} data the columns
 * @property {number} lr the learning rate
 * @property {Record<string, number>} init the initial values of parameters
 * @property {number} epochs how often the run passes over the data
 * @property {number} batch how many samples a step takes
 * @property {string} optimizer
 * @property {number} [momentum] options of the optimizer; absent ones have torch.optim's defaults
 * @property {boolean} [nesterov]
 * @property {number} [weightDecay]
 * @property {number} [alpha]
 * @property {number[]} [betas]
 * @property {number} [eps]
 * @property {string} schedule of the learning rate
 * @property {number} stepSize the epochs between two steps of the schedule
 * @property {number} [gamma] the schedule's factor
 * @property {boolean} shuffle whether each epoch has an order of its own
 * @property {number} seed of the orders
 * @property {Moment} at the step that the graph shows
 *
 * @typedef {{ epoch: number, sample: number, phase?: string }} Moment counted from 0; without a phase everything is computed
 * @typedef {keyof State} Key
 */

/**
 * The deck's lesson, and the values of absent settings.
 * @type {Readonly<State>}
 */
export const DECK = deepFreeze({
  model: "y_hat = x*w\ns = y_hat - y\nloss = s^2",
  data: { x: [1, 2, 3], y: [2, 4, 6] },
  lr: 0.01,
  init: { w: 1 },
  epochs: 10,
  batch: 1,
  optimizer: "sgd",
  schedule: "constant",
  stepSize: 10,
  shuffle: false,
  seed: 0,
  at: { epoch: 0, sample: 0 },
});

/**
 * How a setting is read from text (an attribute, a URL, a field), written as text, and recognised
 * as plain data.
 * @typedef {object} Setting
 * @property {(text: string) => unknown} read
 * @property {(value: any) => string} write
 * @property {(value: unknown) => boolean} accepts
 * @property {string} form what is accepted, in words
 */

/** @type {Readonly<Record<Key, Setting>>} */
export const SETTINGS = Object.freeze({
  model: { read: (text) => text, write: String, accepts: isText, form: "a text" },
  data: { read: readData, write: writeColumns, accepts: recordOf(isNumbers), form: "an object of columns, each an array of numbers" },
  lr: number(),
  init: { read: readValues, write: writeValues, accepts: recordOf(isNumber), form: "an object of numbers" },
  epochs: number(),
  batch: number(),
  optimizer: { read: (text) => text.trim(), write: String, accepts: isText, form: "a text" },
  momentum: optionalNumber(),
  nesterov: flag(),
  weightDecay: optionalNumber(),
  alpha: optionalNumber(),
  betas: optional({ read: readBetas, write: (betas) => betas.join(", "), accepts: isPair, form: "a list of two numbers" }),
  eps: optionalNumber(),
  schedule: { read: (text) => text.trim(), write: String, accepts: isText, form: "a text" },
  stepSize: number(),
  gamma: optionalNumber(),
  shuffle: flag(),
  seed: number(),
  at: { read: readMoment, write: writeMoment, accepts: isMoment, form: "an object { epoch, sample } of whole numbers from 0, with a phase such as \"f2\", \"b1\" or \"u\" where one is shown" },
});

/** The names of the settings, which properties and URL parameters share. */
export const KEYS = /** @type {Key[]} */ (Object.keys(SETTINGS));

/** Every setting: what the deck's lesson leaves open is absent. */
export const FRESH = Object.freeze({ ...Object.fromEntries(KEYS.map((key) => [key, undefined])), ...DECK });

/** The name of a setting's attribute: `weight-decay`. @param {string} key */
export function attributeOf(key) {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** @returns {Setting} */
function number() {
  return { read: readNumber, write: String, accepts: isNumber, form: "a number" };
}

/** @returns {Setting} */
function optionalNumber() {
  return optional(number());
}

/** A setting that may be absent; then its text is empty. @param {Setting} setting @returns {Setting} */
function optional({ read, write, accepts, form }) {
  return {
    read: (text) => (text.trim() === "" ? undefined : read(text)),
    write: (value) => (value === undefined ? "" : write(value)),
    accepts: (value) => value === undefined || accepts(value),
    form,
  };
}

/** A setting that is on or off; as an attribute it may stand without a value. @returns {Setting} */
function flag() {
  return { read: readFlag, write: (value) => String(Boolean(value)), accepts: (value) => value === undefined || typeof value === "boolean", form: "true or false" };
}

/**
 * Takes the settings that `given` has over `base`, and refuses what is of another kind.
 * @param {Readonly<State>} base
 * @param {unknown} given
 * @returns {State}
 */
export function merge(base, given) {
  if (typeof given !== "object" || given === null) {
    throw new TextError("the state must be an object", "state");
  }
  const state = structuredClone(base);
  for (const [key, value] of Object.entries(given)) {
    if (!Object.hasOwn(SETTINGS, key)) {
      throw new TextError(`\`${key}\` is not a setting; there are ${KEYS.join(", ")}`, key);
    }
    const { accepts, form } = SETTINGS[/** @type {Key} */ (key)];
    if (!accepts(value)) {
      throw new TextError(`\`${key}\` must be ${form}`, key);
    }
    Object.assign(state, { [key]: structuredClone(value) });
  }
  return withoutAbsent(state);
}

/** What is absent has no key. @param {State} state @returns {State} */
export function withoutAbsent(state) {
  return /** @type {State} */ (Object.fromEntries(Object.entries(state).filter(([, value]) => value !== undefined)));
}

/** @param {string} text */
function readFlag(text) {
  const word = text.trim().toLowerCase();
  if (!["", "true", "false", "1", "0"].includes(word)) {
    throw new TextError("this is on or off: true or false");
  }
  return word !== "false" && word !== "0";
}

/** @param {string} text */
function readBetas(text) {
  const betas = text.split(/[,;\s]+/).filter((part) => part !== "").map(readNumber);
  if (betas.length !== 2) {
    throw new TextError("two numbers are needed, such as 0.9, 0.999");
  }
  return betas;
}

/** @param {string} text */
function readMoment(text) {
  const [, epoch, sample, phase] = /^\s*(\d{1,7})\s*[/,]\s*(\d{1,7})(?:\s*[/,]\s*(\w+))?\s*$/.exec(text) ?? [];
  if (epoch === undefined || (phase !== undefined && !isPhase(phase))) {
    throw new TextError("the moment should have the form epoch/sample, such as 0/2, or with a phase 0/2/f1, 0/2/b1, 0/2/u");
  }
  return { epoch: Number(epoch), sample: Number(sample), ...(phase && { phase }) };
}

/** @param {Moment} moment */
function writeMoment({ epoch, sample, phase }) {
  return phase === undefined ? `${epoch}/${sample}` : `${epoch}/${sample}/${phase}`;
}

/** @param {unknown} value */
function isText(value) {
  return typeof value === "string";
}

/** @param {unknown} value */
function isNumber(value) {
  return typeof value === "number";
}

/** @param {unknown} value */
function isNumbers(value) {
  return (Array.isArray(value) || ArrayBuffer.isView(value)) && Array.from(/** @type {any} */ (value)).every(isNumber);
}

/** @param {unknown} value */
function isPair(value) {
  return isNumbers(value) && /** @type {ArrayLike<number>} */ (value).length === 2;
}

/** @param {unknown} value */
function isMoment(value) {
  const { epoch, sample, phase } = /** @type {any} */ (value ?? {});
  return [epoch, sample].every((part) => Number.isSafeInteger(part) && part >= 0) && (phase === undefined || isPhase(phase));
}

/** @param {(value: unknown) => boolean} accepts */
function recordOf(accepts) {
  return (/** @type {unknown} */ value) =>
    typeof value === "object" && value !== null && Object.values(value).every(accepts);
}

/**
 * @template {object} T
 * @param {T} object
 * @returns {Readonly<T>}
 */
function deepFreeze(object) {
  Object.values(object).filter((value) => typeof value === "object").forEach(deepFreeze);
  return Object.freeze(object);
}
