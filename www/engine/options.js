// How a run is set up, as the engine takes it: lists of names and values.

import { KEYS, SETTINGS } from "../state/settings.js";

/** @typedef {import("../state/settings.js").State} State */

/**
 * @param {State} state
 * @returns {import("../pkg/core.js").RunOptions}
 */
export function optionsOf(state) {
  const { lr, epochs, init, batch, optimizer, schedule, shuffle, seed } = state;
  const given = KEYS.filter((key) => SETTINGS[key].of === "optimizer").flatMap((name) => entries(name, /** @type {any} */ (state[name])));
  return {
    lr, epochs, batch, optimizer, schedule, shuffle, seed,
    stepSize: state.stepSize ?? 10,
    initNames: Object.keys(init),
    initValues: Object.values(init),
    optionNames: given.map(([name]) => name),
    optionValues: given.map(([, value]) => value),
    gamma: state.gamma ?? (schedule === "exponential" ? 0.9 : 0.1),
  };
}

/**
 * @param {string} name
 * @param {number | boolean | number[] | undefined} value
 * @returns {[string, number][]}
 */
function entries(name, value) {
  if (name === "betas" && Array.isArray(value)) {
    return value.map((beta, index) => [`beta${index + 1}`, beta]);
  }
  return value === undefined || value === false ? [] : [[name, Number(value)]];
}
