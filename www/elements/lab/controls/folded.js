// What is folded away in a lab, and is fetched when somebody opens it: the dialogs, the data as a
// table, and the recipe of generated data.

// What it shares with the first views stays in the file that is already there.
import "../element.js";
import { make } from "../../../parts/dom.js";
import { elementSnippet, frameSnippet, snippet } from "../../../parts/snippets.js";
import { changedTexts, isTooLong, queryOf } from "../../../state/address.js";
import { attributeOf } from "../../../state/settings.js";

export { cellTable } from "./data/cells.js";
export { recipeForm } from "./data/recipe.js";

/** @typedef {import("../../../state/settings.js").State} State */

/** The keys and what they do. */
const SHORTCUTS = /** @type {const} */ ([
  ["Tab", "go to the next control"],
  ["← →", "on a slider: a little less or more; in the timeline: one operation back or forward"],
  ["Home End", "on a slider: the least or the most; in the timeline: the first or the last step"],
  ["Shift + ← →", "in the timeline: one step back or forward"],
  ["Page Up, Page Down", "in the timeline: one epoch back or forward"],
  ["Space", "on the Play button: play or pause"],
  ["Enter", "in the exercise: check the answer and go to the next question"],
  ["?", "show these keys"],
]);

/** The keys as a list. */
export function keysList() {
  return make("dl", {}, ...SHORTCUTS.flatMap(([keys, words]) => [make("dt", {}, make("kbd", {}, keys)), make("dd", {}, words)]));
}

/**
 * What can be copied. An address can't hold long data, but the attributes of an element can.
 * @param {State} state
 * @param {string | undefined} site
 */
export function snippetsOf(state, site) {
  const addresses = isTooLong(state) ? [make("p", {}, tooLong(site))] : addressesOf(queryOf(state), site);
  return site === undefined ? addresses : [...addresses, elementSnippet(site, "downhill-lab", changedTexts(state).map(([key, text]) => [attributeOf(key), text]))];
}

/** @param {string | undefined} site */
function tooLong(site) {
  return site === undefined ? "The data is too long for a link. “Data as CSV” saves it." : "The data is too long for a link or a frame. Copy the element instead.";
}

/**
 * The snippets that hold the state in an address: a link, and a frame for another page.
 * @param {string} query
 * @param {string | undefined} site
 */
function addressesOf(query, site) {
  if (site === undefined) {
    return [snippet("Link", `${location.href.split(/[?#]/)[0]}${query}#lab`)];
  }
  return [snippet("Link", `${site}lab.html${query}`), frameSnippet(`${site}embed.html${query}`, "Downhill: gradient descent")];
}
