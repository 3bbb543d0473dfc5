// The view of <downhill-autograd>: the program, its tensors as grids from left to right, the paths
// to a picked element, and all tensors as printed by PyTorch.

import { make, setText } from "../../parts/dom.js";
import { editor } from "../../parts/editor.js";
import { formula } from "../../parts/formula.js";
import { grid, indexText } from "../../parts/grid.js";
import { sentence } from "../../parts/problem.js";

/** @typedef {import("../../pkg/core.js").TensorNode} TensorNode */
/** @typedef {import("../../pkg/core.js").TensorPaths} TensorPaths */
/** @typedef {{ tensor: number, element: number }} Pick */

export function tensorView() {
  const model = editor({ key: "model", label: "program; its last line is one number", rows: "5" });
  const backward = make("button", { type: "button", "data-action": "backward", "aria-pressed": "true" }, "backward");
  const problem = make("p", { class: "problem general", role: "alert" });
  const note = make("p", { class: "said" });
  const graph = make("div", { class: "tensors", role: "group", "aria-label": "computational graph of tensors", tabindex: "0" });
  // A long path scrolls, so that keys must reach it.
  const way = make("div", { class: "way", role: "status", part: "way", tabindex: "0" });
  const printed = make("pre", { tabindex: "0", role: "group", "aria-label": "printed tensors", part: "printed" });
  const controls = make("div", { class: "side" }, model.element, make("div", { class: "buttons" }, backward));
  const results = make("div", { class: "side" }, problem, make("h2", {}, "Tensors"), graph, note, way, make("details", { class: "prints", open: "" }, make("summary", {}, "Printed as PyTorch prints it"), printed));
  const element = make("div", { class: "sides", part: "autograd" }, controls, results);

  return {
    element,
    failToStart(/** @type {string} */ message) {
      element.replaceChildren(make("p", { class: "problem general", role: "alert" }, message));
    },
    type: (/** @type {string} */ text) => model.type(text),
    fail: model.fail,
    /** Shows a problem of a setting that has no control. */
    say: (/** @type {string} */ text) => setText(problem, text && sentence(text)),

    /**
     * @param {import("../../engine/engine.js").Core} core
     * @param {{ model: string, backward: boolean }} state
     * @param {TensorNode[]} nodes
     * @param {Pick | undefined} pick
     * @param {string | undefined} refused why there are no gradients
     */
    show(core, state, nodes, pick, refused) {
      model.fail("");
      model.show(state.model);
      backward.setAttribute("aria-pressed", String(state.backward));
      setText(problem, state.backward && refused ? sentence(refused) : "");
      const focused = /** @type {ShadowRoot} */ (graph.getRootNode()).activeElement?.getAttribute("data-pick");
      graph.replaceChildren(...columns(nodes).map((column) => make("div", { class: "column" }, ...column.map((place) => card(core, nodes, place, pick)))));
      /** @type {HTMLElement | null} */ (focused && graph.querySelector(`[data-pick="${focused}"]`))?.focus();
      setText(note, remarks(nodes, state.backward && !refused));
      setText(printed, nodes.map((node) => prints(node, state.backward && !refused)).join("\n"));
    },

    /**
     * The paths from the output to the picked element, in symbols and in numbers.
     * @param {import("../../engine/engine.js").Core} core
     * @param {TensorNode[]} nodes
     * @param {Pick | undefined} pick
     * @param {TensorPaths | undefined} found
     */
    showWay(core, nodes, pick, found) {
      const node = pick && nodes[pick.tensor];
      if (!node || !found || found.paths.length === 0 || !node.gradient) {
        way.replaceChildren(make("p", { class: "quiet" }, "Pick an element to follow its gradient from the output."));
        return;
      }
      const total = core.shortNumber(node.gradient[pick.element] ?? NaN);
      const title = `${node.name}${indexText(node.shape, pick.element)}`;
      const plus = "<mo>+</mo>";
      const symbols = found.paths.map((path) => path.map(({ symbol }) => symbol).join("<mo>⋅</mo>") || "<mn>1</mn>").join(plus);
      const factors = found.paths.map((path) => path.map((link) => factor(core, link)).join("<mo>⋅</mo>") || "<mn>1</mn>").join(plus);
      const numbers = found.paths.map((path) => path.map(({ value }) => bracketed(core.shortNumber(value))).join(" · ") || "1").join(" + ");
      const more = found.cut ? " + …" : "";
      way.replaceChildren(make("p", { class: "quiet" }, `The gradient of ${title}`), formula(`${symbols}<mo>=</mo>${factors}`, "large"), make("p", { class: "chain-numbers" }, `= ${numbers}${more} = ${total}`));
    },
  };
}

/** @param {import("../../engine/engine.js").Core} core @param {import("../../pkg/core.js").TensorLink} link */
function factor(core, { mathml, value }) {
  if (mathml === undefined) {
    return fraction(core, value);
  }
  return /<mo>[+−]/.test(mathml) ? `<mrow><mo>(</mo>${mathml}<mo>)</mo></mrow>` : mathml;
}

/** Writes the reciprocal of a whole number, as in a mean, as a fraction. @param {import("../../engine/engine.js").Core} core @param {number} value */
function fraction(core, value) {
  const below = Math.round(1 / value);
  return below > 1 && 1 / below === value ? `<mfrac><mn>1</mn><mn>${below}</mn></mfrac>` : `<mn>${core.shortNumber(value)}</mn>`;
}

/** @param {string} text */
function bracketed(text) {
  return text.startsWith("−") ? `(${text})` : text;
}

/**
 * The tensors in columns: each is to the right of all tensors that it uses.
 * @param {TensorNode[]} nodes
 */
function columns(nodes) {
  /** @type {number[]} */
  const depths = [];
  nodes.forEach(({ inputs }) => depths.push(Math.max(-1, ...inputs.map((input) => depths[input] ?? 0)) + 1));
  return Array.from({ length: Math.max(0, ...depths) + 1 }, (_, depth) => depths.flatMap((own, place) => (own === depth ? [place] : [])));
}

/**
 * @param {import("../../engine/engine.js").Core} core
 * @param {TensorNode[]} nodes
 * @param {number} place
 * @param {Pick | undefined} pick
 */
function card(core, nodes, place, pick) {
  const node = /** @type {TensorNode} */ (nodes[place]);
  const code = make("code", {}, node.text === undefined ? node.name : `${node.name} = ${node.text}`);
  return make("div", { class: node.leaf ? "tensor leaf" : "tensor" }, code, grid(core, node, place, pick));
}

/**
 * Remarks: leaves without a gradient, and the first tensor with a number that is not finite.
 * @param {TensorNode[]} nodes
 * @param {boolean} backward
 */
function remarks(nodes, backward) {
  const unused = nodes.filter(({ leaf, gradient, value }) => backward && leaf && !gradient && value.length > 0).map(({ name }) => name);
  const broken = nodes.find(({ value }) => value.some((number) => !Number.isFinite(number)));
  const alone = unused.length > 0 ? `The output does not depend on ${unused.join(", ")}: no gradient.` : "";
  return [alone, broken ? `Numbers stop being finite in ${broken.name}.` : ""].filter(Boolean).join(" ");
}

/** @param {TensorNode} node @param {boolean} backward */
function prints({ name, printed, printedGradient }, backward) {
  const indented = (/** @type {string} */ label, /** @type {string} */ text) => `${label}${text.replaceAll("\n", `\n${" ".repeat(label.length)}`)}`;
  const value = indented(`${name} = `, printed);
  return backward ? `${value}\n${indented(`${name}.grad = `, printedGradient ?? "None")}` : value;
}
