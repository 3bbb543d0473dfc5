// Pinned runs: ghosts in the loss curve, and a table of their settings and results.

import { make, setText } from "./dom.js";
import { button } from "./private.js";

/**
 * A run to compare with.
 * @template State
 * @typedef {object} Run
 * @property {State} state
 * @property {Float64Array} points of its loss curve, as pairs
 * @property {string[]} cells what the table says of it
 */

/** How many runs can be pinned. */
const MOST = 6;

/**
 * @template State
 * @param {object} host
 * @param {(state: State) => void} host.begin takes the settings of a run
 * @param {() => void} host.redraw
 * @param {readonly string[]} heads of the cells
 * @param {HTMLButtonElement} pin the button that pins a run
 */
export function pinnedRuns({ begin, redraw }, heads, pin) {
  const titles = ["run", ...heads, "actions"];
  const rows = make("tbody");
  const table = make("table", {}, make("thead", {}, make("tr", {}, ...titles.map((name) => make("th", { scope: "col" }, name)))), rows);
  const element = make("div", { class: "compare", hidden: "", tabindex: "0", role: "group", "aria-label": "pinned runs" }, table);
  /** @type {Run<State>[]} */
  let runs = [];
  /** @type {number | undefined} */
  let chosen;
  let written = "";

  /** @param {Run<State>} run @param {number} index */
  function rowOf({ state, cells }, index) {
    const name = `run ${index + 1}`;
    const take = button("Take", () => begin(state), { "aria-label": `take the settings of ${name}` });
    const remove = button("Remove", () => removeAt(index), { "aria-label": `remove ${name}` });
    const row = make("tr", {}, make("th", { scope: "row" }, String(index + 1)), ...cells.map((text) => make("td", {}, text)), make("td", {}, take, " ", remove));
    for (const [event, place] of /** @type {[string, number | undefined][]} */ ([["pointerenter", index], ["pointerleave", undefined], ["focusin", index], ["focusout", undefined]])) {
      row.addEventListener(event, () => {
        chosen = place;
        redraw();
      });
    }
    return row;
  }

  /** @param {number} index */
  function removeAt(index) {
    runs = runs.filter((_, place) => place !== index);
    chosen = undefined;
    redraw();
    pin.focus();
  }

  return {
    element,
    /** @param {Run<State>} run */
    pin(run) {
      runs = [...runs, run].slice(0, MOST);
      redraw();
    },
    /** What the loss curve shows of them. */
    ghosts: () => ({ ghosts: runs.map(({ points }) => points), ...(chosen !== undefined && { chosen }) }),
    /** @param {() => string[]} cellsOf what the table says of the present run */
    show(cellsOf) {
      pin.disabled = runs.length >= MOST;
      pin.title = pin.disabled ? `${MOST} runs are pinned; remove one first.` : "";
      element.hidden = runs.length === 0;
      if (element.hidden) {
        written = "";
        return;
      }
      const now = cellsOf();
      const text = JSON.stringify(runs.map(({ cells }) => cells));
      if (text !== written) {
        written = text;
        rows.replaceChildren(make("tr", {}, ...["now", ...now, ""].map((text, column) => (column === 0 ? make("th", { scope: "row" }, text) : make("td", {}, text)))), ...runs.map(rowOf));
      }
      now.forEach((text, column) => setText(/** @type {Element} */ (rows.rows[0]?.cells[column + 1]), text));
    },
  };
}
