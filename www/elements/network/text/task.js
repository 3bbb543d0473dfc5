// A text as a task: each window has a right answer at each of its places.

import { textOf, windowsOf } from "../../../state/language.js";
import { shownToken } from "../../../state/shown.js";

/** @typedef {import("../../../state/language.js").Language} Language */

/** How many characters of a window its name has. */
const MOST_NAMED = 24;

/** @param {Language} language @param {number} window @returns {import("../task.js").Task} */
export function textTask(language, window) {
  const { columns, training, count } = windowsOf(language, window);
  const next = columns.find(({ name }) => name === "next")?.numbers ?? [];
  const tokens = columns.find(({ name }) => name === "tokens")?.numbers ?? [];
  const part = (/** @type {ArrayLike<number>} */ numbers, /** @type {number} */ sample) => Array.prototype.slice.call(numbers, sample * window, (sample + 1) * window);
  return {
    columns: columns.map((column) => withSpare(column, window)), count, training, classes: language.tokens.length, answers: window, unit: "windows",
    rightOf: (sample) => part(next, sample),
    nameOf: (sample) => (sample === count ? "your text" : `${sample < training ? "training" : "test"} window “${shown(language, part(tokens, sample))}”`),
    tell: ({ loss, right, of }, core) => `${core.shortNumber(loss / Math.LN2)} bits a character, perplexity ${core.shortNumber(Math.exp(loss))}; ${((100 * right) / of).toFixed(1)} % of the next characters are right`,
  };
}

/** A row more at the end, for a text that a person types. @param {import("../../../engine/network.js").Column} column @param {number} window */
function withSpare({ name, shape, numbers }, window) {
  const longer = new Float64Array(numbers.length + window);
  longer.set(numbers);
  return { name, shape: [(shape[0] ?? 0) + 1, ...shape.slice(1)], numbers: longer };
}

/** @param {Language} language @param {number[]} numbers */
function shown(language, numbers) {
  return numbers.slice(0, MOST_NAMED).map((number) => shownToken(textOf(language, [number]))).join("");
}
