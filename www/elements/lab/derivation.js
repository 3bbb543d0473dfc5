// Where a lab's gradient comes from: the chain rule through its program, at the moment.

import { chainView } from "../../parts/chain.js";
import { make, setText } from "../../parts/dom.js";
import { partial } from "../../parts/formula.js";
import { WHOLE } from "../../state/phases.js";

/** The parameters that are explained; each is explained alike. */
const MOST_PARAMETERS = 3;

/** The longest program that is explained in every frame of a drag, in characters. */
const LONGEST_MODEL = 2_000;

export function explanation() {
  const note = make("p", { class: "quiet" });
  const rows = make("div", { class: "chains" });
  const views = Array.from({ length: MOST_PARAMETERS }, chainView);
  const element = make("section", { class: "explanation", part: "derivation" }, make("h2", {}, "Derivation"), rows, note);
  return {
    element,
    /**
     * @param {import("../../engine/lesson.js").Lesson} lesson
     * @param {number} step
     * @param {string} model
     * @param {boolean} told whether both passes are done; before, the numbers would give them away
     */
    show(lesson, step, model, told) {
      element.classList.toggle("untold", !told);
      lesson.read((handle, core) => {
        const leaves = handle.nodes(step, WHOLE).filter(({ operation, name }) => operation === "leaf" && name !== undefined);
        const names = leaves.map(({ name }) => name ?? "");
        const numbers = Float64Array.from(leaves, ({ value }) => value ?? NaN);
        const parameters = model.length > LONGEST_MODEL ? [] : handle.parameters;
        const shown = parameters.slice(0, MOST_PARAMETERS);
        shown.forEach((by, index) => views[index]?.show(core, partial(core.nameMathml(handle.last), core.nameMathml(by)), core.chainRule(model, by, names, numbers)));
        keep(rows, views.slice(0, shown.length).map((view) => view.element));
        setText(note, remark(parameters.length));
      });
    },
  };
}

/**
 * @param {Element} parent
 * @param {Element[]} children
 */
function keep(parent, children) {
  if (parent.children.length !== children.length) {
    parent.replaceChildren(...children);
  }
}

/** @param {number} parameters */
function remark(parameters) {
  if (parameters === 0) {
    return "This program is too long to be explained while it runs.";
  }
  return parameters > MOST_PARAMETERS ? `The other ${parameters - MOST_PARAMETERS} parameters have theirs in the same way.` : "";
}
