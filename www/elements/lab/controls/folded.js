// What is folded away in a lab, and is fetched when somebody opens it: the dialogs, the data as a
// table, and the recipe of generated data.

import { copyText } from "../../../parts/clipboard.js";
import { make } from "../../../parts/dom.js";
import { button } from "../../../parts/private.js";
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
  return site === undefined ? addresses : [...addresses, snippet("Element for a page of your own", elementOf(site, state))];
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
  const frame = `<iframe src="${escaped(`${site}embed.html${query}`)}" title="Downhill: gradient descent" width="100%" height="900"></iframe>`;
  return [snippet("Link", `${site}lab.html${query}`), snippet("Frame for another page", frame)];
}

/**
 * @param {string} site
 * @param {State} state
 */
function elementOf(site, state) {
  const attributes = changedTexts(state).map(([key, text]) => ` ${attributeOf(key)}="${escaped(text)}"`).join("");
  return `<script type="module" src="${site}www/downhill.js"></script>\n<downhill-lab${attributes}></downhill-lab>`;
}

/** @param {string} name @param {string} text */
function snippet(name, text) {
  const field = make("textarea", { rows: "2", readonly: "" });
  field.value = text;
  const said = make("span", { class: "quiet", role: "status" });
  const copy = button("Copy", () => copyText(text, said, () => field.select()), { "aria-label": `copy: ${name}` });
  return make("div", {}, make("label", {}, name, field), make("div", { class: "copies" }, copy, said));
}

/** @param {string} text */
function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll("\n", "&#10;");
}
