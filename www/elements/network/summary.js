// The settings of a network in a few words.

/**
 * @param {Readonly<Record<string, import("../../state/settings.js").Setting>>} table
 * @param {any} state
 * @param {string[]} first what stands at the beginning
 */
export function summaryOf(table, state, first) {
  const { lr, samples, batch, optimizer } = state;
  const keys = Object.keys(table).filter((key) => table[key]?.of === "optimizer" && state[key] !== undefined);
  const options = keys.map((key) => `${table[key]?.label} ${table[key]?.write(state[key])}`);
  return [...first, `α = ${lr}`, optimizer, ...options, `batch ${batch}`, ...(samples ? [`${samples} samples`] : [])].join(", ");
}

/** What a choice is called. @param {import("../../state/settings.js").Setting} setting @param {string} value */
export function wordOf({ words }, value) {
  return words?.find(([word]) => word === value)?.[1] ?? value;
}
