// The numbers of the graph as a table, with all their digits.

import { copyText, selectAll } from "./clipboard.js";
import { make, setText } from "./dom.js";

export function numbersTable() {
  const rows = make("tbody");
  const heads = ["node", "operation", "value", "gradient"].map((name) => make("th", { scope: "col" }, name));
  const table = make("table", {}, make("thead", {}, make("tr", {}, ...heads)), rows);
  const said = make("span", { class: "quiet", role: "status" });
  const copy = make("button", { type: "button" }, "Copy the table");
  copy.addEventListener("click", () => copyText(textOf(table), said, () => selectAll(table)));
  return {
    element: make("details", { class: "numbers" }, make("summary", {}, "The graph’s numbers as a table"), table, make("div", { class: "copies" }, copy, said)),
    /** @param {import("./pkg/core.js").GraphNode[]} nodes */
    show(nodes) {
      keepRows(rows, nodes.length);
      nodes.forEach(({ name, operation, value, gradient }, index) => {
        const texts = [name ?? "", operation === "leaf" ? "" : operation, value === null ? "" : String(value), gradient === null ? "none" : String(gradient)];
        [...(rows.children[index]?.children ?? [])].forEach((cell, column) => setText(cell, texts[column] ?? ""));
      });
    },
  };
}

/** A table as a spreadsheet takes it. @param {HTMLTableElement} table */
function textOf(table) {
  return [...table.rows].map((row) => [...row.cells].map((cell) => cell.textContent).join("\t")).join("\n");
}

/**
 * @param {HTMLElement} rows
 * @param {number} count
 */
function keepRows(rows, count) {
  while (rows.children.length > count) {
    rows.lastElementChild?.remove();
  }
  while (rows.children.length < count) {
    rows.append(make("tr", {}, make("th", { scope: "row" }), make("td"), make("td"), make("td")));
  }
}
