// The settings of a network for text, most of which it shares with other networks.

import { INVENTED } from "./invented.js";
import { choice, number } from "./kinds.js";
import { NETWORK_SETTINGS, batchOf, usualOf } from "./networks.js";
import { linear } from "./scale.js";
import { TEXT_LIMITS, textProgram } from "./textnet.js";

/** @typedef {import("../downhill.d.ts").TextState} TextState */
/** @typedef {import("./settings.js").Setting} Setting */
/** @typedef {import("./textnet.js").TextShape} TextShape */

/** What stands for a person's own text until there is one. */
const TOKENS = 27;

/** @type {readonly (readonly [string, string])[]} */
const KINDS = [["gated", "gated ConvNet"], ["tanh", "ConvNet with tanh"], ["plain", "ConvNet with relu"], ["mlp", "one wide layer"], ["bigram", "bigram table"]];

/** What each kind shows. @type {Record<string, string>} */
const WHY = {
  gated: "Each layer has two convolutions: one proposes, the other opens or closes a gate from 0 to 1. What passes is added to what was there.",
  tanh: "The same convolutions without a gate: each layer squeezes its numbers with tanh, and the gradient with them.",
  plain: "The same convolutions with a relu in the place of the gate.",
  mlp: "One wide layer looks at all characters in reach at once.",
  bigram: "A table: the next character depends on the last one alone.",
};

/** @param {"layers" | "kernel" | "channels" | "window"} name @param {string} label @param {number} initial @param {[number, number]} ends @param {string} help @returns {Setting} */
const size = (name, label, initial, ends, help) => ({ name, ...number, initial, control: "shape", label, scale: linear(...ends, 1), help, example: String(initial), applies: (state) => name === "window" || /** @type {any} */ (state).kind !== "bigram" });

const { layers, kernel, channels } = TEXT_LIMITS;
const SHARED = Object.values(NETWORK_SETTINGS).filter(({ name }) => !["preset", "data"].includes(name));

/** @param {Setting} setting @returns {Setting} */
const ofText = (setting) => ({
  ...setting,
  ...(setting.name === "model" && { help: "The program for one window, with the columns `tokens` and `next`, the token after each.", absent: "that of the kind and its sizes", example: "scores = transpose(embedding(T, tokens)); loss = cross_entropy(transpose(scores), next)" }),
  ...(setting.name === "init" && { absent: "that of the kind and its sizes", example: "T = zeros(27, 27)" }),
  ...(setting.name === "lr" && { initial: 0.003, absent: "0.003" }),
  ...(setting.name === "optimizer" && { initial: "adam", absent: "adam", example: "sgd" }),
  ...(setting.name === "samples" && { label: "training windows", help: "How many of the training windows are used." }),
});

/** @type {Setting[]} */
const TABLE = [
  { name: "data", ...choice([["words", "4,000 English words"], ...INVENTED.map(({ name, label }) => /** @type {const} */ ([name, label])), ["own", "a text of your own"]]), initial: "words", control: "language", label: "text", help: "The text to learn from.", example: "brackets" },
  { name: "kind", ...choice(KINDS), initial: "gated", control: "shape", label: "network", help: "How a layer makes its numbers.", example: "tanh" },
  size("layers", "layers", 4, layers, "How many layers lie above each other."),
  size("kernel", "kernel", 3, kernel, "How many characters each layer sees at once."),
  size("channels", "channels", 24, channels, "How many numbers each layer has for a character."),
  size("window", "window", 32, [4, 64], "How many characters a sample has."),
  ...SHARED.map(ofText),
];

/** The rows by name. */
export const TEXT_SETTINGS = /** @type {Readonly<Record<keyof TextState, Setting>>} */ (Object.freeze(Object.fromEntries(TABLE.map((row) => [row.name, row]))));

/** @type {Partial<TextState>} */
const USUAL = usualOf(TABLE);

/** What the text teaches, and what the network is like. @param {TextState} state */
export function whyOfText({ data, kind }) {
  const text = INVENTED.find(({ name }) => name === data)?.why ?? (data === "words" ? "Common words in a mixed order: which letters follow which?" : "A text that you paste or open stays on this device.");
  return `${text} ${WHY[kind] ?? ""}`;
}

/** The shape of the network for a text with so many tokens. @param {TextState} state @param {number} tokens @returns {TextShape} */
export function shapeOf({ kind, layers, kernel, channels, window }, tokens) {
  return { kind: /** @type {TextShape["kind"]} */ (kind), layers, kernel, channels, window, tokens };
}

/**
 * All settings: those that are given, then the program and the initial values of the kind, then the usual ones.
 * @param {Partial<TextState>} given
 * @param {import("./language.js").Language | undefined} language
 * @returns {TextState}
 */
export function textState(given, language) {
  const state = /** @type {TextState} */ ({ ...USUAL, ...given });
  const { model, init } = textProgram(shapeOf(state, language?.tokens.length ?? TOKENS));
  const windows = language && Math.floor((language.training - 1) / state.window);
  return { ...state, batch: given.batch ?? batchOf(state, windows), model: given.model ?? model, init: given.init ?? init };
}
