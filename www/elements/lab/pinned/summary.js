// The settings of a run in a line: what a person would say of them.

import { OPTIMIZER_NAMES, OPTIONS } from "../../../engine/options.js";
import { DECK, attributeOf } from "../../../state/settings.js";

/** @typedef {import("../../../state/settings.js").State} State */

/** @param {State} state */
export function summaryOf(state) {
  const { lr, init, epochs, batch, optimizer, schedule, shuffle, seed } = state;
  const options = OPTIONS.filter((name) => state[name] !== undefined && state[name] !== false);
  return [
    `α = ${lr}`,
    ...Object.entries(init).slice(0, 3).map(([name, value]) => `${name} = ${value}`),
    `${epochs} ${epochs === 1 ? "epoch" : "epochs"}`,
    ...(optimizer === DECK.optimizer ? [] : [OPTIMIZER_NAMES[/** @type {keyof typeof OPTIMIZER_NAMES} */ (optimizer)]]),
    ...options.map((name) => (name === "nesterov" ? "Nesterov" : `${attributeOf(name).replace("-", " ")} ${state[name]}`)),
    ...(batch === DECK.batch ? [] : [`batch ${batch}`]),
    ...(schedule === DECK.schedule ? [] : [`${schedule} schedule`]),
    ...(shuffle ? [`shuffled by ${seed}`] : []),
    ...(state.model === DECK.model ? [] : [state.model.split("\n").map((line) => line.trim()).join("; ")]),
  ].join(", ");
}
