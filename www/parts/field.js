// The field of a setting, made from its row in the table: a slider, a box, a choice, or a text field.

import { make, setText, uniqueId } from "./dom.js";
import { problemLine } from "./problem.js";
import { slider } from "./slider.js";

/** @typedef {import("../state/settings.js").State} State */
/** @typedef {import("../state/settings.js").Setting} Setting */

/**
 * @typedef {object} Field
 * @property {HTMLElement} element
 * @property {(target: EventTarget | null) => unknown} read the value that was typed or chosen; throws a TextError
 * @property {(value: any, state: State) => void} show a text that means the value already, or that is still wrong, stays as it was typed
 * @property {(text: string) => void} type shows a text that may be wrong
 * @property {(message: string, start?: number, end?: number) => void} fail says what is wrong; an empty message takes it back
 */

/** @param {Setting} setting @returns {Field} */
export function fieldOf(setting) {
  const { name, scale, symbol = "", label, words, isFlag } = setting;
  if (scale) {
    return slider({ key: name, label, symbol, scale });
  }
  return isFlag ? box(setting) : words ? choice(setting, words) : textField(setting);
}

/** @param {Setting} setting @returns {Field} */
function textField(setting) {
  const { read, write, label, usual } = setting;
  const input = make("input", { type: "text", id: uniqueId(), autocomplete: "off", spellcheck: "false", part: "number" });
  const { line, fail } = problemLine(input);
  let failing = false;
  return {
    element: row(setting, make("label", { for: input.id }, label), input, line),
    read: () => read(input.value),
    show(value, state) {
      input.placeholder = usual?.(state) ?? "";
      const text = write(value);
      if (!failing && !means(setting, input.value, text)) {
        input.value = text;
      }
    },
    type(text) {
      input.value = text;
    },
    fail(message) {
      failing = message !== "";
      fail(message);
    },
  };
}

/**
 * Whether a text means the value that is written as another: `1e-2` means 0.01.
 * @param {Setting} setting
 * @param {string} text
 * @param {string} written
 */
function means({ read, write }, text, written) {
  try {
    return write(read(text)) === written;
  } catch {
    return false;
  }
}

/** @param {Setting} setting @param {readonly (readonly [string, string])[]} words @returns {Field} */
function choice(setting, words) {
  const select = make("select", { id: uniqueId() }, ...words.map(([value, name]) => make("option", { value }, name)));
  const { line, fail } = problemLine(select);
  const show = (/** @type {unknown} */ value) => void (select.value = String(value));
  return { element: row(setting, make("label", { for: select.id }, setting.label), select, line), read: () => select.value, show, type: show, fail };
}

/** @param {Setting} setting @returns {Field} */
function box(setting) {
  const input = make("input", { type: "checkbox" });
  const line = make("p", { class: "problem", "aria-live": "polite" });
  return {
    element: row(setting, make("label", { class: "choice" }, input, ` ${setting.label}`), line),
    read: () => input.checked,
    show: (value) => void (input.checked = Boolean(value)),
    type: () => {},
    fail: (message) => setText(line, message),
  };
}

/** @param {Setting} setting @param {Node[]} content */
function row({ name, help }, ...content) {
  return make("div", { class: "setting", "data-key": name, title: help }, ...content);
}
