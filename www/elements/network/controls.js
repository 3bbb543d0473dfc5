// The controls of a network: learning rate, training, and the settings that make another network.

import { make, setText } from "../../parts/dom.js";
import { editor } from "../../parts/editor.js";
import { fieldOf } from "../../parts/field.js";

/** @typedef {import("../../parts/field.js").Field} Field */
/** @typedef {import("../../state/settings.js").Setting} Setting */

/**
 * @typedef {object} Table what can be set
 * @property {Readonly<Record<string, Setting>>} settings each belongs to the control "lr", "training" (folded), "model" (two longer texts), or another, which stands by itself
 * @property {string[]} asides the controls that stand by themselves, in order
 * @property {(state: any) => string} whyOf a sentence about the first of them
 */

/** @param {Table} table @param {HTMLElement} share */
export function buildControls({ settings, asides, whyOf }, share) {
  const keys = Object.keys(settings);
  const texts = {
    model: editor({ key: "model", label: settings.model?.label ?? "", rows: "6" }),
    init: editor({ key: "init", label: "initial values, by name", rows: "5", write: (values) => settings.init?.write(values).replaceAll("), ", "),\n") ?? "" }),
  };
  const others = keys.filter((key) => !Object.hasOwn(texts, key));
  const fields = /** @type {Record<string, Field>} */ (/** @type {unknown} */ ({ ...Object.fromEntries(others.map((key) => [key, fieldOf(/** @type {Setting} */ (settings[key]))])), ...texts }));
  const of = (/** @type {string} */ control) => keys.filter((key) => settings[key]?.control === control);
  const elementsOf = (/** @type {string} */ control) => of(control).map((key) => /** @type {Field} */ (fields[key]).element);
  const training = make("details", { class: "own training" }, make("summary", {}, "Optimizer, batch, precision"), ...elementsOf("training"));
  const program = make("details", { class: "own" }, make("summary", {}, "Program"), texts.model.element, texts.init.element);
  const why = make("p", { class: "quiet" });
  const aside = Object.fromEntries(asides.map((control, place) => [control, make("div", { class: `aside ${control}` }, ...elementsOf(control), ...(place === 0 ? [why] : []))]));
  const [run, step, reset] = [["run", "Train"], ["step", "One step"], ["reset", "Reset"]].map(([action, text]) => make("button", { type: "button", "data-action": action }, text ?? ""));
  const buttons = make("div", { class: "buttons" }, /** @type {Node} */ (run), /** @type {Node} */ (step), /** @type {Node} */ (reset));

  return {
    rate: /** @type {Field} */ (fields.lr).element,
    buttons,
    settings: make("div", { class: "settings" }, ...Object.values(aside), training, program, share),
    fields,
    /** What is shown and hidden with each control. @type {Record<string, HTMLElement[]>} */
    elements: { lr: elementsOf("lr"), ...Object.fromEntries(asides.map((control) => [control, [/** @type {HTMLElement} */ (aside[control])]])), training: [training], model: [program], share: [share], buttons: [buttons] },
    /** Opens what a field is folded into. @param {string} key */
    unfold(key) {
      program.open ||= Object.hasOwn(texts, key);
      training.open ||= of("training").includes(key);
    },
    /** @param {any} state @param {boolean} isRunning */
    show(state, isRunning) {
      keys.forEach((key) => fields[key]?.show(state[key], state));
      keys.forEach((key) => fields[key]?.element.toggleAttribute("hidden", !(settings[key]?.applies?.(state) ?? true)));
      setText(why, whyOf(state));
      setText(/** @type {Element} */ (run), isRunning ? "Pause" : "Train");
    },
  };
}
