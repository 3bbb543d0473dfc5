// Controls that are not settings: they change only what is shown.

import { make } from "./dom.js";

/**
 * Keeps the events of a control, or of all in an element, away from the element around it.
 * @template {HTMLElement} T
 * @param {T} control
 * @param {(event: Event) => void} [changed] called when a person has chosen
 */
export function keepPrivate(control, changed) {
  control.addEventListener("input", (event) => event.stopPropagation());
  control.addEventListener("change", (event) => {
    event.stopPropagation();
    changed?.(event);
  });
  return control;
}

/**
 * A box that is ticked or not.
 * @param {string} text
 * @param {(checked: boolean) => void} changed
 */
export function privateBox(text, changed) {
  const box = keepPrivate(make("input", { type: "checkbox" }), () => changed(box.checked));
  return make("label", { class: "choice" }, box, ` ${text}`);
}

/**
 * A button that only changes what is shown.
 * @param {string} text
 * @param {() => unknown} act
 * @param {Record<string, string>} [attributes]
 */
export function button(text, act, attributes = {}) {
  const element = make("button", { type: "button", ...attributes }, text);
  element.addEventListener("click", act);
  return element;
}
