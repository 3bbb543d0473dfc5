// Pinned runs: ghosts in the loss curve, and a table of their settings and results.

import { make, setText } from "../../../parts/dom.js";
import { button } from "../../../parts/private.js";
import { Scene } from "../scene.js";
import { fateOf } from "../verdict.js";
import { summaryOf } from "./summary.js";

/** @typedef {import("../scene.js").State} State */
/** @typedef {{ state: State, points: Float64Array, cells: string[] }} Run */

/** How many runs can be pinned. */
const MOST = 6;
/** A pinned curve keeps the smallest and the largest loss of each of this many columns. */
const COLUMNS = 600;
/** The table shows after how many epochs a run reaches this loss. */
const GOAL = 1e-3;

const HEADS = ["run", "settings", "final loss", "epochs to 0.001", "verdict", "actions"];

/**
 * @param {import("../scene.js").Host} host
 * @param {HTMLButtonElement} pin the button that pins a run
 */
export function pinnedRuns({ begin, redraw }, pin) {
  const rows = make("tbody");
  const table = make("table", {}, make("thead", {}, make("tr", {}, ...HEADS.map((name) => make("th", { scope: "col" }, name)))), rows);
  const element = make("div", { class: "compare", hidden: "", tabindex: "0", role: "group", "aria-label": "pinned runs" }, table);
  /** @type {Run[]} */
  let runs = [];
  /** @type {number | undefined} */
  let chosen;
  let written = "";

  /** @param {Run} run @param {number} index */
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
    /** Pins a run. @param {Scene["lesson"]} lesson @param {State} state */
    pin(lesson, state) {
      runs = [...runs, runOf(new Scene(lesson, state))].slice(0, MOST);
      redraw();
    },
    /** What the loss curve shows of them. */
    ghosts: () => ({ ghosts: runs.map(({ points }) => points), ...(chosen !== undefined && { chosen }) }),
    /** @param {Scene} scene */
    show(scene) {
      pin.disabled = runs.length >= MOST;
      pin.title = pin.disabled ? `${MOST} runs are pinned; remove one first.` : "";
      element.hidden = runs.length === 0;
      if (element.hidden) {
        written = "";
        return;
      }
      const now = cellsOf(scene);
      const text = JSON.stringify(runs.map(({ cells }) => cells));
      if (text !== written) {
        written = text;
        rows.replaceChildren(make("tr", {}, ...["now", ...now, ""].map((text, column) => (column === 0 ? make("th", { scope: "row" }, text) : make("td", {}, text)))), ...runs.map(rowOf));
      }
      now.forEach((text, column) => setText(/** @type {Element} */ (rows.rows[0]?.cells[column + 1]), text));
    },
  };
}

/** @param {Scene} scene @returns {Run} */
function runOf(scene) {
  return { state: structuredClone(scene.state), points: scene.read((handle) => handle.curvePoints(COLUMNS)), cells: cellsOf(scene) };
}

/** @param {Scene} scene */
function cellsOf({ lesson, state }) {
  return lesson.read((handle, core) => {
    const epoch = handle.epochsTo(GOAL);
    return [summaryOf(state), core.shortNumber(handle.meanLosses()[1] ?? NaN), epoch === undefined ? "not reached" : String(epoch), fateOf(handle)];
  });
}
