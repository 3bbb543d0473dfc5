// What can be copied to share an element: a link, a frame, and the element itself.

import { copyText } from "./clipboard.js";
import { make } from "./dom.js";
import { button } from "./private.js";

/** A text with a button that copies it. @param {string} name @param {string} text */
export function snippet(name, text) {
  const field = make("textarea", { rows: "2", readonly: "" });
  field.value = text;
  const said = make("span", { class: "quiet", role: "status" });
  const copy = button("Copy", () => copyText(text, said, () => field.select()), { "aria-label": `copy: ${name}` });
  return make("div", {}, make("label", {}, name, field), make("div", { class: "copies" }, copy, said));
}

/** A frame that shows an element. @param {string} address @param {string} title */
export function frameSnippet(address, title) {
  return snippet("Frame for another page", `<iframe src="${escaped(address)}" title="${title}" width="100%" height="900"></iframe>`);
}

/**
 * The element with its attributes.
 * @param {string} site the address of the folder that holds Downhill
 * @param {string} name of the element
 * @param {(readonly [attribute: string, text: string])[]} attributes
 */
export function elementSnippet(site, name, attributes) {
  const written = attributes.map(([attribute, text]) => ` ${attribute}="${escaped(text)}"`).join("");
  return snippet("Element for a page of your own", `<script type="module" src="${site}www/downhill.js"></script>\n<${name}${written}></${name}>`);
}

/** @param {string} text */
function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll("\n", "&#10;");
}
