// How the words of a text become what can be touched: attributes for keyboards and screen readers.

import { partOf } from "./handle.js";

/** Other names for parts, and for what is seen in them. @type {Record<string, string>} */
const ALSO = {
  ball: "landscape",
  slope: "landscape",
  gradient: "landscape graph",
  island: "verdict",
  line: "fit",
  moment: "timeline",
  step: "timeline",
  loss: "curve",
};

/** The words that point at parts; those that name nothing that is shown are plain. */
export const WORDS = ":is([data-shows], [data-number])[role]";

/** The parts that a word names, right or wrong. @param {Element} word */
export function partsOf(word) {
  const names = (word.getAttribute("data-shows") ?? partOf(word.getAttribute("data-number") ?? "")).split(/[\s,]+/);
  return names.flatMap((name) => (Object.hasOwn(ALSO, name) ? (ALSO[name]?.split(" ") ?? []) : name));
}

/** A word is a button if the lab shows one of its parts; otherwise it is a word. @param {Element} word @param {import("./element.js").Neighbour | null} lab */
export function dressWord(word, lab) {
  const isShown = partsOf(word).some((name) => lab?.parts?.includes(name));
  setAll(word, isShown ? { role: "button", tabindex: "0", "aria-pressed": word.getAttribute("aria-pressed") ?? "false" } : { role: undefined, tabindex: undefined, "aria-pressed": undefined });
}

/** A number with a handle can be changed; without one it is plain. @param {HTMLElement} place @param {import("./handle.js").Handle | undefined} handle */
export function dressNumber(place, handle) {
  const { label, scale, value = NaN } = handle ?? {};
  const within = (/** @type {number} */ position) => scale && String(scale.value(position));
  setAll(place, {
    role: handle && "spinbutton",
    tabindex: handle && "0",
    title: handle && "Drag this number, or use the arrow keys",
    "aria-label": label,
    "aria-valuemin": scale && within(scale.min),
    "aria-valuemax": scale && within(scale.max),
    // A typed number may lie outside of the slider; its text says which it is.
    "aria-valuenow": scale && String(Math.max(scale.value(scale.min), Math.min(scale.value(scale.max), value))),
    "aria-valuetext": handle && String(value),
  });
}

/** Sets what differs; what is undefined is removed. @param {Element} element @param {Record<string, string | undefined>} attributes */
function setAll(element, attributes) {
  for (const [name, value = null] of Object.entries(attributes)) {
    if (element.getAttribute(name) === value) {
      continue;
    }
    if (value === null) {
      element.removeAttribute(name);
    } else {
      element.setAttribute(name, value);
    }
  }
}
