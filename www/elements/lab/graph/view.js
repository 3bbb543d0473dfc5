// The computational graph at a moment, and the chosen node.

import { make, setText } from "../../../parts/dom.js";
import { figure } from "../../../parts/figure.js";
import { picture } from "../../../parts/picture.js";
import { button } from "../../../parts/private.js";
import { WHOLE } from "../../../state/phases.js";
import { updateText } from "../update.js";
import { nodeView } from "./node.js";

/** The smallest zoom at which a graph is drawn; in a narrower place it scrolls. */
const LEAST_ZOOM = 0.8;
const MOST_ZOOM = 6;

/** @param {import("../scene.js").Host} host @returns {import("../scene.js").View} */
export function graphView({ redraw }) {
  const graph = picture("graph", "Computational graph", redraw);
  const absent = make("p", { class: "problem" });
  const node = nodeView(graph.canvas);
  const scroll = make("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": "computational graph" }, graph.canvas, absent);
  let zoom = LEAST_ZOOM;

  /** @param {string} sign @param {string} name @param {number} factor */
  function zoomer(sign, name, factor) {
    return button(sign, () => {
      zoom = Math.max(LEAST_ZOOM, Math.min(MOST_ZOOM, zoom * factor));
      redraw();
    }, { "aria-label": name });
  }

  return {
    elements: [figure("Computational graph", [zoomer("−", "smaller graph", 1 / 1.5), zoomer("+", "larger graph", 1.5)], scroll, node.element)],
    picture: graph,
    editors: { leaf: node },
    show(scene) {
      const { lesson, step, place = WHOLE } = scene;
      scene.read((handle) => {
        setText(absent, handle.graphProblem ?? "");
        fit(graph.canvas, handle, graph.size().width, zoom);
        graph.show(lesson, (handle, _, paper, colours) => handle.drawGraph(paper, colours, step, place));
        node.show(scene);
        graph.describe(`Computational graph of ${handle.nodes(step, WHOLE).length} nodes. ${scene.isTold ? updateText(scene) : ""}`);
      });
    },
  };
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
