// The derivation of a lab's gradient: the chain rule through its program, at the moment.

import { chainView } from "../../parts/chain.js";
import { make, setText } from "../../parts/dom.js";
import { partial } from "../../parts/formula.js";
import { WHOLE } from "../../state/phases.js";

/** The parameters that are explained; each is explained alike. */
const MOST_PARAMETERS = 3;

/** The longest program that is explained in every frame of a drag, in characters. */
const LONGEST_MODEL = 2_000;

const OF_TENSORS = "A derivation in symbols is shown for programs of single numbers; the graph and the update show this program with its numbers.";

/** @returns {import("./scene.js").View} */
export function derivationView() {
  const note = make("p", { class: "quiet" });
  const rows = make("div", { class: "chains" });
  const views = Array.from({ length: MOST_PARAMETERS }, chainView);
  const element = make("section", { class: "explanation", part: "derivation" }, make("h2", {}, "Derivation"), rows, note);
  return {
    elements: [element],
    show(scene) {
      element.classList.toggle("untold", !scene.isTold);
      const { step, state: { model } } = scene;
      scene.read((handle, core) => {
        const leaves = handle.nodes(step, WHOLE).filter(({ operation, name }) => operation === "leaf" && name !== undefined);
        const names = leaves.map(({ name }) => name ?? "");
        const numbers = Float64Array.from(leaves, ({ value }) => value ?? NaN);
        const hasTensors = handle.parameters.some((name) => name.endsWith("]")) || core.hasTensors(model);
        const parameters = hasTensors || model.length > LONGEST_MODEL ? [] : handle.parameters;
        const shown = parameters.slice(0, MOST_PARAMETERS);
        shown.forEach((by, index) => views[index]?.show(core, partial(core.nameMathml(handle.last), core.nameMathml(by)), core.chainRule(model, by, names, numbers)));
        keep(rows, views.slice(0, shown.length).map((view) => view.element));
        setText(note, hasTensors ? OF_TENSORS : remark(parameters.length));
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
  const others = parameters - MOST_PARAMETERS;
  return others > 0 ? `The ${others === 1 ? "other parameter has its" : `other ${others} parameters have their`} derivation in the same way.` : "";
}
