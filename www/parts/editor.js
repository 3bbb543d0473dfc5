// The field of a setting that is a longer text: the program or the data.

import { SETTINGS } from "../state/settings.js";
import { make, setText, uniqueId } from "./dom.js";
import { problemLine } from "./problem.js";

/**
 * @param {object} options
 * @param {"model" | "data" | "init"} options.key
 * @param {string} options.label
 * @param {string} options.rows
 * @param {(value: any) => string} [options.write] how a value is written, if not as in an attribute
 */
export function editor({ key, label, rows, write = SETTINGS[key].write }) {
  const { read } = SETTINGS[key];
  const field = make("textarea", { id: uniqueId(), rows, spellcheck: "false", autocapitalize: "off", autocomplete: "off", part: "text" });
  const { line, fail } = problemLine(field);
  const caret = make("pre", { class: "caret", "aria-hidden": "true" });
  const element = make("div", { class: "editor", "data-key": key }, make("label", { for: field.id }, label), field, caret, line);
  let failing = false;
  /** @type {unknown} what the text means, as far as that is known */
  let known;
  return {
    element,
    field,
    /** Whether the text is wrong. */
    isWrong: () => failing,
    /** Whether a value was read from the text as it is, or shown in it. @param {unknown} value */
    holds: (value) => value === known,
    /**
     * @param {string} message
     * @param {number} [start] the place in the text that is wrong
     * @param {number} [end]
     */
    fail(message, start, end = start) {
      failing = message !== "";
      setText(caret, message && start !== undefined ? pointed(field.value, start, end ?? start) : "");
      fail(message && start !== undefined ? `${placeOf(field.value, start)}: ${message}` : message);
    },
    /** Shows a value; a text that means it already, or that is still wrong, stays as it was typed. */
    show(/** @type {unknown} */ value) {
      if (failing || value === known) {
        return;
      }
      const text = write(value);
      if (!means(text)) {
        field.value = text;
      }
      known = value;
    },
    /** Shows a text that may be wrong. */
    type(/** @type {string} */ text) {
      field.value = text;
      known = undefined;
    },
    /** The value that was typed; throws a TextError. */
    read() {
      known = undefined;
      known = read(field.value);
      return known;
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

/** How many characters of a long line are shown before and after the wrong place. */
const CONTEXT = 24;

/**
 * The wrong line, with carets below the wrong place.
 * @param {string} text
 * @param {number} start
 * @param {number} end
 */
function pointed(text, start, end) {
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const line = text.slice(lineStart).split("\n", 1)[0] ?? "";
  const from = Math.max(0, start - lineStart - CONTEXT);
  const width = Math.max(1, Math.min(end - start, CONTEXT, line.length - (start - lineStart)));
  return `${line.slice(from, from + 2 * CONTEXT)}\n${" ".repeat(start - lineStart - from)}${"^".repeat(width)}`;
}

/**
 * @param {string} text
 * @param {number} start
 */
function placeOf(text, start) {
  const before = text.slice(0, start).split(/\n/);
  return `line ${before.length}, character ${(before.at(-1)?.length ?? 0) + 1}`;
}
