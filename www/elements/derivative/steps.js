// The steps of a derivative: as lines of one formula, in which every pending derivative can show
// its calculation, and as a tree that folds.

import { make, uniqueId } from "../../parts/dom.js";
import { formula } from "../../parts/formula.js";
import { treeView } from "../../parts/tree.js";

/** @typedef {import("../../engine/calculate.js").Calculation} Calculation */
/** @typedef {import("../../engine/calculate.js").Step} Step */

export function derivationView() {
  const lines = make("ol", { class: "lines", part: "lines" });
  const detail = make("div", { class: "detail", id: uniqueId(), role: "status" });
  const tree = treeView("steps of the derivative", row);
  const element = make("div", { class: "derivation" }, lines, detail, make("details", { class: "all-steps" }, make("summary", {}, "All steps"), tree.element));
  /** @type {Calculation | undefined} */
  let shown;

  lines.addEventListener("pointerover", explain);
  lines.addEventListener("focusin", explain);
  lines.addEventListener("click", explain);

  /** @param {Event} event */
  function explain(event) {
    const asked = /** @type {Element} */ (event.target).closest("[data-step]");
    const index = Number(asked?.getAttribute("data-step"));
    const step = asked && shown?.steps[index];
    if (step) {
      lines.querySelectorAll(".asked").forEach((other) => other.classList.remove("asked"));
      asked.closest("li")?.querySelectorAll(`.derivative[data-step="${index}"]`).forEach((pending) => pending.classList.add("asked"));
      const value = valueOf(index);
      const reason = `${step.rule}: ${step.reason}.${value && ` Its value is ${value}.`}`;
      detail.replaceChildren(make("p", {}, equation(step.before.mathml, step.after.mathml)), make("p", { class: "reason" }, reason));
    }
  }

  /**
   * A line. For keyboards and screen readers buttons follow it, because they can't reach the parts
   * of a formula.
   * @param {string} mathml
   */
  function line(mathml) {
    const row = make("li", {}, formula(mathml));
    const pending = [...row.querySelectorAll(".derivative")].map((part) => part.getAttribute("data-step"));
    const buttons = [...new Set(pending)].map((index) => {
      const step = shown?.steps[Number(index)];
      return make("button", { type: "button", class: "ask", "data-step": index ?? undefined }, `how the derivative of ${step?.before.text} is calculated: ${step?.rule}`);
    });
    row.append(...buttons);
    return row;
  }

  /** @param {number} index */
  function valueOf(index) {
    const value = shown?.values?.steps[index];
    return value === undefined || Number.isNaN(value) ? "" : String(value).replace("-", "−");
  }

  /**
   * @param {string} before
   * @param {string} after
   */
  function equation(before, after) {
    return formula(`${derivativeOf(before)}<mo>=</mo>${after}`);
  }

  /** @param {string} inside */
  function derivativeOf(inside) {
    return `<mrow>${shown?.symbol ?? ""}<mrow><mo>[</mo>${inside}<mo>]</mo></mrow></mrow>`;
  }

  /** @param {number} index */
  function row(index) {
    const step = /** @type {Step} */ (shown?.steps[index]);
    const value = valueOf(index);
    return {
      content: [equation(step.before.mathml, step.result.mathml), make("span", { class: "reason" }, value === "" ? step.rule : `${step.rule} · ${value}`)],
      label: `${step.rule}: the derivative of ${step.before.text} is ${step.result.text}; ${step.reason}`,
      below: [...new Set(step.parts)],
    };
  }

  return {
    element,
    /** @param {Calculation} calculation */
    show(calculation) {
      shown = calculation;
      detail.replaceChildren(make("p", { class: "quiet" }, "Point at a derivative that is not calculated yet, or go to it with the Tab key, to see how it is calculated."));
      lines.replaceChildren(...calculation.lines.map(({ mathml }, index) => line(index > 0 ? `<mo>=</mo>${mathml}` : mathml)));
      tree.show(calculation.steps.length - 1);
    },
  };
}
