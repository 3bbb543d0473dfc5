// The state of a derivative: how each part is read and written, and the choice of the variable.

import { readNumber, readValues, writeValues } from "../../state/text.js";

/** @typedef {import("../../engine/calculate.js").CalculusState} State */

/** @type {State} */
export const DECK = { model: "(x*w - y)^2", by: "w", order: 1, init: { x: 1, y: 2, w: 1 } };

/**
 * How each attribute is read and written.
 * @type {Record<keyof State, { read: (text: string) => any, write: (value: any) => string }>}
 */
export const SETTINGS = {
  model: { read: (text) => text, write: String },
  by: { read: (text) => text.trim(), write: String },
  order: { read: readNumber, write: String },
  init: { read: readValues, write: writeValues },
};
export const KEYS = /** @type {(keyof State)[]} */ (Object.keys(SETTINGS));

/**
 * The state with a variable that occurs in the formula: if its name was removed from the formula,
 * another is chosen.
 * @param {import("../../engine/engine.js").Core} core
 * @param {State} state
 */
export function withVariable(core, state) {
  const names = core.freeNames(state.model);
  const by = names.includes(state.by) || names.length === 0 ? state.by : (names.find((name) => name === "w") ?? names[0] ?? "");
  return { ...state, by };
}
