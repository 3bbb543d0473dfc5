// The table of a lab's settings, with one row for each: attributes, addresses, states, fields, the
// options of `train`, its types and the guide's table are made from these rows.

import { choice, columns, flag, moment, number, text, values } from "./kinds.js";
import { OPTIMIZER_WORDS, SCHEDULE_WORDS, optionsOf } from "./methods.js";
import { linear, logarithmic } from "./scale.js";
import { TextError } from "./text.js";

/**
 * @typedef {import("../downhill.d.ts").LabState} State
 * @typedef {keyof State} Key
 * @typedef {import("./kinds.js").Kind} Kind
 *
 * @typedef {object} About
 * @property {string} name in JavaScript and in addresses; the attribute is the same with hyphens
 * @property {unknown} [initial] the value in the deck's lesson; without one, the setting is absent until it is given
 * @property {string} control the control of the lab by which it is changed
 * @property {string} label of its field
 * @property {string} help one sentence
 * @property {string} [symbol] the letter of the formulas
 * @property {import("./scale.js").Scale} [scale] of its slider
 * @property {string} [example] as text; where there is none, the initial value
 * @property {string} [absent] what holds where it is absent, for the guide
 * @property {boolean} [isView] whether it is about what is shown, and not about the run
 * @property {"optimizer" | "schedule"} [of] the setting of whose choice it is an option
 * @property {(state: State) => string} [usual] what holds at other settings while it is absent, as text
 * @property {(state: State) => boolean} [applies] whether it does anything beside the other settings
 *
 * @typedef {Kind & About} Setting
 */

/** @type {Setting[]} */
const TABLE = [
  { name: "model", ...text, initial: "y_hat = x*w\ns = y_hat - y\nloss = s^2", control: "model", label: "model; its last line is minimised", help: "The formula program; its last line is minimised.", example: "y_hat = x*w; loss = (y_hat - y)^2", absent: "the lecture's program" },
  { name: "data", ...columns, initial: { x: [1, 2, 3], y: [2, 4, 6] }, control: "data", label: "data: columns, or a pasted table", help: "The columns of the data by name, with one number or tensor for each sample. A program without columns has one sample.", absent: "the lecture's data" },
  { name: "lr", ...number, initial: 0.01, control: "lr", label: "learning rate", symbol: "α", scale: logarithmic(1e-4, 1), help: "The learning rate, above 0.", example: "0.05" },
  { name: "init", ...values, initial: { w: 1 }, control: "init", label: "initial", scale: linear(-10, 10, 0.1), help: "The initial values of the parameters by name: numbers, tensors as nested lists, or draws such as normal(3, 2, seed=1).", example: "w = 1, b = 0", absent: "1 for each parameter" },
  { name: "epochs", ...number, initial: 10, control: "epochs", label: "epochs", scale: linear(1, 100, 1), help: "How many times the run passes over the data.", example: "20" },
  { name: "batch", ...number, initial: 1, control: "training", label: "batch size", help: "How many samples a step takes.", example: "2" },
  { name: "optimizer", ...choice(OPTIMIZER_WORDS), initial: "sgd", control: "training", label: "optimizer", help: "The rule that moves the parameters; its options have torch.optim's names and defaults.", example: "adam" },
  ...optionsOf("optimizer"),
  { name: "schedule", ...choice(SCHEDULE_WORDS), initial: "constant", control: "training", label: "schedule", help: "How the learning rate changes from epoch to epoch.", example: "cosine" },
  ...optionsOf("schedule"),
  { name: "shuffle", ...flag, initial: false, control: "training", label: "shuffle in each epoch", help: "Whether the samples are shuffled before each epoch, as by Python's random.seed and random.shuffle.", example: "true", absent: "in order" },
  { name: "seed", ...number, initial: 0, control: "training", label: "seed", help: "The seed of the shuffling, a whole number.", example: "7", applies: ({ shuffle }) => shuffle },
  { name: "at", ...moment, initial: { epoch: 0, sample: 0 }, control: "timeline", label: "step", help: "The moment that is shown: epoch, sample, and the operation inside the step.", example: "0/2/b1", isView: true },
];

/** The rows by name. */
export const SETTINGS = /** @type {Readonly<Record<Key, Setting>>} */ (Object.freeze(Object.fromEntries(TABLE.map((row) => [row.name, row]))));

/** The names of the settings, which properties and addresses share. */
export const KEYS = /** @type {Key[]} */ (Object.keys(SETTINGS));

/** The deck's lesson, and the values of settings that are not given. */
export const DECK = deepFreeze(/** @type {State} */ (/** @type {unknown} */ (Object.fromEntries(TABLE.filter(({ initial }) => initial !== undefined).map(({ name, initial }) => [name, initial])))));

/** Every setting: what the deck's lesson leaves open is undefined. */
export const FRESH = Object.freeze({ ...Object.fromEntries(KEYS.map((key) => [key, undefined])), ...DECK });

/** The name of a setting's attribute: `weight-decay`. @param {string} key */
export function attributeOf(key) {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** Removes the options that the chosen optimizer does not have. @param {State} state @returns {Partial<State>} */
export function withoutOthers(state) {
  const strange = KEYS.filter((key) => SETTINGS[key].of === "optimizer" && !SETTINGS[key].applies?.(state));
  return Object.fromEntries(strange.map((key) => [key, undefined]));
}

/**
 * Copies the settings in `given` over those of `base`, and refuses values of a wrong kind. An
 * undefined value counts as not given.
 * @param {Readonly<State>} base
 * @param {unknown} given
 * @returns {State}
 */
export function merge(base, given) {
  const state = { ...base };
  for (const [key, value] of entriesOf(SETTINGS, given)) {
    if (value !== undefined || DECK[/** @type {Key} */ (key)] === undefined) {
      Object.assign(state, { [key]: structuredClone(value) });
    }
  }
  return withoutAbsent(state);
}

/**
 * The settings in plain data, which must be in a table and of the right kind.
 * @param {Readonly<Record<string, Setting>>} table
 * @param {unknown} given
 */
export function entriesOf(table, given) {
  if (typeof given !== "object" || given === null) {
    throw new TextError("the state must be an object", "state");
  }
  const entries = Object.entries(given);
  entries.forEach(([key, value]) => check(table, key, value));
  return entries;
}

/** @param {Readonly<Record<string, Setting>>} table @param {string} key @param {unknown} value */
function check(table, key, value) {
  const setting = Object.hasOwn(table, key) ? table[key] : undefined;
  if (!setting) {
    throw new TextError(`\`${key}\` is not a setting; the settings are ${Object.keys(table).join(", ")}`, key);
  }
  if (value !== undefined && !setting.accepts(value)) {
    throw new TextError(`\`${key}\` must be ${setting.form}`, key);
  }
}

/** Removes the keys of absent settings. @param {State} state @returns {State} */
export function withoutAbsent(state) {
  return /** @type {State} */ (Object.fromEntries(Object.entries(state).filter(([, value]) => value !== undefined)));
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
