// Pointing from a word at a part of the lab, and from the part at the words that speak of it.

import { elementOf } from "./element.js";
import { WORDS, partsOf } from "./words.js";

/** @param {Document} page */
export function startPointing(page) {
  /** The word that a reader points at, has the focus on, or has pressed. @type {Record<"pointer" | "focus" | "pressed", Element | null>} */
  const words = { pointer: null, focus: null, pressed: null };
  /** @type {import("./element.js").Neighbour | null} */
  let lab = null;

  function light() {
    const word = words.pointer ?? words.focus ?? words.pressed;
    const next = word && elementOf(word);
    if (lab !== next) {
      lab?.highlight?.("");
    }
    lab = next;
    lab?.highlight?.(word ? partsOf(word).join(" ") : "");
  }

  /** @param {"pointer" | "focus"} how @param {EventTarget | null} target */
  function point(how, target) {
    const word = target instanceof Element ? target.closest(WORDS) : null;
    if (word !== words[how]) {
      words[how] = word;
      light();
    }
  }

  /** A press keeps the part lit until the next one, and brings it into view. @param {Element | null} word */
  function press(word) {
    words.pressed?.setAttribute("aria-pressed", "false");
    words.pressed = word === words.pressed ? null : word;
    words.pressed?.setAttribute("aria-pressed", "true");
    light();
    if (words.pressed) {
      lab?.shadowRoot?.querySelector("[data-lit]:not(.slot), .slot[data-lit] > *")?.scrollIntoView({ block: "nearest" });
    }
  }

  page.addEventListener("pointerover", ({ target }) => point("pointer", target));
  page.addEventListener("focusin", ({ target }) => point("focus", target));
  page.addEventListener("focusout", () => point("focus", null));
  page.addEventListener("click", (event) => pressable(event) && press(pressable(event)));
  page.addEventListener("keydown", (event) => pressedBy(event, words.pressed, press));
  page.addEventListener("point", (event) => mark(page, /** @type {CustomEvent} */ (event)), { capture: true });
}

/** The word of an event that can be pressed. @param {Event} event */
function pressable({ target }) {
  return target instanceof Element ? target.closest("[data-shows][role=button]") : null;
}

/** @param {KeyboardEvent} event @param {Element | null} pressed @param {(word: Element | null) => void} press */
function pressedBy(event, pressed, press) {
  const word = event.key === "Escape" ? pressed : event.key === "Enter" || event.key === " " ? pressable(event) : null;
  if (word) {
    event.preventDefault();
    press(word);
  }
}

/** Lights up the words for the part of a lab that is pointed at. @param {Document} page @param {CustomEvent} event */
function mark(page, { target, detail }) {
  for (const word of page.querySelectorAll(WORDS)) {
    if (elementOf(word) === target) {
      // Where no part is pointed at, the detail is empty, and so is the part of a result.
      word.toggleAttribute("data-lit", detail !== "" && partsOf(word).includes(detail));
    }
  }
}
