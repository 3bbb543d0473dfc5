// The dialog that hands a lab on: a link, an iframe, an element.

import { copyText } from "../../../parts/clipboard.js";
import { make } from "../../../parts/dom.js";
import { button, keepPrivate } from "../../../parts/private.js";
import { changedTexts, queryOf } from "../../../state/address.js";
import { attributeOf } from "../../../state/settings.js";

/** @typedef {import("../../../state/settings.js").State} State */

/**
 * @param {() => State} state
 * @param {string | undefined} site the address of the folder that holds Downhill; where there is none, only a link can be handed on
 */
export function shareView(state, site) {
  const fields = make("form", { method: "dialog" });
  const dialog = make("dialog", { "aria-label": "Share this lab" }, fields);
  const share = button("Share …", () => {
    fields.replaceChildren(make("h2", {}, "Share this lab"), ...snippetsOf(state(), site).map(snippet), make("button", {}, "Close"));
    dialog.showModal();
  });
  keepPrivate(dialog).addEventListener("click", (event) => event.stopPropagation());
  return { element: make("div", {}, share, dialog) };
}

/**
 * What can be copied: a name and a text each.
 * @param {State} state
 * @param {string | undefined} site
 * @returns {[string, string][]}
 */
function snippetsOf(state, site) {
  const query = queryOf(state);
  return [
    ["Link", site === undefined ? `${location.href.split(/[?#]/)[0]}${query}#lab` : `${site}lab.html${query}`],
    ...(site === undefined ? [] : placesOf(site, query, state)),
  ];
}

/**
 * How a page of somebody else holds the lab.
 * @param {string} site
 * @param {string} query
 * @param {State} state
 * @returns {[string, string][]}
 */
function placesOf(site, query, state) {
  const attributes = changedTexts(state).map(([key, text]) => ` ${attributeOf(key)}="${escaped(text)}"`).join("");
  return [
    ["Frame for another page", `<iframe src="${escaped(`${site}embed.html${query}`)}" title="Downhill: gradient descent" width="100%" height="900"></iframe>`],
    ["Element for a page of your own", `<script type="module" src="${site}www/downhill.js"></script>\n<downhill-lab${attributes}></downhill-lab>`],
  ];
}

/** @param {[string, string]} pair */
function snippet([name, text]) {
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
