// A few numbers as a small table with a title: a window, a kernel, their products.

import { make, setText } from "../../../parts/dom.js";

/** Larger ones are not shown as numbers. */
const MOST = 225;

/** @param {"value" | "gradient" | "parameter"} kind what the numbers are, which is their colour */
export function digits(kind) {
  const caption = make("caption", { class: "quiet" });
  const body = make("tbody");
  const element = make("table", { class: `digits of-${kind}` }, caption, body);
  /** @type {HTMLElement[]} */
  let cells = [];
  let built = "";

  /** @param {number} rows @param {number} columns */
  function build(rows, columns) {
    const isLarge = rows * columns > MOST;
    cells = isLarge ? [] : Array.from({ length: rows * columns }, () => make("td"));
    const lines = isLarge ? [make("tr", {}, make("td", {}, `${rows} by ${columns} numbers`))] : Array.from({ length: rows }, (_, row) => make("tr", {}, ...cells.slice(row * columns, (row + 1) * columns)));
    body.replaceChildren(...lines);
  }

  return {
    element,
    /**
     * @param {import("../../../engine/engine.js").Core} core
     * @param {string} title
     * @param {Float64Array} numbers
     * @param {[rows: number, columns: number]} size
     */
    show(core, title, numbers, [rows, columns]) {
      if (built !== `${rows},${columns}`) {
        built = `${rows},${columns}`;
        build(rows, columns);
      }
      setText(caption, title);
      cells.forEach((cell, place) => setText(cell, core.shortNumber(numbers[place] ?? NaN)));
    },
  };
}
