// The loss curve and the graph, with the same numbers in words and in a table.

import { make, setText } from "../../parts/dom.js";
import { picture } from "../../parts/picture.js";
import { WHOLE } from "../../state/phases.js";
import { nodeView } from "./graph/node.js";
import { numbersTable } from "./numbers.js";
import { updateLines } from "./update.js";

/** @typedef {import("../../engine/lesson.js").Lesson} Lesson */
/** @typedef {import("../../pkg/core.js").Lesson} Handle */
/** @typedef {import("../../engine/engine.js").Core} Core */

/**
 * @param {() => void} redraw
 * @param {ReturnType<typeof import("./pinned/view.js").compareView>} compare
 */
export function pictures(redraw, compare) {
  const curve = picture("curve", "Loss curve", redraw);
  const graph = picture("graph", "Computational graph", redraw);
  const log = make("input", { type: "checkbox" });
  const ofSample = make("input", { type: "checkbox" });
  const absent = make("p", { class: "problem" });
  let zoom = LEAST_ZOOM;
  const zoomer = (/** @type {string} */ sign, /** @type {string} */ name, /** @type {number} */ factor) => {
    const button = make("button", { type: "button", "aria-label": name }, sign);
    button.addEventListener("click", () => {
      zoom = Math.max(LEAST_ZOOM, Math.min(MOST_ZOOM, zoom * factor));
      redraw();
    });
    return button;
  };
  const update = updateLines();
  const node = nodeView(graph.canvas);
  const table = numbersTable(redraw);

  return {
    update: update.element,
    node,
    table: table.element,
    curve: figure("Loss", [choice(log, "logarithmic"), choice(ofSample, "of the step’s sample"), compare.pin], curve.canvas, compare.element),
    graph: figure("Computational graph", [zoomer("−", "smaller graph", 1 / 1.5), zoomer("+", "larger graph", 1.5)], make("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": "computational graph" }, graph.canvas, absent), node.element),
    pictures: [curve, graph],
    /** Whether the loss of the step's samples is shown alone. */
    ofSample: () => ofSample.checked,
    /** Another program has another graph. */
    forget: () => node.forget(),

    /**
     * Draws everything for a step, and returns the outcome of the run in words.
     * @param {Lesson} lesson
     * @param {number} step
     * @param {number | undefined} place of the step's phase; all of it where there is none
     * @param {import("../../state/settings.js").State} state
     */
    show(lesson, step, place, state) {
      return lesson.read((handle, core) => {
        const axis = log.checked ? core.Axis.Log : core.Axis.Linear;
        const loss = ofSample.checked ? core.Loss.Sample : core.Loss.Mean;
        curve.show(lesson, (handle, _, paper, colours) => handle.drawCurve(paper, colours, { step, axis, loss, ...compare.ghosts() }));
        table.show(() => handle.nodes(step, place ?? WHOLE), handle);
        update.show(handle, core, step, state);
        update.element.classList.toggle("untold", !isTold(handle, place));
        const words = outcome(handle, core, state);
        curve.describe(`Loss curve. ${words}`);
        return words;
      });
    },

    /**
     * Draws the graph for a step, with the node that is chosen.
     * @param {Lesson} lesson
     * @param {number} step
     * @param {number | undefined} place of the step's phase; all of it where there is none
     * @param {import("../../state/settings.js").State} state
     */
    showGraph(lesson, step, place, state) {
      lesson.read((handle) => {
        setText(absent, handle.graphProblem ?? "");
        fit(graph.canvas, handle, graph.size().width, zoom);
        graph.show(lesson, (handle, _, paper, colours) => handle.drawGraph(paper, colours, step, place ?? WHOLE));
        node.show(lesson, step, place ?? WHOLE, state);
        graph.describe(`Computational graph of ${handle.nodes(step, WHOLE).length} nodes. ${isTold(handle, place) ? update.text() : ""}`);
      });
    },
  };
}

/** The update is told when everything before it is. @param {Handle} handle @param {number | undefined} place */
function isTold(handle, place) {
  return place === undefined || place === handle.phaseCounts.reduce((sum, count) => sum + count, 2);
}

/**
 * @param {string} title
 * @param {Node[]} choices
 * @param {Node[]} content
 */
function figure(title, choices, ...content) {
  const head = make("div", { class: "head" }, make("h2", {}, title), ...choices);
  return make("section", { class: "figure" }, head, ...content);
}

/**
 * @param {HTMLInputElement} box
 * @param {string} text
 */
function choice(box, text) {
  return make("label", { class: "choice" }, box, ` ${text}`);
}

/** A graph is drawn smaller than its text would like, down to this part; a narrower place scrolls. */
const LEAST_ZOOM = 0.8;
const MOST_ZOOM = 6;

/**
 * Gives the graph the room that it needs at the width that it has.
 * @param {HTMLCanvasElement} canvas
 * @param {Handle} handle
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

/**
 * @param {Handle} handle
 * @param {Core} core
 * @param {import("../../state/settings.js").State} state
 */
function outcome(handle, core, { epochs }) {
  const short = (/** @type {number | undefined} */ value = NaN) => core.shortNumber(value);
  const [first, last] = handle.meanLosses();
  const weights = handle.parametersBefore(handle.steps);
  const values = handle.parameters.map((name, index) => `${name} = ${short(weights[index])}`);
  const after = `After ${epochs} ${epochs === 1 ? "epoch" : "epochs"}`;
  if (handle.diverged !== undefined) {
    return `The run diverged: after step ${handle.diverged} its numbers are no longer finite.`;
  }
  return `${after} ${values.slice(0, 6).join(", ")}; the mean loss went from ${short(first)} to ${short(last)}.`;
}
