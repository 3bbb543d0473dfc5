// The graph of the program's tensors for the sample that is looked at: values above, gradients below.

import { make, setText } from "../../parts/dom.js";
import { figure } from "../../parts/figure.js";
import { picture } from "../../parts/picture.js";
import { scrolled } from "../../parts/scroll.js";
import { sight } from "../../parts/sight.js";

/** How often it is drawn while training goes on or a person draws, in milliseconds: it is the slowest picture. */
const PAUSE = 250;

/** @typedef {import("./scene.js").AnyScene} Scene */

/** @param {import("./scene.js").HostOf<Scene>} host @returns {import("./scene.js").ViewOf<Scene>} */
export function graphView(host) {
  const graph = picture("graph", "Computational graph", host.redraw);
  const absent = make("p", { class: "problem" });
  const scroll = scrolled("computational graph", graph.canvas, absent);
  const seen = sight(scroll, host.redraw);
  let drawn = -Infinity;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let later;
  return {
    elements: [figure("Computational graph", [], scroll)],
    picture: graph,
    stop() {
      seen.stop();
      clearTimeout(later);
    },
    show({ engine, network, sample, task }) {
      clearTimeout(later);
      if (!seen.isVisible()) {
        return;
      }
      if (performance.now() < drawn + PAUSE) {
        later = setTimeout(host.redraw, PAUSE);
        return;
      }
      drawn = performance.now();
      network.draw((handle) => {
        setText(absent, handle.graphProblem ?? "");
        const height = `${Math.ceil(handle.graphHeight(Math.max(graph.size().width, handle.graphWidth * LEAST_ZOOM)))}px`;
        Object.assign(graph.canvas.style, { height, minWidth: `${Math.ceil(handle.graphWidth * LEAST_ZOOM)}px` });
      });
      const source = { engine, read: (/** @type {any} */ work) => network.draw(work) };
      graph.show(source, (/** @type {import("../../pkg/core.js").Network} */ handle, _, paper, colours) => handle.drawGraph(paper, colours, sample));
      graph.describe(`Computational graph of the program for one sample, ${task.nameOf(sample)}: each edge has the values above it, and the gradients of the loss below.`);
    },
  };
}

/** A graph of tensors may be seen as a whole. */
const LEAST_ZOOM = 0.5;
