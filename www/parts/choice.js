// A choice among a few texts.

import { make, uniqueId } from "./dom.js";
import { problemLine } from "./problem.js";

/**
 * @param {string} key
 * @param {string} label
 */
export function choice(key, label) {
  const field = make("select", { id: uniqueId() });
  const { line, fail } = problemLine(field);
  let offered = "";
  return {
    element: make("div", { class: "choice-of", "data-key": key }, make("label", { for: field.id }, label), field, line),
    fail,
    /** @param {string[][]} options values and what is read for them */
    offer(options) {
      if (offered !== JSON.stringify(options)) {
        offered = JSON.stringify(options);
        field.replaceChildren(...options.map(([value, text = ""]) => make("option", { value }, text)));
      }
    },
    choose(/** @type {string} */ value) {
      field.value = value;
    },
  };
}
