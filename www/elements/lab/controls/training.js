// The optimizer, batch and schedule: a field for every setting of this part of the table.

import { make } from "../../../parts/dom.js";
import { fieldOf } from "../../../parts/field.js";
import { KEYS, SETTINGS } from "../../../state/settings.js";

/** @typedef {import("../../../state/settings.js").Key} Key */

export function trainingControls() {
  const keys = KEYS.filter((key) => SETTINGS[key].control === "training");
  const fields = /** @type {Partial<Record<Key, import("../../../parts/field.js").Field>>} */ (Object.fromEntries(keys.map((key) => [key, fieldOf(SETTINGS[key])])));
  const rows = keys.map((key) => /** @type {import("../../../parts/field.js").Field} */ (fields[key]).element);
  return {
    element: make("details", { class: "own training" }, make("summary", {}, "Optimizer, batch, schedule"), ...rows),
    fields,
    /** Hides the fields that have no effect with the other settings. @param {import("../scene.js").State} state */
    show: (state) => keys.forEach((key, index) => /** @type {HTMLElement} */ (rows[index]).toggleAttribute("hidden", !(SETTINGS[key].applies?.(state) ?? true))),
  };
}
