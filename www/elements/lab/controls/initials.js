// The initial values of the parameters: a slider for each.

import { make } from "../../../parts/dom.js";
import { slider } from "../../../parts/slider.js";
import { SETTINGS } from "../../../state/settings.js";
import { TextError } from "../../../state/text.js";

/** @typedef {import("../scene.js").State} State */
/** @typedef {ReturnType<typeof initialSlider>} InitialSlider */

export function initialValues() {
  const element = make("div", { class: "initials", "data-key": "init" });
  /** @type {{ name: string, field: InitialSlider }[]} */
  let sliders = [];
  return {
    element,
    /** Whether there is a place to say something at; there is none before the first run. */
    isReady: () => sliders.length > 0,
    /** Says what is wrong at the first one; all that is said is taken back by an empty text. */
    fail(/** @type {string} */ message) {
      (message ? sliders.slice(0, 1) : sliders).forEach(({ field }) => field.fail(message));
    },
    /** Shows a slider for each parameter. @param {import("../scene.js").Scene} scene */
    show({ parameters, state }) {
      if (sliders.map(({ name }) => name).join() !== parameters.join()) {
        sliders = parameters.map((name) => ({ name, field: initialSlider(name) }));
        element.replaceChildren(...sliders.map(({ field }) => field.element));
      }
      sliders.forEach(({ name, field }) => field.show(state.init[name] ?? 1));
    },
    /**
     * What an edit changes, where it was one of a slider.
     * @param {EventTarget | null} target
     * @param {State} state
     * @returns {import("../scene.js").Change | undefined}
     */
    edit(target, state) {
      const changed = sliders.find(({ field }) => field.element.contains(/** @type {Node} */ (target)));
      return changed && { keys: ["init"], read: () => ({ init: { ...state.init, [changed.name]: readInitial(changed, target) } }) };
    },
  };
}

/** @param {string} name of the parameter */
function initialSlider(name) {
  const { label, scale } = SETTINGS.init;
  return slider({ key: "init", label: `${label} ${name}`, symbol: "", scale: /** @type {import("../../../state/scale.js").Scale} */ (scale) });
}

/** @param {{ name: string, field: InitialSlider }} slider @param {EventTarget | null} target */
function readInitial({ name, field }, target) {
  try {
    return field.read(target);
  } catch (error) {
    throw error instanceof TextError ? new TextError(`initial \`${name}\`: ${error.message}`, error.field) : error;
  }
}
