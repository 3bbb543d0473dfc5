// The loss curve and the graph, with the same numbers in words and in a table.

import { make, setText } from "./dom.js";
import { picture } from "./picture.js";
import { readTheme } from "./theme.js";

/** @typedef {import("./lesson.js").Lesson} Lesson */
/** @typedef {import("./pkg/core.js").Lesson} Handle */
/** @typedef {import("./engine.js").Core} Core */

/** @param {() => void} redraw */
export function pictures(redraw) {
  const curve = picture("curve", redraw);
  const graph = picture("graph", redraw);
  const log = make("input", { type: "checkbox" });
  const ofSample = make("input", { type: "checkbox" });
  const update = make("p", { class: "update" });
  const absent = make("p", { class: "problem" });
  const rows = make("tbody");
  const heads = ["node", "operation", "value", "gradient"].map((name) => make("th", { scope: "col" }, name));
  const table = make("details", { class: "numbers" }, make("summary", {}, "The graph’s numbers as a table"), make("table", {}, make("thead", {}, make("tr", {}, ...heads)), rows));
  /** @type {{ handle: import("./pkg/core.js").Theme, ratio: number, generation: number } | undefined} */
  let theme;

  /**
   * @param {Lesson} lesson
   * @param {Core} core
   */
  function currentTheme(lesson, core) {
    const [ratio, generation] = [globalThis.devicePixelRatio, lesson.engine.generation];
    if (theme?.ratio !== ratio || theme.generation !== generation) {
      const { colours, font } = readTheme(curve.canvas);
      theme = { handle: new core.Theme(colours, font, ratio), ratio, generation };
    }
    return theme;
  }

  return {
    update,
    table,
    curve: figure("Loss", [choice(log, "logarithmic"), choice(ofSample, "of the step’s sample")], curve.canvas),
    graph: figure("Computational graph", [], make("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": "computational graph" }, graph.canvas, absent)),
    themeChanged: () => { theme = undefined; },
    free() {
      curve.disconnect();
      graph.disconnect();
      theme = undefined;
    },

    /**
     * Draws everything for a step, and returns the outcome of the run in words.
     * @param {Lesson} lesson
     * @param {number} step
     * @param {import("./state.js").State} state
     */
    show(lesson, step, state) {
      return lesson.read((handle, core) => {
        const { handle: colours, ratio } = currentTheme(lesson, core);
        setText(absent, handle.graphProblem ?? "");
        fit(graph.canvas, handle, graph.width());
        if (curve.prepare(ratio)) {
          const axis = log.checked ? core.Axis.Log : core.Axis.Linear;
          handle.drawCurve(curve.canvas, colours, step, axis, ofSample.checked ? core.Loss.Sample : core.Loss.Mean);
        }
        if (graph.prepare(ratio)) {
          handle.drawGraph(graph.canvas, colours, step);
        }
        const nodes = handle.nodes(step);
        fill(rows, nodes);
        setText(update, updateText(handle, step, state.lr));
        const words = outcome(handle, state);
        curve.describe(`Loss curve. ${words}`);
        graph.describe(`Computational graph of ${nodes.length} nodes. ${updateText(handle, step, state.lr)}`);
        return words;
      });
    },
  };
}

/**
 * @param {string} title
 * @param {Node[]} choices
 * @param {Node} content
 */
function figure(title, choices, content) {
  const head = make("div", { class: "head" }, make("h3", {}, title), ...choices);
  return make("section", { class: "figure" }, head, content);
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

/**
 * Gives the graph the room that it needs at the width that it has.
 * @param {HTMLCanvasElement} canvas
 * @param {Handle} handle
 * @param {number} width
 */
function fit(canvas, handle, width) {
  const minWidth = `${Math.ceil(handle.graphWidth * LEAST_ZOOM)}px`;
  const height = `${Math.ceil(handle.graphHeight(width))}px`;
  if (canvas.style.minWidth !== minWidth || canvas.style.height !== height) {
    Object.assign(canvas.style, { minWidth, height });
  }
}

/**
 * @param {HTMLElement} rows
 * @param {import("./pkg/core.js").GraphNode[]} nodes
 */
function fill(rows, nodes) {
  while (rows.children.length > nodes.length) {
    rows.lastElementChild?.remove();
  }
  while (rows.children.length < nodes.length) {
    rows.append(make("tr", {}, make("th", { scope: "row" }), make("td"), make("td"), make("td")));
  }
  nodes.forEach(({ name, operation, value, gradient }, index) => {
    const texts = [name ?? "", operation === "leaf" ? "" : operation, String(value), gradient === null ? "none" : String(gradient)];
    [...(rows.children[index]?.children ?? [])].forEach((cell, column) => setText(cell, texts[column] ?? ""));
  });
}

/**
 * The update of a step, in numbers: `w ← 1 − 0.01 · (−2) = 1.02`.
 * @param {Handle} handle
 * @param {number} step
 * @param {number} lr
 */
function updateText(handle, step, lr) {
  const [before, after] = [handle.parametersBefore(step), handle.parametersBefore(step + 1)];
  const count = handle.parameters.length;
  const gradients = handle.gradientOf(step);
  return handle.parameters
    .slice(0, 6)
    .map((name, index) => `${name} ← ${name} − α · ∂loss/∂${name} = ${short(before[index])} − ${short(lr)} · ${bracket(short(gradients[index]))} = ${short(after[index])}`)
    .concat(count > 6 ? [`and ${count - 6} more parameters`] : [])
    .join("\n");
}

/**
 * @param {Handle} handle
 * @param {import("./state.js").State} state
 */
function outcome(handle, { epochs }) {
  const [first, last] = handle.meanLosses();
  const weights = handle.parametersBefore(handle.steps);
  const values = handle.parameters.map((name, index) => `${name} = ${short(weights[index])}`);
  const after = `After ${epochs} ${epochs === 1 ? "epoch" : "epochs"}`;
  if (handle.diverged !== undefined) {
    return `The run diverged: after step ${handle.diverged} its numbers are no longer finite.`;
  }
  return `${after} ${values.slice(0, 6).join(", ")}; the mean loss went from ${short(first)} to ${short(last)}.`;
}

/**
 * Four significant digits with a minus sign.
 * @param {number | undefined} value
 */
function short(value = NaN) {
  return String(Number(value.toPrecision(4))).replaceAll("-", "−");
}

/** @param {string} text */
function bracket(text) {
  return text.startsWith("−") ? `(${text})` : text;
}
