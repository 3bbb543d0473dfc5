// The controls of a network: learning rate, training, pictures, and the settings that make another network.

import { make, setText } from "../../parts/dom.js";
import { editor } from "../../parts/editor.js";
import { fieldOf } from "../../parts/field.js";
import { NETWORK_KEYS, NETWORK_SETTINGS, networkNamed } from "../../state/networks.js";

/** @typedef {import("../../state/networks.js").Key} Key */
/** @typedef {import("../../state/networks.js").NetworkState} State */
/** @typedef {import("../../parts/field.js").Field} Field */

/** The names of the controls, by which `views`, `hide` and `lock` name them. */
export const CONTROLS = /** @type {const} */ (["lr", "preset", "pictures", "training", "model", "share", "buttons"]);

/** @param {HTMLElement} share */
export function buildControls(share) {
  const { init, model } = NETWORK_SETTINGS;
  const texts = {
    model: editor({ key: "model", label: model.label, rows: "6" }),
    init: editor({ key: "init", label: "initial values, by name", rows: "5", write: (values) => init.write(values).replaceAll("), ", "),\n") }),
  };
  const others = NETWORK_KEYS.filter((key) => !Object.hasOwn(texts, key));
  const fields = /** @type {Record<Key, Field>} */ (/** @type {unknown} */ ({ ...Object.fromEntries(others.map((key) => [key, fieldOf(NETWORK_SETTINGS[key])])), ...texts }));
  const keys = NETWORK_KEYS.filter((key) => NETWORK_SETTINGS[key].control === "training");
  const training = make("details", { class: "own training" }, make("summary", {}, "Optimizer, batch, precision"), ...keys.map((key) => fields[key].element));
  const program = make("details", { class: "own" }, make("summary", {}, "Program"), texts.model.element, texts.init.element);
  const why = make("p", { class: "quiet" });
  const preset = make("div", { class: "preset" }, fields.preset.element, why);
  const [run, step, reset] = [["run", "Train"], ["step", "One step"], ["reset", "Reset"]].map(([action, text]) => make("button", { type: "button", "data-action": action }, text ?? ""));
  const buttons = make("div", { class: "buttons" }, /** @type {Node} */ (run), /** @type {Node} */ (step), /** @type {Node} */ (reset));

  return {
    rate: fields.lr.element,
    buttons,
    settings: make("div", { class: "settings" }, preset, fields.data.element, training, program, share),
    fields,
    /** What is shown and hidden with each control. @type {Record<(typeof CONTROLS)[number], HTMLElement[]>} */
    elements: { lr: [fields.lr.element], preset: [preset], pictures: [fields.data.element], training: [training], model: [program], share: [share], buttons: [buttons] },
    /** Opens what a field is folded into. @param {string} key */
    unfold(key) {
      program.open ||= Object.hasOwn(texts, key);
      training.open ||= keys.includes(/** @type {Key} */ (key));
    },
    /** @param {State} state @param {boolean} isRunning */
    show(state, isRunning) {
      NETWORK_KEYS.forEach((key) => fields[key].show(state[key], /** @type {any} */ (state)));
      keys.forEach((key) => fields[key].element.toggleAttribute("hidden", !(NETWORK_SETTINGS[key].applies?.(/** @type {any} */ (state)) ?? true)));
      setText(why, networkNamed(state.preset).why);
      setText(/** @type {Element} */ (run), isRunning ? "Pause" : "Train");
    },
  };
}
