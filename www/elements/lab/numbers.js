// The numbers of the pictures as tables, with all their digits: those of the graph at the moment,
// and those of the run from epoch to epoch.

import { copyText, selectAll } from "../../parts/clipboard.js";
import { make, setText } from "../../parts/dom.js";
import { button } from "../../parts/private.js";
import { scrolled } from "../../parts/scroll.js";
import { WHOLE } from "../../state/phases.js";
import { tensorWords } from "./tensorwords.js";

/** @typedef {import("./scene.js").Handle} Handle */
/** @typedef {import("./scene.js").Lesson} Lesson */

/** The maximum number of epochs in the table; of a longer run, equally spaced epochs are shown. */
const MOST_EPOCHS = 200;

/** @param {import("./scene.js").Host} host @returns {import("./scene.js").View} */
export function numbersView({ redraw }) {
  const graph = numbers("The graph’s numbers as a table", redraw);
  const run = numbers("The run’s numbers as a table", redraw);
  /** The rows of the run table, and the run that they belong to. @type {{ lesson: Lesson, runs: number, rows: string[][] } | undefined} */
  let kept;

  /** @param {Lesson} lesson */
  function runRows(lesson) {
    const { runs } = lesson;
    if (kept?.lesson !== lesson || kept.runs !== runs) {
      kept = { lesson, runs, rows: lesson.read(epochsOf) };
    }
    return kept.rows;
  }

  return {
    elements: [make("div", { class: "numbers" }, graph.element, run.element)],
    show({ lesson, step, place = WHOLE, parameters }) {
      graph.show(["node", "operation", "value", "gradient"], () => lesson.read((handle, core) => handle.nodes(step, place).map((node) => rowOf(core, node))));
      run.show(["epoch", "mean loss", ...parameters], () => runRows(lesson));
    },
  };
}

/** @param {import("../../engine/engine.js").Core} core @param {import("../../pkg/core.js").GraphNode} node */
function rowOf(core, { name, operation, value, gradient, shape = [], numbers, gradients }) {
  const words = (/** @type {number | null} */ number, /** @type {Float64Array | undefined} */ list, /** @type {string} */ none) => (number !== null ? String(number) : list ? tensorWords(core, shape, list) : none);
  return [name ?? "", operation === "leaf" ? "" : operation, words(value, numbers, ""), words(gradient, gradients, "none")];
}

/** The mean loss and the parameters after each of some epochs. @param {Handle} handle */
function epochsOf(handle) {
  const epochs = Math.floor(handle.steps / handle.batches);
  const stride = Math.max(1, Math.ceil(epochs / MOST_EPOCHS));
  const shown = Array.from({ length: Math.floor(epochs / stride) + 1 }, (_, row) => row * stride);
  return shown.map((epoch) => [epoch, handle.meanLossBefore(epoch * handle.batches), ...handle.parametersBefore(epoch * handle.batches)].map(String));
}

/**
 * A table that is filled only while it is open.
 * @param {string} title
 * @param {() => void} redraw
 */
function numbers(title, redraw) {
  const heads = make("tr");
  const rows = make("tbody");
  const table = make("table", {}, make("thead", {}, heads), rows);
  const said = make("span", { class: "quiet", role: "status" });
  const copy = button("Copy the table", () => copyText(textOf(table), said, () => selectAll(table)));
  const scroll = scrolled(title, table);
  const element = make("details", {}, make("summary", {}, title), scroll, make("div", { class: "copies" }, copy, said));
  element.addEventListener("toggle", redraw);
  return {
    element,
    /** @param {string[]} names of the columns @param {() => string[][]} fill */
    show(names, fill) {
      if (!element.open) {
        return;
      }
      if (heads.textContent !== names.join("")) {
        heads.replaceChildren(...names.map((name) => make("th", { scope: "col" }, name)));
        rows.replaceChildren();
      }
      const texts = fill();
      keepRows(rows, texts.length, names.length);
      texts.forEach((row, index) => row.forEach((text, column) => setText(/** @type {Element} */ (rows.rows[index]?.cells[column]), text)));
    },
  };
}

/** A table in the format of a spreadsheet. @param {HTMLTableElement} table */
function textOf(table) {
  return [...table.rows].map((row) => [...row.cells].map((cell) => cell.textContent).join("\t")).join("\n");
}

/**
 * @param {HTMLTableSectionElement} rows
 * @param {number} count
 * @param {number} columns
 */
function keepRows(rows, count, columns) {
  while (rows.children.length > count) {
    rows.lastElementChild?.remove();
  }
  while (rows.children.length < count) {
    rows.append(make("tr", {}, make("th", { scope: "row" }), ...Array.from({ length: columns - 1 }, () => make("td"))));
  }
}
