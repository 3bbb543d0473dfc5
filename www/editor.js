// A setting that is written as text: the program and the data.

import { make, uniqueId } from "./dom.js";
import { problemLine } from "./problem.js";
import { SETTINGS } from "./state.js";

/**
 * @param {object} options
 * @param {"model" | "data"} options.key
 * @param {string} options.label
 * @param {string} options.rows
 */
export function editor({ key, label, rows }) {
  const { read, write } = SETTINGS[key];
  const field = make("textarea", { id: uniqueId(), rows, spellcheck: "false", autocapitalize: "off", autocomplete: "off", part: "text" });
  const { line, fail } = problemLine(field);
  const element = make("div", { class: "editor", "data-key": key }, make("label", { for: field.id }, label), field, line);
  let shown = "";
  return {
    element,
    fail,
    /** Shows a value, unless the text has been edited to mean it. */
    show(/** @type {unknown} */ value) {
      const text = write(value);
      if (text !== shown) {
        shown = text;
        if (!means(text)) {
          field.value = text;
        }
      }
    },
    /** Shows a text that may be wrong. */
    type(/** @type {string} */ text) {
      field.value = text;
    },
    /** The value that was typed; throws a TextError. */
    read() {
      return read(field.value);
    },
  };

  /** @param {string} text */
  function means(text) {
    try {
      return write(read(field.value)) === text;
    } catch {
      return false;
    }
  }
}
