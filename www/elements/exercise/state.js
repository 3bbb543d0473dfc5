// The state of an exercise: how it is read from attributes and from plain data.

import { readNumber, readValues, writeValues } from "../../state/text.js";
import { DECK, variant } from "./variants.js";

export { DECK };

/** @typedef {import("./variants.js").Variant & { seed?: number, answers: Record<string, string> }} State */

/** @type {Readonly<Record<string, (text: string) => Partial<State>>>} */
export const READ = {
  model: (model) => ({ model }),
  init: (text) => ({ init: readValues(text) }),
  by: (text) => ({ by: text.split(/[,\s]+/).filter(Boolean) }),
  seed: (text) => ({ seed: readNumber(text), ...variant(readNumber(text)) }),
};

/**
 * The settings in plain data; a seed determines the exercise.
 * @param {unknown} given
 * @returns {Partial<State>}
 */
export function settingsOf(given) {
  const { model, init, by, seed } = Object(given);
  return {
    ...(typeof seed === "number" && { seed, ...variant(seed) }),
    ...(typeof model === "string" && { model }),
    ...(init && { init: readValues(writeValues(init)) }),
    ...(Array.isArray(by) && { by: by.map(String) }),
  };
}
