// The table of a confusion matrix: a button for each pair of a true and a predicted class.

import { make, setText } from "../../../parts/dom.js";
import { roving } from "./roving.js";

/** How dark the cell is that contains all of its row, in per cent: its number stays easy to read. */
const DARKEST = 32;
/** Longer names of columns are written upright. */
const SHORT = 2;

/** @typedef {{ row: number, column: number }} Cell */

/** @param {(cell: Cell) => void} pick */
export function confusionTable(pick) {
  const table = make("table", { class: "confusion" });
  const settle = roving(table);
  /** The names of the columns and how many of them are rows, as a text. */
  let built = "";
  /** @type {HTMLButtonElement[][]} */
  let buttons = [];

  /** @param {string[]} names @param {number} rows */
  function build(names, rows) {
    buttons = names.slice(0, rows).map((_, row) => names.map((_, column) => cellButton(row, column)));
    const head = make("tr", {}, make("td"), ...names.map((name) => make("th", { scope: "col" }, make("span", {}, name))));
    const body = buttons.map((cells, row) => make("tr", {}, make("th", { scope: "row" }, names[row] ?? ""), ...cells.map((button) => make("td", {}, button))));
    table.classList.toggle("upright", names.some(({ length }) => length > SHORT));
    table.replaceChildren(make("caption", { class: "spoken" }, "confusion matrix, true class by predicted class"), make("thead", {}, head), make("tbody", {}, ...body));
    settle();
  }

  /** @param {number} row @param {number} column */
  function cellButton(row, column) {
    const button = make("button", { type: "button", class: row === column ? "hit" : "miss", "aria-pressed": "false" });
    button.addEventListener("click", () => pick({ row, column }));
    return button;
  }

  return {
    element: table,
    /**
     * @param {string[]} names of the columns; the first ones are also those of the rows
     * @param {Uint32Array[]} rows the counts
     */
    show(names, rows) {
      const signed = JSON.stringify([names, rows.length]);
      if (built !== signed) {
        built = signed;
        build(names, rows.length);
      }
      rows.forEach((counts, row) => fill(buttons[row] ?? [], counts, (column) => `${names[row]} read as ${names[column]}`));
    },
    /** Marks the picked cell, and no other. @param {Cell | undefined} cell */
    mark(cell) {
      buttons.forEach((cells, row) => cells.forEach((button, column) => button.setAttribute("aria-pressed", String(row === cell?.row && column === cell.column))));
    },
  };
}

/** @param {HTMLButtonElement[]} cells @param {Uint32Array} counts @param {(column: number) => string} wordsOf */
function fill(cells, counts, wordsOf) {
  const whole = counts.reduce((sum, count) => sum + count, 0);
  cells.forEach((button, column) => {
    const count = counts[column] ?? 0;
    setText(button, String(count));
    button.setAttribute("aria-label", `${count}: ${wordsOf(column)}`);
    button.toggleAttribute("data-none", count === 0);
    // By the root, so that a few mistakes can be seen beside many right answers.
    button.style.setProperty("--share", `${whole > 0 ? DARKEST * Math.sqrt(count / whole) : 0}%`);
  });
}
