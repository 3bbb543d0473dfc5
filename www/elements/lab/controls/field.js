// The field of a setting, made from its row in the table: a slider, a box, a choice, or a text field.

import { make, setText, uniqueId } from "../../../parts/dom.js";
import { problemLine } from "../../../parts/problem.js";
import { slider } from "../../../parts/slider.js";
import { SETTINGS } from "../../../state/settings.js";

/** @typedef {import("../scene.js").State} State */
/** @typedef {import("../../../state/settings.js").Key} Key */

/**
 * @typedef {object} Field
 * @property {HTMLElement} element
 * @property {(target: EventTarget | null) => unknown} read the value that was typed or chosen; throws a TextError
 * @property {(value: any, state: State) => void} show a text that means the value already, or that is still wrong, stays as it was typed
 * @property {(text: string) => void} type shows a text that may be wrong
 * @property {(message: string, start?: number, end?: number) => void} fail says what is wrong; an empty message takes it back
 */

/** @param {Key} key @returns {Field} */
export function fieldOf(key) {
  const { scale, symbol = "", label, words, isFlag } = SETTINGS[key];
  if (scale) {
    return slider({ key, label, symbol, scale });
  }
  return isFlag ? box(key) : words ? choice(key, words) : textField(key);
}

/** @param {Key} key @returns {Field} */
function textField(key) {
  const { read, write, label, usual } = SETTINGS[key];
  const input = make("input", { type: "text", id: uniqueId(), autocomplete: "off", spellcheck: "false", part: "number" });
  const { line, fail } = problemLine(input);
  let failing = false;
  return {
    element: setting(key, make("label", { for: input.id }, label), input, line),
    read: () => read(input.value),
    show(value, state) {
      input.placeholder = usual?.(state) ?? "";
      const text = write(value);
      if (!failing && !means(key, input.value, text)) {
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
 * @param {Key} key
 * @param {string} text
 * @param {string} written
 */
function means(key, text, written) {
  try {
    return SETTINGS[key].write(SETTINGS[key].read(text)) === written;
  } catch {
    return false;
  }
}

/** @param {Key} key @param {readonly (readonly [string, string])[]} words @returns {Field} */
function choice(key, words) {
  const select = make("select", { id: uniqueId() }, ...words.map(([value, name]) => make("option", { value }, name)));
  const { line, fail } = problemLine(select);
  const show = (/** @type {unknown} */ value) => void (select.value = String(value));
  return { element: setting(key, make("label", { for: select.id }, SETTINGS[key].label), select, line), read: () => select.value, show, type: show, fail };
}

/** @param {Key} key @returns {Field} */
function box(key) {
  const input = make("input", { type: "checkbox" });
  const line = make("p", { class: "problem", "aria-live": "polite" });
  return {
    element: setting(key, make("label", { class: "choice" }, input, ` ${SETTINGS[key].label}`), line),
    read: () => input.checked,
    show: (value) => void (input.checked = Boolean(value)),
    type: () => {},
    fail: (message) => setText(line, message),
  };
}

/** @param {Key} key @param {Node[]} content */
function setting(key, ...content) {
  return make("div", { class: "setting", "data-key": key, title: SETTINGS[key].help }, ...content);
}
