// The controls: the learning rate, the other sliders, and the settings that are changed less often.

import { make } from "../../parts/dom.js";
import { editor } from "../../parts/editor.js";
import { fieldOf } from "../../parts/field.js";
import { shareView } from "../../parts/share.js";
import { SETTINGS } from "../../state/settings.js";
import { dataView } from "./controls/data/view.js";
import { helpView } from "./controls/help.js";
import { initialValues } from "./controls/initials.js";
import { lossView } from "./controls/loss.js";
import { presetView } from "./controls/preset.js";
import { trainingControls } from "./controls/training.js";

/** @typedef {import("../../state/settings.js").Key} Key */
/** @typedef {Partial<Record<Key, import("../../parts/field.js").Field>>} Fields */

/** The names of the controls, by which `views`, `hide` and `lock` name them. */
export const CONTROLS = /** @type {const} */ (["lr", "lesson", "init", "epochs", "training", "model", "data", "reset", "share"]);

/** Those that stand below the learning rate, above the pictures. @type {string[]} */
const SLIDERS = ["init", "epochs"];

/** @param {import("./scene.js").Host} host */
export function buildControls({ begin, core, state, site }) {
  const [rate, epochs] = [fieldOf(SETTINGS.lr), fieldOf(SETTINGS.epochs)];
  const model = editor({ key: "model", label: SETTINGS.model.label, rows: "3" });
  const loss = lossView(/** @type {HTMLTextAreaElement} */ (model.element.querySelector("textarea")));
  const data = dataView(core);
  const [preset, initial, training] = [presetView(begin), initialValues(), trainingControls()];
  const [share, help] = [shareView("Share this lab", async () => (await import("./controls/folded.js")).snippetsOf(state(), site)), helpView()];
  const own = make("details", { class: "own" }, make("summary", {}, "Model and data"), model.element, loss.element, data.element);
  const reset = make("button", { type: "button", "data-action": "reset" }, "Reset to the deck’s values");
  const buttons = make("div", { class: "buttons" }, share.element, help.button);
  const sliders = make("div", { class: "sliders" }, initial.element, epochs.element);
  const settings = make("div", { class: "settings", part: "controls" }, preset.element, training.element, own, reset, buttons);
  const fields = /** @type {Fields} */ ({ lr: rate, epochs, model, data, ...training.fields });

  return {
    rate: rate.element,
    sliders,
    settings,
    help,
    fields,
    initial,
    forgetPreset: preset.forget,
    /** What is shown and hidden with each control. @type {Record<(typeof CONTROLS)[number], HTMLElement[]>} */
    elements: {
      lr: [rate.element],
      lesson: [preset.element],
      init: [initial.element],
      epochs: [epochs.element],
      training: [training.element],
      model: [model.element, loss.element],
      data: [data.element],
      reset: [reset],
      share: [share.element, help.button],
    },
    /** Elements that are hidden if none of their controls is shown. @type {[HTMLElement, string[]][]} */
    groups: [[own, ["model", "data"]], [training.element, ["training"]], [sliders, SLIDERS], [settings, CONTROLS.filter((name) => name !== "lr" && !SLIDERS.includes(name))]],
    /** Opens what a field is folded into. @param {string} key */
    unfold(key) {
      own.open ||= key === "model" || key === "data";
      training.element.open ||= key in training.fields;
    },
    /** @param {import("./scene.js").Scene} scene */
    show(scene) {
      const { state } = scene;
      initial.show(scene);
      for (const [key, field] of Object.entries(fields)) {
        field.show(state[/** @type {Key} */ (key)], state);
      }
      training.show(state);
      loss.show(scene.read((handle) => handle.missingLoss));
      own.open ||= !loss.element.hidden;
    },
  };
}
