// The settings of a run in the engine's format: lists of names and values.

import { KEYS, SETTINGS } from "../state/settings.js";

/** @typedef {import("../state/settings.js").State} State */

/**
 * @param {State} state
 * @param {{ names: string[], values: number[] }} initial the initial numbers of the parameters' elements
 * @returns {import("../pkg/core.js").RunOptions}
 */
export function optionsOf(state, initial) {
  const { lr, epochs, batch, optimizer, schedule, shuffle, seed } = state;
  const given = KEYS.filter((key) => SETTINGS[key].of !== undefined).flatMap((key) => entries(key, state[key]));
  return {
    lr, epochs, batch, optimizer, schedule, shuffle, seed,
    initNames: initial.names,
    initValues: initial.values,
    optionNames: given.map(([name]) => name),
    optionValues: given.map(([, value]) => value),
  };
}

/**
 * The entries of an option that is given; a pair has two entries with the same name.
 * @param {string} name
 * @param {unknown} value
 * @returns {[string, number][]}
 */
function entries(name, value) {
  const values = Array.isArray(value) ? value : [value];
  return value === undefined || value === false ? [] : values.map((each) => [name, Number(each)]);
}
