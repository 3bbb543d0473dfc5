// Choices among what a network happens to have, which keep what was chosen while they can.

import { make } from "../../../parts/dom.js";
import { keepPrivate } from "../../../parts/private.js";

/**
 * A list of texts by their places.
 * @param {string} label
 * @param {() => void} changed
 */
export function placeChoice(label, changed) {
  const field = keepPrivate(make("select"), changed);
  const element = make("label", { class: "choice" }, `${label} `, field);
  return {
    element,
    /** The place that is chosen, or -1. */
    get place() {
      return field.selectedIndex;
    },
    /** @param {string[]} texts */
    offer(texts) {
      if ([...field.options].map(({ text }) => text).join("\n") !== texts.join("\n")) {
        const chosen = field.value;
        field.replaceChildren(...texts.map((text) => make("option", { value: text }, text)));
        field.value = texts.includes(chosen) ? chosen : (texts[0] ?? "");
      }
    },
  };
}
