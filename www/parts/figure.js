// A titled part of an element: a heading with its choices, and the content below it.

import { make } from "./dom.js";

/**
 * @param {string} title
 * @param {Node[]} choices
 * @param {Node[]} content
 */
export function figure(title, choices, ...content) {
  return make("section", { class: "figure" }, make("div", { class: "head" }, make("h2", {}, title), ...choices), ...content);
}
