// The node that is chosen, with the pointer or from a list: its formula, value and gradient. The
// value of a leaf can be typed, or dragged in the graph.

import { make, uniqueId } from "../../../parts/dom.js";
import { partial, setFormula } from "../../../parts/formula.js";
import { keepPrivate } from "../../../parts/private.js";
import { problemLine } from "../../../parts/problem.js";
import { WHOLE } from "../../../state/phases.js";
import { initialOf, withInitial } from "../../../state/initial.js";
import { elementAt, partsOf, withElement } from "../../../state/tensor.js";
import { TextError, meansNumber, readNumber } from "../../../state/text.js";
import { tensorMathml } from "../tensorwords.js";

/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("../scene.js").State} State */
/** @typedef {import("../../../pkg/core.js").GraphNode} GraphNode */

/** How far a leaf is dragged for a change of one tenth, in CSS pixels. */
const PIXELS = 4;

/** @param {HTMLCanvasElement} canvas of the graph */
export function nodeView(canvas) {
  const list = keepPrivate(make("select", { "aria-label": "node" }), () => {
    node = Number(list.value);
    describe();
  });
  const text = make("p", { class: "node", part: "node" });
  const input = make("input", { type: "text", id: uniqueId(), inputmode: "decimal", autocomplete: "off", spellcheck: "false", part: "number" });
  const label = make("label", { for: input.id });
  const { line, fail } = problemLine(input);
  const leaf = make("div", { class: "leaf", "data-key": "leaf", hidden: "" }, label, input, line);
  const element = make("div", { class: "nodes" }, list, leaf, text);
  /** @type {{ scene: Scene, sample: number, nodes: GraphNode[] } | undefined} */
  let shown;
  /** The parameters of the graph that is shown: another graph has other nodes. */
  let known = "";
  /** @type {number | undefined} */
  let node;
  /** @type {{ x: number, value: number } | undefined} */
  let drag;
  canvas.addEventListener("pointermove", (event) => (drag ? dragged(event) : pointed(event)));
  canvas.addEventListener("pointerdown", grabbed);
  canvas.addEventListener("pointerup", released);
  canvas.addEventListener("pointercancel", released);

  /** @param {PointerEvent} event */
  function pointed({ offsetX, offsetY }) {
    const found = shown?.scene.read((handle) => handle.nodeAt(offsetX, offsetY, canvas.clientWidth, canvas.clientHeight));
    canvas.classList.toggle("grab", found !== undefined && isLeaf(found));
    if (found !== undefined && found !== node) {
      node = found;
      describe();
    }
    return found;
  }

  /** @param {PointerEvent} event */
  function grabbed(event) {
    const found = pointed(event);
    if (found !== undefined && isLeaf(found)) {
      canvas.setPointerCapture(event.pointerId);
      drag = { x: event.clientX, value: Number(input.value) };
    }
  }

  /** @param {PointerEvent} event */
  function dragged({ clientX }) {
    if (drag) {
      const value = drag.value + Math.round((clientX - drag.x) / PIXELS) / 10;
      input.value = String(Number(value.toPrecision(12)));
      input.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  function released() {
    if (drag) {
      drag = undefined;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }

  /** @param {number} index */
  function isLeaf(index) {
    const found = shown?.nodes[index];
    return found?.operation === "leaf" && found.name !== undefined && (found.shape?.length ?? 0) === 0;
  }

  function describe() {
    const found = node === undefined ? undefined : shown?.nodes[node];
    leaf.hidden = !(node !== undefined && isLeaf(node));
    if (!shown || !found || node === undefined) {
      return;
    }
    const { nodes, scene: { lesson, step, parameters, state } } = shown;
    const index = node;
    const value = valueOf(state, found.name ?? "");
    if (!meansNumber(input.value, value)) {
      input.value = String(value);
      fail("");
    }
    list.value = String(index);
    label.textContent = parameters.includes(found.name ?? "") ? `initial ${found.name}` : `${found.name} of this sample`;
    lesson.read((handle, core) => setFormula(text, formulaOf(core, handle, nodes, step, index)));
  }

  /** @param {State} state @param {string} name */
  function valueOf(state, name) {
    const [column, index] = partsOf(name);
    const sample = Object.hasOwn(state.data, column) ? state.data[column]?.[shown?.sample ?? 0] : undefined;
    return elementAt(sample, index) ?? initialOf(state.init, name) ?? shown?.scene.initial[name] ?? 1;
  }

  return {
    element,
    fail,
    /** @param {Scene} scene */
    show(scene) {
      const { step, place = WHOLE, parameters } = scene;
      if (known !== parameters.join()) {
        known = parameters.join();
        forget();
      }
      shown = scene.read((handle) => ({ scene, sample: handle.samplesOf(step)[0] ?? 0, nodes: handle.nodes(step, place) }));
      if (list.length !== shown.nodes.length + 1) {
        list.replaceChildren(make("option", { value: "" }, "choose a node"), ...shown.nodes.map((node, index) => make("option", { value: String(index) }, `${node.name ?? node.operation}${node.operation === "leaf" || !node.name ? "" : ` (${node.operation})`}`)));
      }
      describe();
    },
    /**
     * What a typed or dragged leaf changes: a number of the data, or an initial value.
     * @param {EventTarget | null} _target
     * @param {State} state
     * @returns {import("../scene.js").Change}
     */
    edit(_target, state) {
      const name = shown?.nodes[node ?? -1]?.name ?? "";
      const isData = Object.hasOwn(state.data, partsOf(name)[0]);
      return { keys: [isData ? "data" : "init"], read: () => changed(state, name, isData) };
    },
  };

  function forget() {
    node = undefined;
    leaf.hidden = true;
    list.replaceChildren();
    text.removeAttribute("data-formula");
    text.textContent = "Point at a node, or drag a leaf.";
  }

  /** @param {State} state @param {string} name @param {boolean} isData */
  function changed(state, name, isData) {
    try {
      const value = readNumber(input.value);
      fail("");
      if (!isData) {
        return { init: withInitial(state.init, name, value, shown?.scene.initial) };
      }
      const [column, index] = partsOf(name);
      return { data: { ...state.data, [column]: Array.from(state.data[column] ?? [], (old, row) => (row === shown?.sample ? withElement(old, index, value) : old)) } };
    } catch (error) {
      throw error instanceof TextError ? new TextError(error.message, "leaf") : error;
    }
  }
}

/**
 * `ŷ = x w = 1 · 1 = 1, ∂loss/∂ŷ = −2`
 * @param {import("../../../engine/engine.js").Core} core
 * @param {import("../../../pkg/core.js").Lesson} handle
 * @param {GraphNode[]} nodes with what is known
 * @param {number} step
 * @param {number} index
 */
function formulaOf(core, handle, nodes, step, index) {
  const node = /** @type {GraphNode} */ (nodes[index]);
  if (node.shape) {
    return formulaOfTensor(core, handle, nodes, step, index);
  }
  const number = (/** @type {number} */ value) => `<mn>${core.shortNumber(value)}</mn>`;
  const operations = nodes.filter(({ operation }) => operation !== "leaf").length;
  const { of = "", formula, numbers } = handle.explain(step, index - (nodes.length - operations) + 1);
  const isLeaf = node.operation === "leaf";
  const name = isLeaf ? (node.name === undefined ? "" : core.nameMathml(node.name)) : node.name === undefined ? "" : of;
  const value = node.value === null ? formula : isLeaf ? number(node.value) : `${formula}<mo>=</mo>${numbers}<mo>=</mo>${number(node.value)}`;
  const by = name || (isLeaf ? "" : `<mrow><mo>(</mo>${of}<mo>)</mo></mrow>`);
  const gradient = node.gradient === null || by === "" ? "" : `<mo>,</mo><mspace width="1em"></mspace>${partial(core.nameMathml(handle.last), by)}<mo>=</mo>${number(node.gradient)}`;
  return `${name}${name && "<mo>=</mo>"}${value}${gradient}`;
}

/**
 * `k = relu(h): shape (8, 4, 4), from 0 to 2, ∂loss/∂k: shape (8, 4, 4), from −1 to 1`
 * @param {import("../../../engine/engine.js").Core} core
 * @param {import("../../../pkg/core.js").Lesson} handle
 * @param {GraphNode[]} nodes
 * @param {number} step
 * @param {number} index
 */
function formulaOfTensor(core, handle, nodes, step, index) {
  const { name, operation, shape = [], numbers, gradients } = /** @type {GraphNode} */ (nodes[index]);
  const leaves = nodes.filter(({ operation }) => operation === "leaf").length;
  const { of = "", formula = "" } = operation === "leaf" ? {} : handle.explain(step, index - leaves + 1);
  const own = name === undefined ? "" : core.nameMathml(name);
  const head = operation === "leaf" ? own : `${own}${own && "<mo>=</mo>"}${formula}`;
  const value = numbers ? tensorMathml(core, shape, numbers) : "";
  const gradient = gradients ? `<mo>,</mo><mspace width="1em"></mspace>${partial(core.nameMathml(handle.last), own || of)}${tensorMathml(core, shape, gradients)}` : "";
  return `${head}${value}${gradient}`;
}
