// The settings of a network, most of which it shares with a lab, and the networks to start from.

import { namedIn } from "./initial.js";
import { choice, number, optional } from "./kinds.js";
import { logarithmic } from "./scale.js";
import { SETTINGS, entriesOf } from "./settings.js";
import { TextError } from "./text.js";

/** @typedef {import("../downhill.d.ts").NetworkState} NetworkState */
/** @typedef {import("./settings.js").Setting} Setting */
/** @typedef {keyof NetworkState} Key */
/** @typedef {{ size: readonly [number, number], classes: number, training?: number }} Pictures the rows and columns of the pictures, how many classes there are, and how many are for training */
/** @typedef {{ name: string, label: string, why: string, of: (pictures: Pictures) => Partial<NetworkState> }} Preset */

const CONVNET = "c1 = conv(picture, K1, padding=1)\nh1 = maxpool(relu(c1), 2)\nc2 = conv(h1, K2, padding=1)\nh2 = maxpool(relu(c2), 2)\nscores = W @ reshape(h2, -1) + b\nloss = cross_entropy(scores, label)";
const PERCEPTRON = "h = relu(V @ reshape(picture, -1) + a)\nscores = W @ h + b\nloss = cross_entropy(scores, label)";

/** @param {Pictures} pictures */
const convolutions = ({ size: [rows, columns], classes }) => ({
  K1: "kaiming(8, 1, 3, 3, seed=1)",
  K2: "kaiming(16, 8, 3, 3, seed=2)",
  // Two poolings halve both sides.
  W: `kaiming(${classes}, ${16 * Math.floor(rows / 4) * Math.floor(columns / 4)}, seed=3)`,
  b: `zeros(${classes})`,
});

/** @param {Pictures} pictures @param {number} hidden */
const dense = ({ size: [rows, columns], classes }, hidden) => ({
  V: `kaiming(${hidden}, ${rows * columns}, seed=1)`,
  a: `zeros(${hidden})`,
  W: `kaiming(${classes}, ${hidden}, seed=2)`,
  b: `zeros(${classes})`,
});

/** The number of hidden units with which a network without convolutions has about as many weights as the small ConvNet. @param {Pictures} pictures */
function equalHidden({ size: [rows, columns], classes }) {
  const weights = 8 * 9 + 16 * 8 * 9 + classes * (16 * Math.floor(rows / 4) * Math.floor(columns / 4) + 1);
  return Math.max(1, Math.round((weights - classes) / (rows * columns + classes + 1)));
}

/** @type {readonly Preset[]} */
export const NETWORKS = Object.freeze(/** @type {Preset[]} */ ([
  { name: "softmax", label: "softmax regression", why: "One matrix: each class has a weight for each pixel, and the highest score wins.",
    of: ({ size: [rows, columns], classes }) => ({ model: "scores = W @ reshape(picture, -1) + b\nloss = cross_entropy(scores, label)", init: { W: `zeros(${classes}, ${rows * columns})`, b: `zeros(${classes})` }, lr: 0.5 }) },
  { name: "mlp", label: "one hidden layer", why: "A second matrix, and a relu between the two: hidden units look for patterns of the whole picture.", of: (pictures) => ({ model: PERCEPTRON, init: dense(pictures, 32), lr: 0.2 }) },
  { name: "convnet", label: "small ConvNet", why: "Two layers of 3 × 3 filters that move over the picture, each followed by relu and pooling; a matrix gives the scores.", of: (pictures) => ({ model: CONVNET, init: convolutions(pictures), lr: 0.1 }) },
  { name: "fast", label: "too high a learning rate", why: "The same ConvNet with steps that are too long: each jumps across the valley of the loss, and lands on the other side.", of: (pictures) => ({ model: CONVNET, init: convolutions(pictures), lr: 2 }) },
  { name: "dead", label: "dead relus", why: "All weights of the first filters are negative, and the pixels are not: every relu gives 0, and lets no gradient through.", of: (pictures) => ({ model: CONVNET, init: { ...convolutions(pictures), K1: "uniform(8, 1, 3, 3, low=-1, high=-0.1, seed=1)" }, lr: 0.1 }) },
  { name: "overfitting", label: "only 50 training pictures", why: "The network soon knows its 50 pictures by heart; its test loss stays high, and rises.", of: (pictures) => ({ model: PERCEPTRON, init: dense(pictures, 64), lr: 0.2, samples: 50, batch: 25 }) },
  { name: "dense", label: "as many weights, without convolution", why: "A hidden layer with about as many weights as the ConvNet has, but each unit has a weight of its own for each pixel.", of: (pictures) => ({ model: PERCEPTRON, init: dense(pictures, equalHidden(pictures)), lr: 0.1 }) },
]));

const OPTIONS = /** @type {(keyof typeof SETTINGS)[]} */ (Object.keys(SETTINGS)).filter((key) => SETTINGS[key].of === "optimizer");

/** A row of a lab's table with other words. @param {keyof typeof SETTINGS} key @param {Partial<Setting>} [changes] */
const shared = (key, changes = {}) => ({ ...SETTINGS[key], ...changes });

/** @type {Setting[]} */
const TABLE = [
  { name: "preset", ...choice(NETWORKS.map(({ name, label }) => [name, label])), initial: "convnet", control: "preset", label: "network", help: "The network to start from, whose settings hold where no others are given.", example: "softmax" },
  { name: "data", ...choice([["digits", "digits, 8 × 8"], ["clothing", "clothing, 28 × 28"], ["own", "pictures of your own"]]), initial: "digits", control: "pictures", label: "pictures", help: "The pictures to learn from.", example: "clothing" },
  shared("lr", { absent: "that of the network", initial: undefined, scale: logarithmic(1e-4, 10) }),
  shared("model", { label: "program; its last line is minimised", help: "The program for one picture, with the columns `picture`, of the shape (1, rows, columns) with numbers from 0 to 1, and `label`.", absent: "that of the network", initial: undefined, example: "scores = W @ reshape(picture, -1) + b; loss = cross_entropy(scores, label)" }),
  shared("init", { absent: "that of the network", initial: undefined, example: "W = zeros(10, 64), b = zeros(10)" }),
  { name: "samples", ...optional(number), control: "training", label: "training pictures", help: "How many of the training pictures are used.", absent: "all", example: "50" },
  shared("batch", { initial: 32, example: "16" }),
  shared("optimizer"),
  ...OPTIONS.map((key) => shared(key)),
  shared("shuffle", { initial: true, absent: "shuffled" }),
  shared("seed"),
  { name: "precision", ...choice([["float32", "float32"], ["float64", "float64"]]), initial: "float32", control: "training", label: "precision", help: "The numbers that are calculated with.", example: "float64" },
];

/** The rows by name. */
export const NETWORK_SETTINGS = /** @type {Readonly<Record<Key, Setting>>} */ (Object.freeze(Object.fromEntries(TABLE.map((row) => [row.name, row]))));

/** The names of the settings, which attributes and addresses share. */
export const NETWORK_KEYS = /** @type {Key[]} */ (Object.keys(NETWORK_SETTINGS));

/** What holds for every network that does not say otherwise. */
const USUAL = /** @type {Partial<NetworkState>} */ (usualOf(TABLE));

/** The preset with this name. @param {string} name */
export function networkNamed(name) {
  const found = NETWORKS.find((preset) => preset.name === name);
  if (!found) {
    throw new TextError(`there is no network \`${name.slice(0, 40)}\`; there are ${NETWORKS.map(({ name }) => name).join(", ")}`, "preset");
  }
  return found;
}

/**
 * All settings: those that are given, then those of the preset for these pictures, then the usual ones.
 * @param {Partial<NetworkState>} given
 * @param {Pictures} pictures
 * @returns {NetworkState}
 */
export function networkState(given, pictures) {
  const { init, ...preset } = networkNamed(given.preset ?? String(USUAL.preset)).of(pictures);
  const state = /** @type {NetworkState} */ ({ ...USUAL, ...preset, ...given });
  // Another program keeps the initial values that it still uses, and a batch has no more pictures than there are.
  return { ...state, batch: given.batch ?? batchOf(state, pictures.training), init: given.init ?? namedIn(state.model, init ?? {}) };
}

/** The usual batch, or all samples where there are fewer. @param {{ batch: number, samples?: number | undefined }} state @param {number} [training] */
export function batchOf({ batch, samples = Infinity }, training = Infinity) {
  return Math.max(1, Math.min(batch, Math.ceil(samples), training));
}

/** The values that hold where none are given. @param {Setting[]} table */
export function usualOf(table) {
  return Object.fromEntries(table.filter(({ initial }) => initial !== undefined).map(({ name, initial }) => [name, initial]));
}

/**
 * The settings in `given` over those of `base`; what is undefined is taken away.
 * @template {object} State
 * @param {Readonly<Record<string, Setting>>} settings the rows by name
 * @param {State} base
 * @param {unknown} given
 * @returns {State}
 */
export function merged(settings, base, given) {
  const all = { ...base, ...Object.fromEntries(entriesOf(settings, given).map(([key, value]) => [key, structuredClone(value)])) };
  return /** @type {State} */ (Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)));
}
