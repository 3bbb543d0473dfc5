// Changing a number of the text by keys, as those of a slider do it.

import { gripOf } from "./grip.js";

/** @typedef {import("../../state/scale.js").Scale} Scale */

/** Where a key leads from a position. @type {Record<string, (from: number, scale: Scale) => number>} */
const KEYS = {
  ArrowRight: (from, { step }) => from + step,
  ArrowUp: (from, { step }) => from + step,
  ArrowLeft: (from, { step }) => from - step,
  ArrowDown: (from, { step }) => from - step,
  PageUp: (from, scale) => from + pageOf(scale),
  PageDown: (from, scale) => from - pageOf(scale),
  Home: (_, { min }) => min,
  End: (_, { max }) => max,
};

/** A tenth of the scale. @param {Scale} scale */
function pageOf({ min, max, step }) {
  return Math.max(step, (max - min) / 10);
}

/** @param {Document} page */
export function startKeys(page) {
  page.addEventListener("keydown", (event) => {
    const to = event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(KEYS, event.key) ? undefined : KEYS[event.key];
    const grip = to && gripOf(event);
    if (to && grip) {
      // Neither the page nor a presentation around it goes on by this key.
      event.preventDefault();
      event.stopPropagation();
      grip.go(to(grip.begin, grip.scale));
      grip.end();
    }
  }, { capture: true });
}
