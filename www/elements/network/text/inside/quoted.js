// A character in quotation marks, for sentences.

import { shownToken } from "../../../../state/shown.js";

/** Signs around what has a direction of its own: a Hebrew letter does not turn the sentence around. */
const [ISOLATED, END] = ["\u2068", "\u2069"];

/** @param {string} [token] */
export function quoted(token = "") {
  return `“${ISOLATED}${shownToken(token)}${END}”`;
}
