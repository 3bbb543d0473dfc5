// A question for a number.

import { make } from "../../parts/dom.js";

/** A field for one number. @param {string} [label] */
export function numberField(label = "your answer") {
  const input = make("input", { type: "text", inputmode: "text", autocomplete: "off", spellcheck: "false", "aria-label": label });
  const element = make("span", { class: "number" }, input);
  return {
    element,
    input,
    isDirect: false,
    focus: () => input.focus(),
    text: () => input.value,
    write(/** @type {string} */ text) {
      input.value = text;
    },
    lock(/** @type {boolean} */ isLocked) {
      input.readOnly = isLocked;
    },
  };
}
