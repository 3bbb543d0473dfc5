// The only live region of a lab: it is updated when the user pauses, not in every frame of a drag.

import { make, setText } from "./dom.js";

/** The pause before a text is read aloud, in milliseconds. */
const PAUSE = 700;

export function announcer() {
  const element = make("p", { class: "spoken", role: "status" });
  let timer = 0;
  let last = "";
  return {
    element,
    /** @param {string} text */
    tell(text) {
      if (text !== last) {
        last = text;
        clearTimeout(timer);
        timer = window.setTimeout(() => setText(element, text), PAUSE);
      }
    },
    stop: () => clearTimeout(timer),
  };
}
