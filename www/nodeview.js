// The node that is pointed at: what it computes, its value and its gradient.

import { make } from "./dom.js";
import { setFormula } from "./formula.js";

/** @typedef {import("./lesson.js").Lesson} Lesson */

/** @param {HTMLCanvasElement} canvas of the graph */
export function nodeView(canvas) {
  const element = make("p", { class: "node", part: "node" });
  /** @type {{ lesson: Lesson, step: number, place: number } | undefined} */
  let shown;
  /** @type {number | undefined} */
  let node;
  canvas.addEventListener("pointermove", pointed);
  canvas.addEventListener("pointerdown", pointed);

  /** @param {PointerEvent} event */
  function pointed({ offsetX, offsetY }) {
    const found = shown?.lesson.read((handle) => handle.nodeAt(offsetX, offsetY, canvas.clientWidth, canvas.clientHeight));
    if (found !== undefined && found !== node) {
      node = found;
      describe();
    }
  }

  function describe() {
    if (shown && node !== undefined) {
      const { lesson, step, place } = shown;
      const index = node;
      lesson.read((handle, core) => setFormula(element, formulaOf(core, handle, handle.nodes(step, place), step, index)));
    }
  }

  return {
    element,
    /** @param {Lesson} lesson @param {number} step @param {number} place of the step's phase */
    show(lesson, step, place) {
      shown = { lesson, step, place };
      describe();
    },
    /** Another graph has other nodes. */
    forget() {
      node = undefined;
      setFormula(element, "<mtext>Point at a node to see what it computes.</mtext>");
    },
  };
}

/**
 * `ŷ = x w = 1 · 1 = 1, ∂loss/∂ŷ = −2`
 * @param {import("./engine.js").Core} core
 * @param {import("./pkg/core.js").Lesson} handle
 * @param {import("./pkg/core.js").GraphNode[]} nodes with what is known
 * @param {number} step
 * @param {number} index
 */
function formulaOf(core, handle, nodes, step, index) {
  const node = nodes[index];
  if (!node) {
    return "<mtext>Point at a node to see what it computes.</mtext>";
  }
  const number = (/** @type {number} */ value) => `<mn>${core.shortNumber(value)}</mn>`;
  const operations = nodes.filter(({ operation }) => operation !== "leaf").length;
  const { of = "", formula, numbers } = handle.explain(step, index - (nodes.length - operations) + 1);
  const isLeaf = node.operation === "leaf";
  const name = isLeaf ? (node.name === undefined ? "" : core.nameMathml(node.name)) : node.name === undefined ? "" : of;
  const value = node.value === null ? formula : isLeaf ? number(node.value) : `${formula}<mo>=</mo>${numbers}<mo>=</mo>${number(node.value)}`;
  const by = name || (isLeaf ? "" : `<mrow><mo>(</mo>${of}<mo>)</mo></mrow>`);
  const gradient = node.gradient === null || by === "" ? "" : `<mo>,</mo><mspace width="1em"></mspace><mfrac><mrow><mo>∂</mo>${core.nameMathml(handle.last)}</mrow><mrow><mo>∂</mo>${by}</mrow></mfrac><mo>=</mo>${number(node.gradient)}`;
  return `${name}${name && "<mo>=</mo>"}${value}${gradient}`;
}
