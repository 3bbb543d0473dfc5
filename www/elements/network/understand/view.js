// Understanding a network: what it confuses, where it is most wrong, what excites its filters, and
// what a convolution does with its numbers.

import { make } from "../../../parts/dom.js";
import { filtersPanel } from "./filters.js";
import { matrixPanel } from "./matrix.js";
import { mistakesPanel } from "./mistakes.js";
import { stepperPanel } from "./stepper.js";
import { surveys } from "./survey.js";

/** @param {import("../scene.js").Host} host @returns {import("../scene.js").View} */
export function understandView(host) {
  const shared = surveys(host);
  const filters = filtersPanel(host);
  const stepper = stepperPanel(host);
  const panels = [matrixPanel(host, shared), mistakesPanel(host, shared), filters, stepper];
  return {
    elements: [make("section", { class: "figure insights" }, make("h2", {}, "Understand"), ...panels.map(({ element }) => element))],
    /** One panel a frame, so that no frame becomes long. */
    show: (scene) => void (panels.some((panel) => panel.show(scene)) && host.redraw()),
    stop: () => [shared, filters, stepper].forEach(({ stop }) => stop()),
  };
}
