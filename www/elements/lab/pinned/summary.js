// A short description of a run's settings.

import { optimizerLabel } from "../../../state/methods.js";
import { DECK, KEYS, SETTINGS } from "../../../state/settings.js";
import { counted } from "../../../state/text.js";

/** @typedef {import("../../../state/settings.js").State} State */

/** @param {State} state */
export function summaryOf(state) {
  const { lr, init, epochs, batch, optimizer, schedule, shuffle, seed } = state;
  const options = KEYS.filter((key) => SETTINGS[key].of === "optimizer" && state[key] !== undefined && state[key] !== false);
  return [
    `α = ${lr}`,
    ...Object.entries(init).slice(0, 3).map(([name, value]) => `${name} = ${value}`),
    counted(epochs, "epoch"),
    ...(optimizer === DECK.optimizer ? [] : [optimizerLabel(optimizer)]),
    ...options.map((key) => (SETTINGS[key].isFlag ? SETTINGS[key].label : `${SETTINGS[key].label} ${SETTINGS[key].write(state[key])}`)),
    ...(batch === DECK.batch ? [] : [`${SETTINGS.batch.label} ${batch}`]),
    ...(schedule === DECK.schedule ? [] : [`${schedule} schedule`]),
    ...(shuffle ? [`shuffled with seed ${seed}`] : []),
    ...(state.model === DECK.model ? [] : [state.model.split("\n").map((line) => line.trim()).join("; ")]),
  ].join(", ");
}
