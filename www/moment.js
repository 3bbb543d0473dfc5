// The step that the graph shows: one slider over the steps of the run, and a button on each side.

import { make, setText, uniqueId } from "./dom.js";

/** @typedef {import("./state.js").State} State */

export function momentControl() {
  const range = make("input", { type: "range", id: uniqueId(), min: "0", step: "1", value: "0", part: "slider" });
  const text = make("output", { for: range.id });
  const label = make("label", { for: range.id }, "step");
  const back = make("button", { type: "button", "data-action": "back", "aria-label": "one step back" }, "‹");
  const next = make("button", { type: "button", "data-action": "next", "aria-label": "one step on" }, "›");
  const element = make("div", { class: "moment", "data-key": "at" }, label, back, range, next, text);
  const size = { samples: 1, steps: 1 };

  /** @param {number} step */
  const momentOf = (step) => ({ epoch: Math.floor(step / size.samples), sample: step % size.samples });
  /** @param {State} state */
  const stepOf = ({ at }) => Math.min(at.epoch * size.samples + Math.min(at.sample, size.samples - 1), size.steps - 1);

  return {
    element,
    /** The moment that was dragged to. */
    read: (/** @type {State} */ _state) => momentOf(Number(range.value)),

    /** The moment before or after the present one. */
    neighbour(/** @type {string} */ action, /** @type {State} */ state) {
      const step = stepOf(state) + (action === "next" ? 1 : -1);
      return momentOf(Math.max(0, Math.min(step, size.steps - 1)));
    },

    /**
     * Shows the moment of a state, or the last one of a shorter run, and returns its step.
     * @param {State} state
     * @param {number} samples
     * @param {number} steps
     */
    show(state, samples, steps) {
      Object.assign(size, { samples, steps });
      const step = stepOf(state);
      range.max = String(steps - 1);
      range.value = String(step);
      const { epoch, sample } = momentOf(step);
      const words = `epoch ${epoch}, sample ${sample + 1} of ${samples}`;
      range.setAttribute("aria-valuetext", words);
      setText(text, words);
      return step;
    },
  };
}
