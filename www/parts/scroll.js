// A box for what may be wider than the page.

import { make } from "./dom.js";

/** It is scrolled by keyboard too. @param {string} name said of the box @param {Node[]} content */
export function scrolled(name, ...content) {
  return make("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": name }, ...content);
}
