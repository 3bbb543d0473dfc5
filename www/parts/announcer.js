// The one live region of a lab: it speaks when a person pauses, and not in every frame of a drag.

import { make, setText } from "./dom.js";

/** How long nothing may change before it is spoken, in milliseconds. */
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
