// Playing a timeline: a button, a speed, and a timer that stops at the end.

import { make, setText } from "../../../parts/dom.js";
import { keepPrivate } from "../../../parts/private.js";

/** Milliseconds between two phases. */
const SPEEDS = /** @type {const} */ ([["slow", 2000], ["normal", 900], ["fast", 300]]);

/**
 * @param {() => boolean} tick goes one phase on, and says whether there was one
 * @param {(playing: boolean) => void} changed
 */
export function player(tick, changed) {
  const button = make("button", { type: "button", "aria-pressed": "false" }, "Play");
  const speed = keepPrivate(make("select", { "aria-label": "speed" }, ...SPEEDS.map(([name, pause]) => make("option", { value: String(pause), selected: name === "normal" ? "" : undefined }, name))));
  let timer = 0;
  button.addEventListener("click", () => (timer ? stop() : start()));

  function start() {
    button.setAttribute("aria-pressed", "true");
    setText(button, "Pause");
    changed(true);
    run();
  }

  function run() {
    timer = window.setTimeout(() => {
      if (document.hidden || !tick()) {
        stop();
      } else {
        run();
      }
    }, Number(speed.value));
  }

  function stop() {
    if (timer === 0) {
      return;
    }
    window.clearTimeout(timer);
    timer = 0;
    changed(false);
    button.setAttribute("aria-pressed", "false");
    setText(button, "Play");
  }

  return { button, speed, stop };
}
