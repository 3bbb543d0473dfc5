// A tree whose rows fold and unfold, controlled with the arrow keys (the ARIA pattern "tree view").

import { make } from "./dom.js";

/**
 * A row's content, what a screen reader says of it, and the rows below it.
 * @typedef {{ content: Node[], label: string, below: number[] }} Row
 */

/**
 * @param {string} label
 * @param {(index: number) => Row} rowOf
 */
export function treeView(label, rowOf) {
  const tree = make("ul", { class: "tree", role: "tree", "aria-label": label });
  tree.addEventListener("keydown", walk);
  tree.addEventListener("click", toggle);

  /** @param {number} index @param {number} level */
  function item(index, level) {
    const { content, label, below } = rowOf(index);
    const expanded = below.length > 0 ? "false" : undefined;
    const attributes = { class: "row", role: "treeitem", tabindex: "-1", "aria-level": String(level), "aria-expanded": expanded, "data-index": String(index) };
    const spoken = make("span", { class: "spoken" }, label);
    return make("li", { role: "none" }, make("span", attributes, spoken, make("span", { "aria-hidden": "true" }, ...content)));
  }

  /** @param {Element} row @param {boolean} open */
  function setOpen(row, open) {
    if (!row.hasAttribute("aria-expanded")) {
      return;
    }
    row.setAttribute("aria-expanded", String(open));
    row.nextElementSibling?.remove();
    if (open) {
      const { below } = rowOf(Number(row.getAttribute("data-index")));
      const level = Number(row.getAttribute("aria-level")) + 1;
      row.after(make("ul", { role: "group" }, ...below.map((index) => item(index, level))));
    }
  }

  /** @param {Event} event */
  function toggle(event) {
    const row = /** @type {Element} */ (event.target).closest("[role=treeitem]");
    if (row) {
      setOpen(row, row.getAttribute("aria-expanded") === "false");
      focus(row);
    }
  }

  /** @param {Element | null | undefined} row */
  function focus(row) {
    if (row) {
      tree.querySelectorAll("[tabindex='0']").forEach((other) => other.setAttribute("tabindex", "-1"));
      row.setAttribute("tabindex", "0");
      /** @type {HTMLElement} */ (row).focus();
    }
  }

  /** @param {KeyboardEvent} event */
  function walk(event) {
    const row = /** @type {Element} */ (event.target);
    const rows = [...tree.querySelectorAll("[role=treeitem]")];
    const place = rows.indexOf(row);
    const expanded = row.getAttribute("aria-expanded");
    /** @type {Record<string, () => void>} */
    const keys = {
      ArrowDown: () => focus(rows[place + 1]),
      ArrowUp: () => focus(rows[place - 1]),
      Home: () => focus(rows[0]),
      End: () => focus(rows.at(-1)),
      ArrowRight: () => (expanded === "true" ? focus(rows[place + 1]) : setOpen(row, true)),
      ArrowLeft: () => (expanded === "true" ? setOpen(row, false) : focus(row.closest("[role=group]")?.previousElementSibling)),
      Enter: () => setOpen(row, expanded === "false"),
      " ": () => setOpen(row, expanded === "false"),
    };
    const action = keys[event.key];
    if (action && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      action();
    }
  }

  return {
    element: tree,
    /** Shows the tree from this row down, with the rows right below it. @param {number} root */
    show(root) {
      tree.replaceChildren(item(root, 1));
      const row = /** @type {Element} */ (tree.querySelector("[role=treeitem]"));
      setOpen(row, true);
      row.setAttribute("tabindex", "0");
    },
  };
}
