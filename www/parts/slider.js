// A number that can be dragged or typed: a native range input and a text field that always show the
// same value.

import { meansNumber, readNumber } from "../state/text.js";
import { make, uniqueId } from "./dom.js";
import { problemLine } from "./problem.js";

/**
 * @param {object} options
 * @param {string} options.key the setting
 * @param {string} options.label
 * @param {string} options.symbol the letter of the formulas
 * @param {import("../state/scale.js").Scale} options.scale
 */
export function slider({ key, label, symbol, scale }) {
  const range = make("input", {
    type: "range",
    id: uniqueId(),
    min: String(scale.min),
    max: String(scale.max),
    step: String(scale.step),
    part: "slider",
  });
  const field = make("input", { type: "text", inputmode: "decimal", autocomplete: "off", spellcheck: "false", "aria-label": `${label}, as a number`, part: "number" });
  const name = make("label", { for: range.id }, `${label} `, make("var", {}, symbol));
  const { line, fail } = problemLine(field);
  const element = make("div", { class: `slider ${key}`, "data-key": key }, name, field, range, line);
  let shown = NaN;
  let failing = false;

  /** @param {number} value */
  function place(value) {
    range.value = String(scale.position(value));
    range.setAttribute("aria-valuetext", `${label} ${value}`);
    shown = value;
  }

  return {
    element,
    /** Shows a problem; an empty text removes it. */
    fail(/** @type {string} */ message) {
      failing = message !== "";
      fail(message);
    },
    /** Shows a value; a text that means it already, or that is still wrong, stays as it was typed. */
    show(/** @type {number} */ value) {
      place(value);
      if (!failing && !meansNumber(field.value, value)) {
        field.value = String(value);
      }
    },
    /** Shows a text that may be wrong. */
    type(/** @type {string} */ text) {
      field.value = text;
    },
    /** The value that was dragged or typed; throws a TextError. */
    read(/** @type {EventTarget | null} */ target) {
      if (target === range && Number(range.value) !== scale.position(shown)) {
        field.value = String(scale.value(Number(range.value)));
      }
      return readNumber(field.value);
    },
  };
}
