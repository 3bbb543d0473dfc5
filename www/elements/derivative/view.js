// The view of <downhill-derivative>: the formula with its controls, and the derivative with its
// steps.

import { chainView } from "../../parts/chain.js";
import { choice } from "../../parts/choice.js";
import { make, setText, uniqueId } from "../../parts/dom.js";
import { editor } from "../../parts/editor.js";
import { formula, partial } from "../../parts/formula.js";
import { problemLine, sentence } from "../../parts/problem.js";
import { writeValues } from "../../state/text.js";
import { copyRow } from "./copy.js";
import { pointText } from "./point.js";
import { rootsView } from "./roots.js";
import { derivationView } from "./steps.js";

/** @typedef {import("../../engine/calculate.js").CalculusState} State */

const ORDERS = ["first", "second", "third", "fourth"];

export function calculator() {
  const model = editor({ key: "model", label: "formula, or lines of which the last is differentiated", rows: "3" });
  const by = choice("by", "variable");
  const order = choice("order", "order");
  const init = make("textarea", { id: uniqueId(), rows: "2", autocapitalize: "off", autocomplete: "off", spellcheck: "false" });
  const { line, fail } = problemLine(init);
  const point = make("div", { class: "editor", "data-key": "init" }, make("label", { for: init.id }, "values"), init, line);
  const said = make("p", { class: "said", role: "status" });
  const [of, condition, value] = ["function", "condition", "value"].map((name) => make("p", { class: name }));
  // Parts that may be too wide can be scrolled by keyboard too.
  const result = make("div", { class: "result", tabindex: "0", role: "group", "aria-label": "derivative" });
  const copies = copyRow();
  const chain = chainView();
  const derivation = derivationView();
  const roots = rootsView();
  const button = (/** @type {string} */ action, /** @type {string} */ text) => make("button", { type: "button", "data-action": action }, text);
  const heading = make("h2", {}, "Derivative");
  const chained = make("section", {}, make("h2", {}, "Through the graph"), chain.element);
  const controls = make("div", { class: "side" }, model.element, make("div", { class: "choices" }, by.element, order.element), point, make("div", { class: "buttons" }, button("simplify", "Simplify"), button("roots", "Roots")), said, roots.element);
  const results = make("div", { class: "side" }, heading, /** @type {Node} */ (of), result, /** @type {Node} */ (condition), /** @type {Node} */ (value), copies.element, make("section", {}, make("h2", {}, "Steps"), derivation.element), chained);
  const element = make("div", { class: "sides", part: "derivative" }, controls, results);
  order.offer(ORDERS.map((name, index) => [String(index + 1), name]));

  return {
    element,
    failToStart(/** @type {string} */ message) {
      element.replaceChildren(make("p", { class: "problem general", role: "alert" }, message));
    },
    say: (/** @type {string} */ text) => setText(said, text),

    /** Shows a text as it was given, right or wrong. */
    type(/** @type {string} */ key, /** @type {string} */ text) {
      if (key === "model") {
        model.type(text);
      } else if (key === "init") {
        init.value = text;
      } else {
        (key === "by" ? by : order).choose(text);
      }
    },

    /** Shows a problem at its field; an empty message removes it. */
    fail(/** @type {string} */ key, /** @type {string} */ message, /** @type {number} */ start = NaN, end = start) {
      setText(said, "");
      const place = { model, init: { fail }, by, order }[key];
      Number.isNaN(start) ? place?.fail(message) : model.fail(message, start, end);
    },

    /**
     * @param {import("../../engine/engine.js").Core} core
     * @param {State} state
     * @param {import("../../engine/calculate.js").Calculation} calculation
     */
    show(core, state, calculation) {
      [model, by, order].forEach((control) => control.fail(""));
      roots.clear();
      model.show(state.model);
      by.offer(calculation.names.map((name) => [name, name]));
      by.choose(state.by);
      order.choose(String(state.order));
      init.value ||= writeValues(state.init);
      of?.replaceChildren(formula(`<mi>f</mi><mo>=</mo>${calculation.function.mathml}`, "large"));
      result.replaceChildren(formula(`${whole(core, state)}<mo>=</mo>${calculation.derivative.mathml}`, "large"));
      setText(/** @type {Element} */ (condition), calculation.conditions.length > 0 ? `where ${calculation.conditions.join(" and ")}` : "");
      setText(/** @type {Element} */ (value), sentence(pointText(core, state, calculation)));
      copies.show(calculation.derivative);
      derivation.show(calculation);
      chained.hidden = !calculation.paths.some((path) => path.length > 1);
      if (!chained.hidden) {
        chain.show(core, partial(core.nameMathml(calculation.last), core.nameMathml(state.by)), calculation.paths);
      }
    },

    /** @param {import("../../engine/engine.js").Core} core @param {State} state */
    showRoots: (core, state) => roots.show(core, state),
  };
}

/**
 * `d²f/dw²`
 * @param {import("../../engine/engine.js").Core} core
 * @param {State} state
 */
function whole(core, { by, order }) {
  const raised = (/** @type {string} */ base) => (order > 1 ? `<msup>${base}<mn>${order}</mn></msup>` : base);
  return `<mfrac><mrow>${raised("<mi>d</mi>")}<mi>f</mi></mrow><mrow><mi>d</mi>${raised(core.nameMathml(by))}</mrow></mfrac>`;
}
