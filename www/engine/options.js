// How a run is set up, as the engine takes it: lists of names and values, and defaults filled in.

/** @typedef {import("../state/settings.js").State} State */

/** The options of each optimizer: those of `torch.optim` that can be set here. */
const OPTIMIZERS = /** @type {const} */ ({
  sgd: ["momentum", "nesterov", "weightDecay"],
  adagrad: ["eps", "weightDecay"],
  rmsprop: ["alpha", "eps", "momentum", "weightDecay"],
  adam: ["betas", "eps", "weightDecay"],
  adamw: ["betas", "eps", "weightDecay"],
});

/** The names of the optimizers as people write them. */
export const OPTIMIZER_NAMES = { sgd: "SGD", adagrad: "Adagrad", rmsprop: "RMSprop", adam: "Adam", adamw: "AdamW" };

/** The options of an optimizer; none of one that is not known. @param {string} name @returns {readonly string[]} */
export function optionsFor(name) {
  return Object.hasOwn(OPTIMIZERS, name) ? OPTIMIZERS[/** @type {keyof typeof OPTIMIZERS} */ (name)] : [];
}

export const SCHEDULES = /** @type {const} */ (["constant", "step", "exponential", "cosine"]);

/** Each option once. */
export const OPTIONS = /** @type {("momentum" | "nesterov" | "weightDecay" | "alpha" | "betas" | "eps")[]} */ ([...new Set(Object.values(OPTIMIZERS).flat())]);

/**
 * @param {State} state
 * @returns {import("../pkg/core.js").RunOptions}
 */
export function optionsOf(state) {
  const { lr, epochs, init, batch, optimizer, schedule, stepSize, shuffle, seed } = state;
  const given = OPTIONS.flatMap((name) => entries(name, state[name]));
  return {
    lr, epochs, batch, optimizer, schedule, stepSize, shuffle, seed,
    initNames: Object.keys(init),
    initValues: Object.values(init),
    optionNames: given.map(([name]) => name),
    optionValues: given.map(([, value]) => value),
    gamma: state.gamma ?? gammaOf(schedule),
  };
}

/** StepLR's own default, and for the other a slower one. @param {string} schedule */
function gammaOf(schedule) {
  return schedule === "exponential" ? 0.9 : 0.1;
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
