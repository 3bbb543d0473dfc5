// The initial values of the parameters: a slider for each of a few numbers, otherwise a text.

import { make } from "../../../parts/dom.js";
import { editor } from "../../../parts/editor.js";
import { slider } from "../../../parts/slider.js";
import { SETTINGS } from "../../../state/settings.js";
import { initialOf, withInitial } from "../../../state/initial.js";
import { TextError } from "../../../state/text.js";

/** @typedef {import("../scene.js").State} State */
/** @typedef {ReturnType<typeof initialSlider>} InitialSlider */

/** More numbers are edited as a text. */
const MOST_SLIDERS = 12;

export function initialValues() {
  const element = make("div", { class: "initials", "data-key": "init" });
  /** @type {{ name: string, field: InitialSlider }[]} */
  let sliders = [];
  const text = editor({ key: "init", label: "initial values", rows: "3" });
  /** The initial numbers by name. @type {Record<string, number>} */
  let initial = {};
  return {
    element,
    /** Whether there is a place to say something at; there is none before the first run. */
    isReady: () => element.childElementCount > 0,
    /** Says what is wrong at the first one; all that is said is taken back by an empty text. */
    fail(/** @type {string} */ message) {
      (message ? sliders.slice(0, 1) : sliders).forEach(({ field }) => field.fail(message));
      text.fail(message);
    },
    /** Shows a slider for each parameter. @param {import("../scene.js").Scene} scene */
    show(scene) {
      const { parameters, state } = scene;
      if (parameters.length > MOST_SLIDERS) {
        sliders = [];
        element.replaceChildren(text.element);
        text.show(state.init);
        return;
      }
      initial = scene.initial;
      if (element.contains(text.element) || sliders.map(({ name }) => name).join() !== parameters.join()) {
        sliders = parameters.map((name) => ({ name, field: initialSlider(name) }));
        element.replaceChildren(...sliders.map(({ field }) => field.element));
      }
      sliders.forEach(({ name, field }) => field.show(initialOf(state.init, name) ?? initial[name] ?? 1));
    },
    /**
     * What an edit changes, where it was one of a slider.
     * @param {EventTarget | null} target
     * @param {State} state
     * @returns {import("../scene.js").Change | undefined}
     */
    edit(target, state) {
      if (target === text.field) {
        return { keys: ["init"], read: () => ({ init: /** @type {State["init"]} */ (text.read()) }) };
      }
      const changed = sliders.find(({ field }) => field.element.contains(/** @type {Node} */ (target)));
      return changed && { keys: ["init"], read: () => ({ init: withInitial(state.init, changed.name, readInitial(changed, target), initial) }) };
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
