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
  let failing = false;
  return {
    element,
    /**
     * @param {string} message
     * @param {number} [start] the place in the text that is wrong
     */
    fail(message, start) {
      failing = message !== "";
      fail(message && start !== undefined ? `${placeOf(field.value, start)}: ${message}` : message);
    },
    /** Shows a value; a text that means it already, or that is still wrong, stays as it was typed. */
    show(/** @type {unknown} */ value) {
      const text = write(value);
      if (!failing && !means(text)) {
        field.value = text;
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

/**
 * @param {string} text
 * @param {number} start
 */
function placeOf(text, start) {
  const before = text.slice(0, start).split(/\n/);
  return `line ${before.length}, character ${(before.at(-1)?.length ?? 0) + 1}`;
}
