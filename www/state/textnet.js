// Programs of networks for text: each position of a window says what the next token is.

import { checkLimits } from "./limits.js";
import { TextError } from "./text.js";

/** @typedef {"gated" | "tanh" | "plain" | "mlp" | "bigram"} TextKind */
/**
 * @typedef {object} TextShape what a network for text is like
 * @property {TextKind} kind
 * @property {number} layers 2 to 6
 * @property {number} kernel how many positions each layer sees, 2 to 5
 * @property {number} channels 8 to 64
 * @property {number} window the positions of a sample
 * @property {number} tokens how many different tokens there are, at most 256
 */
/** @typedef {{ model: string, init: Record<string, string> }} TextProgram a program with the draws of its parameters */
/** A layer's numbers at earlier positions, which a step is given: `size` positions. @typedef {{ name: string, size: number }} Past */
/** How a layer gets at the positions before each one. @typedef {(input: string, layer: number, before: number) => string} Before */

/** The least and the largest of each number. @type {Record<Exclude<keyof TextShape, "kind">, [least: number, most: number]>} */
export const TEXT_LIMITS = { layers: [2, 6], kernel: [2, 5], channels: [8, 64], window: [1, 1024], tokens: [1, 256] };

const LOSS = "loss = cross_entropy(transpose(scores), next)";

/** What a layer makes of its input `h`, from the positions in `p`. With tanh there is no linear way past a layer. @type {Record<"gated" | "tanh" | "plain", (layer: number, h: string) => string[]>} */
const LAYERS = {
  gated: (layer, h) => [`a${layer} = conv(p${layer}, A${layer}) + b${layer}`, `g${layer} = sigmoid(conv(p${layer}, G${layer}) + d${layer})`, `h${layer} = ${h} + a${layer}*g${layer}`],
  tanh: (layer) => [`a${layer} = conv(p${layer}, A${layer}) + b${layer}`, `h${layer} = tanh(a${layer})`],
  plain: (layer, h) => [`a${layer} = conv(p${layer}, A${layer}) + b${layer}`, `h${layer} = ${h} + relu(a${layer})`],
};

/**
 * The program for one window of text. Its columns are `tokens` and `next`, the token after each; `scores`
 * has a row for each token and a column for each position, and no position sees a later one.
 * @param {TextShape} shape
 * @returns {TextProgram}
 */
export function textProgram(shape) {
  checkShape(shape);
  const lines = linesOf(shape, (input, _, before) => `pad(${input}, ${before}, 0)`);
  return { model: [...lines, LOSS].join("\n"), init: initOf(shape) };
}

/**
 * The same network for one new position. Besides `tokens` and `next` with a single number, its columns are `temperature`
 * and the inputs of each layer at earlier positions. The line `kept` has the probabilities of the next token, and then
 * the columns of those inputs for the position after this one.
 * @param {TextShape} shape
 * @returns {TextProgram}
 */
export function stepProgram(shape) {
  checkShape(shape);
  const lines = linesOf(shape, (input, layer) => `concat(past${layer}, ${input}, axis=1)`);
  const results = ["chances", ...pastsOf(shape).map((_, place) => `p${place + 1}[:, 1:]`)].map((result) => `reshape(${result}, -1)`);
  // The largest is subtracted first, so that no quotient is infinite, however low the temperature is.
  const ends = ["chances = softmax((scores - max(scores))/temperature, axis=0)", `kept = concat(${results.join(", ")})`];
  return { model: [...lines, ...ends, LOSS].join("\n"), init: initOf(shape) };
}

/** The columns of a step with earlier inputs of each layer, all with as many channels. @param {TextShape} shape @returns {Past[]} */
export function pastsOf(shape) {
  return kernelsOf(shape).map((kernel, place) => ({ name: `past${place + 1}`, size: kernel - 1 }));
}

/** How many positions a score depends on: its own and those before it. @param {TextShape} shape */
export function receptiveField(shape) {
  return kernelsOf(shape).reduce((field, kernel) => field + kernel - 1, 1);
}

/** The size of each layer's kernel. A perceptron sees in one layer what the others see in all. @param {TextShape} shape */
function kernelsOf({ kind, layers, kernel }) {
  const sizes = { bigram: [], mlp: [1 + layers * (kernel - 1)] };
  return kind === "bigram" || kind === "mlp" ? sizes[kind] : Array.from({ length: layers }, () => kernel);
}

/** All lines but the loss. @param {TextShape} shape @param {Before} before @returns {string[]} */
function linesOf(shape, before) {
  const { kind } = shape;
  if (kind === "bigram") {
    return ["scores = transpose(embedding(T, tokens))"];
  }
  const lines = ["e = transpose(embedding(E, tokens))"];
  let input = "e";
  kernelsOf(shape).forEach((kernel, place) => {
    lines.push(`p${place + 1} = ${before(input, place + 1, kernel - 1)}`, ...layerOf(kind, place + 1, input));
    input = `h${place + 1}`;
  });
  return [...lines, `scores = W @ ${input} + c`];
}

/** @param {Exclude<TextKind, "bigram">} kind @param {number} layer @param {string} input */
function layerOf(kind, layer, input) {
  // The hidden layer of a perceptron has another width, so that its input can't be added to it.
  return kind === "mlp" ? ["a1 = conv(p1, A1) + b1", "h1 = relu(a1)"] : LAYERS[kind](layer, input);
}

/** @param {TextShape} shape @returns {Record<string, string>} */
function initOf(shape) {
  const { kind, channels, tokens } = shape;
  if (kind === "bigram") {
    return { T: `zeros(${tokens}, ${tokens})` };
  }
  const width = kind === "mlp" ? hiddenOf(shape) : channels;
  const layers = kernelsOf(shape).map((kernel, place) => layerInit(kind, place + 1, [width, channels, kernel]));
  return Object.assign({ E: `normal(${tokens}, ${channels}, seed=1)` }, ...layers, { W: uniform([tokens, width], width, 2), c: `zeros(${tokens}, 1)` });
}

/** @param {TextKind} kind @param {number} layer @param {[number, number, number]} kernels */
function layerInit(kind, layer, kernels) {
  const [width, channels, size] = kernels;
  const draw = (/** @type {number} */ seed) => uniform(kernels, channels * size, seed);
  const values = { [`A${layer}`]: draw(2 * layer + 1), [`b${layer}`]: `zeros(${width}, 1)` };
  return kind === "gated" ? { ...values, [`G${layer}`]: draw(2 * layer + 2), [`d${layer}`]: `zeros(${width}, 1)` } : values;
}

/** Numbers as PyTorch draws them for a layer with so many inputs. @param {number[]} sizes @param {number} inputs @param {number} seed */
function uniform(sizes, inputs, seed) {
  const bound = Number((1 / Math.sqrt(inputs)).toPrecision(4));
  return `uniform(${sizes.join(", ")}, low=${-bound}, high=${bound}, seed=${seed})`;
}

/** The hidden units with which a perceptron has about as many weights as the gated network. @param {TextShape} shape */
function hiddenOf(shape) {
  const { layers, kernel, channels, tokens } = shape;
  const gated = layers * 2 * channels * (channels * kernel + 1) + tokens * channels;
  return Math.round(gated / (channels * receptiveField(shape) + 1 + tokens));
}

/** @param {TextShape} shape */
function checkShape(shape) {
  if (!["gated", "tanh", "plain", "mlp", "bigram"].includes(shape.kind)) {
    throw new TextError(`there is no network \`${String(shape.kind).slice(0, 40)}\` for text; there are gated, tanh, plain, mlp, bigram`, "kind");
  }
  checkLimits(shape, TEXT_LIMITS);
}
