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
 * @property {Record<string, string>} [folded] those of them that are folded, and under which word
 * @property {Record<string, (state: any) => string>} whys what is said about some of them
 */

/** @param {Table} table @param {HTMLElement} share */
export function buildControls({ settings, asides, folded = {}, whys }, share) {
  const keys = Object.keys(settings);
  const texts = {
    model: editor({ key: "model", label: settings.model?.label ?? "", rows: "6" }),
    init: editor({ key: "init", label: "initial values, by name", rows: "5", write: (values) => settings.init?.write(values).replaceAll("), ", "),\n") ?? "" }),
  };
  const others = keys.filter((key) => !Object.hasOwn(texts, key));
  const fields = /** @type {Record<string, Field>} */ (/** @type {unknown} */ ({ ...Object.fromEntries(others.map((key) => [key, fieldOf(/** @type {Setting} */ (settings[key]))])), ...texts }));
  const of = (/** @type {string} */ control) => keys.filter((key) => settings[key]?.control === control);
  const elementsOf = (/** @type {string} */ control) => of(control).map((key) => /** @type {Field} */ (fields[key]).element);
  const program = make("details", { class: "own" }, make("summary", {}, "Program"), texts.model.element, texts.init.element);
  const said = Object.fromEntries(Object.keys(whys).map((control) => [control, make("p", { class: "quiet" })]));
  const inner = (/** @type {string} */ control) => [...elementsOf(control), ...(said[control] ? [said[control]] : [])];
  const fold = (/** @type {string} */ control, /** @type {string} */ word) => make("details", { class: "own training" }, make("summary", {}, word), ...inner(control));
  const training = fold("training", "Optimizer, batch, precision");
  const aside = Object.fromEntries(asides.map((control) => [control, folded[control] ? fold(control, folded[control]) : make("div", { class: `aside ${control}` }, ...inner(control))]));
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
      fields[key]?.element.closest("details")?.setAttribute("open", "");
    },
    /** @param {any} state @param {boolean} isRunning */
    show(state, isRunning) {
      keys.forEach((key) => fields[key]?.show(state[key], state));
      keys.forEach((key) => fields[key]?.element.toggleAttribute("hidden", !(settings[key]?.applies?.(state) ?? true)));
      Object.entries(whys).forEach(([control, why]) => setText(/** @type {Element} */ (said[control]), why(state)));
      setText(/** @type {Element} */ (run), isRunning ? "Pause" : "Train");
    },
  };
}
