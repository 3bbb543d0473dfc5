// The update of a step in numbers, each in the colour of its quantity:
// w ← w − α · ∂loss/∂w = 1 − 0.01 · (−2) = 1.02, or where the optimizer does more than that
// w ← Adam(w, ∂loss/∂w) = Adam(1, −2) = 1.01.

import { OPTIMIZER_NAMES } from "../../engine/options.js";
import { make, setText } from "../../parts/dom.js";

/** @typedef {import("../../state/settings.js").State} State */

/** The updates that are shown; a model of more parameters has the others in its run. */
const MOST_LINES = 6;

export function updateLines() {
  const element = make("div", { class: "update" });
  const more = make("p");
  /** @type {ReturnType<typeof line>[]} */
  let lines = [];
  let names = "";

  /** @param {string[]} parameters @param {string} rule */
  function keepLines(parameters, rule) {
    if ([rule, ...parameters].join("\n") !== names) {
      names = [rule, ...parameters].join("\n");
      lines = parameters.slice(0, MOST_LINES).map((parameter) => line(parameter, rule));
      const hidden = parameters.length - lines.length;
      setText(more, hidden > 0 ? `and ${hidden} more ${hidden === 1 ? "parameter" : "parameters"}` : "");
      element.replaceChildren(...lines.map((line) => line.element), more);
    }
  }

  return {
    element,
    /**
     * @param {import("../../pkg/core.js").Lesson} handle
     * @param {import("../../engine/engine.js").Core} core
     * @param {number} step
     * @param {State} state
     */
    show(handle, core, step, state) {
      const [before, gradients, after] = [handle.parametersBefore(step), handle.gradientOf(step), handle.parametersBefore(step + 1)];
      keepLines(handle.parameters, ruleOf(state));
      lines.forEach((line, index) => line.show(core, [before[index] ?? NaN, handle.rateOf(step), gradients[index] ?? NaN, after[index] ?? NaN]));
    },
    /** The same as a text. */
    text: () => [...element.children].map((child) => child.textContent).join("; "),
  };
}

/** The name of an optimizer that does more than plain gradient descent, else nothing. @param {State} state */
function ruleOf({ optimizer, momentum = 0, weightDecay = 0 }) {
  const plain = optimizer === "sgd" && momentum === 0 && weightDecay === 0;
  return plain ? "" : (OPTIMIZER_NAMES[/** @type {keyof typeof OPTIMIZER_NAMES} */ (optimizer)] ?? optimizer);
}

/** @param {string} parameter @param {string} rule */
function line(parameter, rule) {
  const numbers = ["parameter", "rate", "gradient", "parameter"].map((quantity) => make("output", { class: quantity }));
  const [before = "", rate = "", gradient = "", after = ""] = numbers;
  const name = () => make("var", { class: "parameter" }, parameter);
  const slope = make("var", { class: "gradient" }, `∂loss/∂${parameter}`);
  const element = rule
    ? make("p", {}, name(), ` ← ${rule}(`, name(), ", ", slope, `) = ${rule}(`, before, ", ", gradient, ") = ", after)
    : make("p", {}, name(), " ← ", name(), " − ", make("var", { class: "rate" }, "α"), " · ", slope, " = ", before, " − ", rate, " · ", gradient, " = ", after);
  return {
    element,
    /**
     * @param {import("../../engine/engine.js").Core} core
     * @param {number[]} values
     */
    show(core, values) {
      numbers.forEach((number, index) => {
        const [value, text] = [values[index] ?? NaN, core.shortNumber(values[index] ?? NaN)];
        setText(number, !rule && index > 0 && index < 3 && text.startsWith("−") ? `(${text})` : text);
        number.title = String(value);
      });
    },
  };
}
