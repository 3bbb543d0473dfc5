// The place of the window: a slider that goes through all places, row by row, and plays them.

import { make, setText } from "../../../parts/dom.js";
import { button, keepPrivate } from "../../../parts/private.js";

/** How long the window stays at a place while it plays, in milliseconds. */
const PAUSE = 700;

/** @param {(place: number) => void} go to another place */
export function placePlayer(go) {
  const range = make("input", { type: "range", min: "0", step: "1", "aria-label": "place of the window" });
  const still = globalThis.matchMedia("(prefers-reduced-motion: reduce)");
  const play = button("Play", () => (timer ? stop() : start()), { "aria-pressed": "false" });
  const back = button("‹", () => move(-1), { "aria-label": "one place back" });
  const on = button("›", () => move(1), { "aria-label": "one place on" });
  const element = keepPrivate(make("div", { class: "playing" }, back, range, on, play));
  let [columns, places, timer] = [1, 1, 0];
  range.addEventListener("input", () => go(Number(range.value)));
  range.addEventListener("keydown", walk);

  /** @param {number} by */
  function move(by) {
    stop();
    go(Math.max(0, Math.min(places - 1, Number(range.value) + by)));
  }

  /** The arrow keys go across and down, as the places lie. @param {KeyboardEvent} event */
  function walk(event) {
    const by = { ArrowUp: -columns, ArrowDown: columns, ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const to = Number(range.value) + (by ?? NaN);
    if (by !== undefined && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      stop();
      go(to >= 0 && to < places ? to : Number(range.value));
    }
  }

  function start() {
    play.setAttribute("aria-pressed", "true");
    setText(play, "Pause");
    timer = window.setInterval(() => (document.hidden ? stop() : go((Number(range.value) + 1) % places)), PAUSE);
  }

  function stop() {
    clearInterval(timer);
    timer = 0;
    play.setAttribute("aria-pressed", "false");
    setText(play, "Play");
  }

  return {
    element,
    stop,
    /** @param {number} place @param {[rows: number, columns: number]} size how the places lie @param {string} words */
    show(place, size, words) {
      [columns, places] = [size[1], size[0] * size[1]];
      range.max = String(places - 1);
      range.value = String(place);
      range.setAttribute("aria-valuetext", words);
      play.hidden = still.matches;
    },
  };
}
