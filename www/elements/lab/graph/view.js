// The computational graph at a moment, and the chosen node.

import { make, setText } from "../../../parts/dom.js";
import { figure } from "../../../parts/figure.js";
import { picture } from "../../../parts/picture.js";
import { button } from "../../../parts/private.js";
import { scrolled } from "../../../parts/scroll.js";
import { WHOLE } from "../../../state/phases.js";
import { tensorWords } from "../tensorwords.js";
import { updateText } from "../update.js";
import { nodeView } from "./node.js";

/** The smallest zoom at which a graph is drawn; in a narrower place it scrolls. */
const LEAST_ZOOM = 0.8;
/** One of tensors has fewer nodes with more in them, and may be seen as a whole. */
const LEAST_OF_TENSORS = 0.35;
/** The most nodes that the description of a picture names. */
const MOST_NAMED = 40;
const MOST_ZOOM = 6;

/** @param {import("../scene.js").Host} host @returns {import("../scene.js").View} */
export function graphView({ redraw }) {
  const graph = picture("graph", "Computational graph", redraw);
  const absent = make("p", { class: "problem" });
  const node = nodeView(graph.canvas);
  const scroll = scrolled("computational graph", graph.canvas, absent);
  let zoom = LEAST_ZOOM;
  let least = LEAST_ZOOM;

  /** @param {string} sign @param {string} name @param {number} factor */
  function zoomer(sign, name, factor) {
    return button(sign, () => {
      zoom = Math.max(least, Math.min(MOST_ZOOM, zoom * factor));
      redraw();
    }, { "aria-label": name });
  }

  return {
    elements: [figure("Computational graph", [zoomer("−", "smaller graph", 1 / 1.5), zoomer("+", "larger graph", 1.5)], scroll, node.element)],
    picture: graph,
    editors: { leaf: node },
    show(scene) {
      const { lesson, step, place = WHOLE } = scene;
      scene.read((handle, core) => {
        least = handle.hasTensors ? LEAST_OF_TENSORS : LEAST_ZOOM;
        zoom = Math.max(least, zoom);
        setText(absent, handle.graphProblem ?? "");
        fit(graph.canvas, handle, graph.size().width, zoom);
        graph.show(lesson, (handle, _, paper, colours) => handle.drawGraph(paper, colours, step, place));
        node.show(scene);
        const nodes = handle.nodes(step, place);
        graph.describe(`Computational graph of ${nodes.length} nodes. ${handle.hasTensors ? namesOf(core, nodes) : scene.isTold ? updateText(scene) : ""}`);
      });
    },
  };
}

/**
 * The nodes of a program of tensors in words.
 * @param {import("../../../engine/engine.js").Core} core
 * @param {import("../../../pkg/core.js").GraphNode[]} nodes
 */
function namesOf(core, nodes) {
  const words = (/** @type {import("../../../pkg/core.js").GraphNode} */ { name, operation, shape = [], numbers, gradients }) => {
    const [value, gradient] = [numbers, gradients].map((list) => list && tensorWords(core, shape, list));
    return `${operation === "leaf" ? (name ?? "constant") : operation}${name && operation !== "leaf" ? `, ${name}` : ""}${value ? `: ${value}` : ""}${gradient ? `, gradient ${gradient}` : ""}`;
  };
  return `${nodes.slice(0, MOST_NAMED).map(words).join("; ")}${nodes.length > MOST_NAMED ? "; and others" : ""}.`;
}

/**
 * Sets the height that the graph needs at its width.
 * @param {HTMLCanvasElement} canvas
 * @param {import("../scene.js").Handle} handle
 * @param {number} width
 * @param {number} zoom
 */
function fit(canvas, handle, width, zoom) {
  const minWidth = `${Math.ceil(handle.graphWidth * zoom)}px`;
  const height = `${Math.ceil(handle.graphHeight(width))}px`;
  if (canvas.style.minWidth !== minWidth || canvas.style.height !== height) {
    Object.assign(canvas.style, { minWidth, height });
  }
}
