// A hold on a number of the text while a reader changes it.

import { readerOf } from "./reader.js";
import { elementOf } from "./element.js";
import { dressNumber } from "./words.js";

/** The numbers that can be changed. */
const SPIN = "[data-number][role=spinbutton]";

/**
 * The hold on the number that an event is about, if it is one that can be changed.
 * @param {Event} event
 */
export function gripOf({ target }) {
  const place = target instanceof Element ? /** @type {HTMLElement | null} */ (target.closest(SPIN)) : null;
  const lab = place && elementOf(place);
  const handle = place ? readerOf(lab).handle(place.dataset.number ?? "") : undefined;
  if (place && lab && handle) {
    return grip(place, lab, handle);
  }
  // Its lab was taken away.
  place && dressNumber(place, undefined);
  return undefined;
}

/**
 * @param {HTMLElement} place
 * @param {import("./element.js").Neighbour} lab
 * @param {import("./handle.js").Handle} handle
 */
function grip(place, lab, { scale, value, settings }) {
  const begin = scale.position(value);
  let position = begin;
  const tell = (/** @type {string} */ event) => lab.dispatchEvent(new Event(event, { bubbles: true, composed: event === "input" }));

  /** @param {number} value */
  function take(value) {
    lab.take?.(settings(value));
    tell("input");
  }

  return {
    place,
    scale,
    begin,
    /** Goes to a position of the slider, or to its end. @param {number} wanted */
    go(wanted) {
      const next = positionNear(scale, wanted);
      if (next !== position) {
        position = next;
        take(scale.value(next));
      }
    },
    /** As it was before. */
    restore: () => take(value),
    /** Says that the change is complete. */
    end: () => tell("change"),
  };
}

/**
 * The nearest position that a slider has. Without rounding, tenths would become 0.30000000000000004.
 * @param {import("../../state/scale.js").Scale} scale
 * @param {number} wanted
 */
function positionNear({ min, max, step }, wanted) {
  const steps = Math.round((wanted - min) / step);
  return Math.max(min, Math.min(max, Number((min + steps * step).toPrecision(12))));
}
