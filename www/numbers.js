// The numbers of the graph as a table, with all their digits.

import { make, setText } from "./dom.js";

export function numbersTable() {
  const rows = make("tbody");
  const heads = ["node", "operation", "value", "gradient"].map((name) => make("th", { scope: "col" }, name));
  const table = make("table", {}, make("thead", {}, make("tr", {}, ...heads)), rows);
  return {
    element: make("details", { class: "numbers" }, make("summary", {}, "The graph’s numbers as a table"), table),
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
