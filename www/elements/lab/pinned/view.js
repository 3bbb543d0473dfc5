// Runs that are pinned: ghosts in the loss curve, and a table of what they were and what became of them.

import { make, setText } from "../../../parts/dom.js";
import { fateOf } from "../verdict.js";
import { summaryOf } from "./summary.js";

/** @typedef {import("../../../engine/lesson.js").Lesson} Lesson */
/** @typedef {import("../../../state/settings.js").State} State */
/** @typedef {{ state: State, points: Float64Array, cells: string[] }} Run */

/** How many runs can be pinned. */
const MOST = 6;
/** A pinned curve keeps the least and the largest loss of so many columns. */
const COLUMNS = 600;
/** The loss whose epoch is told. */
const GOAL = 1e-3;

const HEADS = ["run", "settings", "final loss", "epochs to 0.001", "verdict", "actions"];

/**
 * @param {(state: object) => void} begin takes the settings of a pinned run
 * @param {() => void} redraw
 */
export function compareView(begin, redraw) {
  const pin = make("button", { type: "button" }, "Pin this run");
  const rows = make("tbody");
  const table = make("table", {}, make("thead", {}, make("tr", {}, ...HEADS.map((name) => make("th", { scope: "col" }, name)))), rows);
  const element = make("div", { class: "compare", hidden: "", tabindex: "0", role: "group", "aria-label": "pinned runs" }, table);
  /** @type {Run[]} */
  let runs = [];
  /** @type {number | undefined} */
  let chosen;
  let written = "";
  /** @type {{ lesson: Lesson, state: State } | undefined} */
  let shown;
  pin.addEventListener("click", () => {
    if (shown) {
      runs = [...runs, runOf(shown.lesson, shown.state)];
      redraw();
    }
  });

  /** @param {Run} run @param {number} index */
  function rowOf({ state, cells }, index) {
    const name = `run ${index + 1}`;
    const take = button("Take", `take the settings of ${name}`, () => begin(state));
    const remove = button("Remove", `remove ${name}`, () => {
      runs = runs.filter((_, place) => place !== index);
      chosen = undefined;
      redraw();
      pin.focus();
    });
    const row = make("tr", {}, make("th", { scope: "row" }, String(index + 1)), ...cells.map((text) => make("td", {}, text)), make("td", {}, take, " ", remove));
    for (const [event, place] of /** @type {[string, number | undefined][]} */ ([["pointerenter", index], ["pointerleave", undefined], ["focusin", index], ["focusout", undefined]])) {
      row.addEventListener(event, () => {
        chosen = place;
        redraw();
      });
    }
    return row;
  }

  return {
    pin,
    element,
    /** What the loss curve shows of them. */
    ghosts: () => ({ ghosts: runs.map(({ points }) => points), ...(chosen !== undefined && { chosen }) }),
    /** @param {Lesson} lesson @param {State} state */
    show(lesson, state) {
      shown = { lesson, state };
      pin.disabled = runs.length >= MOST;
      pin.title = pin.disabled ? `${MOST} runs are pinned; remove one first.` : "";
      element.hidden = runs.length === 0;
      if (element.hidden) {
        written = "";
        return;
      }
      const now = cellsOf(lesson, state);
      const text = JSON.stringify(runs.map(({ cells }) => cells));
      if (text !== written) {
        written = text;
        rows.replaceChildren(make("tr", {}, ...["now", ...now, ""].map((text, column) => (column === 0 ? make("th", { scope: "row" }, text) : make("td", {}, text)))), ...runs.map(rowOf));
      }
      now.forEach((text, column) => setText(/** @type {Element} */ (rows.rows[0]?.cells[column + 1]), text));
    },
  };
}

/** @param {string} text @param {string} name @param {() => void} act */
function button(text, name, act) {
  const element = make("button", { type: "button", "aria-label": name }, text);
  element.addEventListener("click", act);
  return element;
}

/** @param {Lesson} lesson @param {State} state @returns {Run} */
function runOf(lesson, state) {
  return { state: structuredClone(state), points: lesson.read((handle) => handle.curvePoints(COLUMNS)), cells: cellsOf(lesson, state) };
}

/** @param {Lesson} lesson @param {State} state */
function cellsOf(lesson, state) {
  return lesson.read((handle, core) => {
    const epoch = handle.epochsTo(GOAL);
    return [summaryOf(state), core.shortNumber(handle.meanLosses()[1] ?? NaN), epoch === undefined ? "not reached" : String(epoch), fateOf(handle)];
  });
}
