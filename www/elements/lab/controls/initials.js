// The initial values of the parameters: a slider for each.

import { make } from "../../../parts/dom.js";
import { linear, slider } from "../../../parts/slider.js";
import { TextError } from "../../../state/text.js";

/** @typedef {import("../../../state/settings.js").State} State */

export function initialValues() {
  const element = make("div", { class: "initials", "data-key": "init" });
  /** @type {ReturnType<typeof slider>[]} */
  let sliders = [];
  return {
    element,
    /** Whether there is a place to say something at; there is none before the first run. */
    ready: () => sliders.length > 0,
    /** Says what is wrong at the first one; all that is said is taken back by an empty text. */
    fail(/** @type {string} */ message) {
      (message ? sliders.slice(0, 1) : sliders).forEach((slider) => slider.fail(message));
    },
    /**
     * Shows a slider for each parameter, and says whether they are others than before.
     * @param {string[]} names
     * @param {State} state
     */
    show(names, state) {
      const changed = sliders.map(({ parameter }) => parameter).join() !== names.join();
      if (changed) {
        sliders = names.map((name) => slider({ key: "init", parameter: name, label: `initial ${name}`, symbol: "", scale: linear(-10, 10, 0.1) }));
        element.replaceChildren(...sliders.map((slider) => slider.element));
      }
      sliders.forEach((slider) => slider.show(state.init[slider.parameter ?? ""] ?? 1));
      return changed;
    },
    /**
     * How an edit is read, where it was one of a slider.
     * @param {EventTarget | null} target
     * @param {State} state
     */
    edit(target, state) {
      const changed = sliders.find((slider) => slider.element.contains(/** @type {Node} */ (target)));
      return changed && { key: /** @type {const} */ ("init"), read: () => readInitial(changed, target, state) };
    },
  };
}

/**
 * @param {ReturnType<typeof slider>} control
 * @param {EventTarget | null} target
 * @param {State} state
 */
function readInitial(control, target, state) {
  try {
    return { ...state.init, [control.parameter ?? ""]: control.read(target) };
  } catch (error) {
    if (error instanceof TextError) {
      error.message = `${control.parameter}: ${error.message}`;
    }
    throw error;
  }
}
