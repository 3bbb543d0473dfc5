// The update of a step in numbers, each in the colour of its quantity:
// w ← w − α · ∂loss/∂w = 1 − 0.01 · (−2) = 1.02.

import { make, setText } from "./dom.js";

/** The updates that are shown; a model of more parameters has the others in its run. */
const MOST_LINES = 6;

export function updateLines() {
  const element = make("div", { class: "update" });
  const more = make("p");
  /** @type {ReturnType<typeof line>[]} */
  let lines = [];
  let names = "";

  /** @param {string[]} parameters */
  function keepLines(parameters) {
    if (parameters.join("\n") !== names) {
      names = parameters.join("\n");
      lines = parameters.slice(0, MOST_LINES).map(line);
      const hidden = parameters.length - lines.length;
      setText(more, hidden > 0 ? `and ${hidden} more ${hidden === 1 ? "parameter" : "parameters"}` : "");
      element.replaceChildren(...lines.map((line) => line.element), more);
    }
  }

  return {
    element,
    /**
     * @param {import("./pkg/core.js").Lesson} handle
     * @param {import("./engine.js").Core} core
     * @param {number} step
     * @param {number} lr
     */
    show(handle, core, step, lr) {
      const [before, gradients, after] = [handle.parametersBefore(step), handle.gradientOf(step), handle.parametersBefore(step + 1)];
      keepLines(handle.parameters);
      lines.forEach((line, index) => line.show(core, [before[index] ?? NaN, lr, gradients[index] ?? NaN, after[index] ?? NaN]));
    },
    /** The same as a text. */
    text: () => [...element.children].map((child) => child.textContent).join("; "),
  };
}

/** @param {string} parameter */
function line(parameter) {
  const numbers = ["parameter", "rate", "gradient", "parameter"].map((quantity) => make("output", { class: quantity }));
  const [before = "", rate = "", gradient = "", after = ""] = numbers;
  const name = () => make("var", { class: "parameter" }, parameter);
  const slope = make("var", { class: "gradient" }, `∂loss/∂${parameter}`);
  const element = make("p", {}, name(), " ← ", name(), " − ", make("var", { class: "rate" }, "α"), " · ", slope, " = ", before, " − ", rate, " · ", gradient, " = ", after);
  return {
    element,
    /**
     * @param {import("./engine.js").Core} core
     * @param {number[]} values
     */
    show(core, values) {
      numbers.forEach((number, index) => {
        const [value, text] = [values[index] ?? NaN, core.shortNumber(values[index] ?? NaN)];
        setText(number, index > 0 && index < 3 && text.startsWith("−") ? `(${text})` : text);
        number.title = String(value);
      });
    },
  };
}
