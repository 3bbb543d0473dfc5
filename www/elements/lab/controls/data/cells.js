// The data as a table with a field for each number.

import { make, setText } from "../../../../parts/dom.js";
import { button, keepPrivate } from "../../../../parts/private.js";
import { problemLine } from "../../../../parts/problem.js";
import { sameData, samplesOf } from "../../../../state/data.js";
import { readNested, writeNested } from "../../../../state/tensor.js";
import { messageOf } from "../../../../state/text.js";

/** @typedef {import("../../../../state/data.js").Columns} Columns */
/** @typedef {import("../../../../state/tensor.js").Nested} Nested */

/** A table with more rows is not edited cell by cell. */
const MOST_ROWS = 200;

/**
 * A table that is built when it is shown.
 * @param {(columns: Columns) => void} take
 */
export function cellTable(take) {
  // Cells speak for themselves; the field above carries the setting.
  const table = keepPrivate(make("table", { class: "cells" }), (event) => changed(/** @type {HTMLInputElement} */ (event.target)));
  const { line, fail } = problemLine(table);
  const add = button("Add a sample", () => take(mapped((list) => [...list, list.at(-1) ?? 0])));
  const note = make("p", { class: "quiet" });
  /** @type {Columns} */
  let columns = {};
  /** @type {Columns | undefined} */
  let built;
  table.addEventListener("click", (event) => removed(/** @type {Element} */ (event.target)));

  /** @param {(list: Nested[], name: string) => Nested[]} change @returns {Columns} */
  function mapped(change) {
    return Object.fromEntries(Object.entries(columns).map(([name, list]) => [name, change(Array.from(list), name)]));
  }

  /** @param {HTMLInputElement} cell */
  function changed(cell) {
    const { row = "", column = "" } = cell.dataset;
    try {
      const value = readNested(cell.value);
      fail("");
      take(mapped((list, name) => (name === column ? list.with(Number(row), value) : list)));
    } catch (error) {
      fail(`sample ${Number(row) + 1}, column \`${column}\`: ${messageOf(error)}`);
    }
  }

  /** @param {Element} target */
  function removed(target) {
    const row = target.closest("[data-remove]")?.getAttribute("data-remove");
    if (row) {
      take(mapped((list) => list.toSpliced(Number(row), 1)));
    }
  }

  function build() {
    if (built && sameData(built, columns)) {
      return;
    }
    built = columns;
    const [names, rows] = [Object.keys(columns), samplesOf(columns)];
    const cell = (/** @type {string} */ column, /** @type {number} */ row) => make("td", {}, make("input", { type: "text", inputmode: "decimal", "aria-label": `${column} of sample ${row + 1}`, "data-row": String(row), "data-column": column, value: writeNested(columns[column]?.[row] ?? 0) }));
    const remove = (/** @type {number} */ row) => make("td", {}, make("button", { type: "button", "data-remove": String(row), "aria-label": `remove sample ${row + 1}` }, "×"));
    const head = make("tr", {}, ...names.map((name) => make("th", { scope: "col" }, name)), make("td"));
    const shown = rows > MOST_ROWS ? 0 : rows;
    const body = Array.from({ length: shown }, (_, row) => make("tr", {}, ...names.map((name) => cell(name, row)), remove(row)));
    table.replaceChildren(head, ...body);
    table.hidden = add.hidden = shown === 0;
    setText(note, shown < rows ? `Up to ${MOST_ROWS} samples are edited cell by cell, and these are ${rows}.` : "");
  }

  return {
    elements: [table, add, note, line],
    show(/** @type {Columns} */ next) {
      columns = next;
      build();
    },
  };
}
