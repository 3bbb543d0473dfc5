// The data: typed as columns, pasted or dropped as a table, edited cell by cell, or made by a formula.

import { make, setText, uniqueId } from "../../../parts/dom.js";
import { editor } from "../../../parts/editor.js";
import { problemLine } from "../../../parts/problem.js";
import { MOST_BYTES, readCsv } from "../../../state/csv.js";
import { TextError, readNumber, writeColumns } from "../../../state/text.js";

/** @typedef {import("../../../state/settings.js").State} State */

/** A table with more cells is edited as text. */
const MOST_ROWS = 200;

/** @param {() => Promise<import("../../../engine/engine.js").Core | undefined>} core */
export function dataView(core) {
  const text = editor({ key: "data", label: "data: columns, or a pasted table", rows: "2" });
  const field = /** @type {HTMLTextAreaElement} */ (text.element.querySelector("textarea"));
  const file = make("input", { type: "file", accept: ".csv,.tsv,.txt,text/csv", "aria-label": "a table from a file" });
  const table = cellTable(take);
  const recipe = recipeForm(core, take);
  const element = make("div", { class: "data" }, text.element, make("div", { class: "file" }, file), table.element, recipe.element);
  file.addEventListener("input", (event) => event.stopPropagation());
  file.addEventListener("change", (event) => {
    event.stopPropagation();
    void load(file.files?.[0]);
  });
  field.addEventListener("dragover", (event) => event.preventDefault());
  field.addEventListener("drop", (event) => {
    const dropped = event.dataTransfer?.files[0];
    if (dropped) {
      event.preventDefault();
      void load(dropped);
    }
  });

  /** @param {File | undefined} file */
  async function load(file) {
    if (!file) {
      return;
    }
    try {
      if (file.size > MOST_BYTES) {
        throw new TextError(`${file.name} has ${file.size} bytes; at most ${MOST_BYTES} are read`);
      }
      take(readCsv(await file.text()));
    } catch (error) {
      if (!(error instanceof TextError)) {
        throw error;
      }
      text.fail(error.message);
    }
  }

  /** Puts columns into the field, as if they were typed. @param {Record<string, number[]>} columns */
  function take(columns) {
    field.value = writeColumns(columns);
    for (const event of ["input", "change"]) {
      field.dispatchEvent(new Event(event, { bubbles: true }));
    }
  }

  return {
    ...text,
    element,
    show(/** @type {Record<string, number[]>} */ columns) {
      text.show(columns);
      table.show(columns);
    },
  };
}

/**
 * A field for each number, built when it is opened.
 * @param {(columns: Record<string, number[]>) => void} take
 */
function cellTable(take) {
  const table = make("table", { class: "cells" });
  const { line, fail } = problemLine(table);
  const add = make("button", { type: "button" }, "Add a sample");
  const note = make("p", { class: "quiet" });
  const element = make("details", {}, make("summary", {}, "Edit cell by cell"), table, add, note, line);
  /** @type {Record<string, number[]>} */
  let columns = {};
  let built = "";
  element.addEventListener("toggle", build);
  // Cells speak for themselves; the field above carries the setting.
  for (const event of ["input", "change"]) {
    table.addEventListener(event, (event) => event.stopPropagation());
  }
  table.addEventListener("change", (event) => changed(/** @type {HTMLInputElement} */ (event.target)));
  table.addEventListener("click", (event) => removed(/** @type {Element} */ (event.target)));
  add.addEventListener("click", () => take(mapped((list) => [...list, list.at(-1) ?? 0])));

  /** @param {(list: number[], name: string) => number[]} change @returns {Record<string, number[]>} */
  function mapped(change) {
    return Object.fromEntries(Object.entries(columns).map(([name, list]) => [name, change(Array.from(list), name)]));
  }

  /** @param {HTMLInputElement} cell */
  function changed(cell) {
    const { row = "", column = "" } = cell.dataset;
    try {
      const value = readNumber(cell.value);
      fail("");
      take(mapped((list, name) => (name === column ? list.with(Number(row), value) : list)));
    } catch (error) {
      if (!(error instanceof TextError)) {
        throw error;
      }
      fail(`sample ${Number(row) + 1}, column \`${column}\`: ${error.message}`);
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
    const names = Object.keys(columns);
    const rows = columns[names[0] ?? ""]?.length ?? 0;
    if (!element.open || built === JSON.stringify(columns)) {
      return;
    }
    built = JSON.stringify(columns);
    const cell = (/** @type {string} */ column, /** @type {number} */ row) => make("td", {}, make("input", { type: "text", inputmode: "decimal", "aria-label": `${column} of sample ${row + 1}`, "data-row": String(row), "data-column": column, value: String(columns[column]?.[row] ?? "") }));
    const remove = (/** @type {number} */ row) => make("td", {}, make("button", { type: "button", "data-remove": String(row), "aria-label": `remove sample ${row + 1}` }, "×"));
    const head = make("tr", {}, ...names.map((name) => make("th", { scope: "col" }, name)), make("td"));
    const shown = rows > MOST_ROWS ? 0 : rows;
    const body = Array.from({ length: shown }, (_, row) => make("tr", {}, ...names.map((name) => cell(name, row)), remove(row)));
    table.replaceChildren(head, ...body);
    table.hidden = add.hidden = shown === 0;
    setText(note, shown < rows ? `With ${rows} samples the data is edited as text.` : "");
  }

  return {
    element,
    show(/** @type {Record<string, number[]>} */ next) {
      columns = next;
      build();
    },
  };
}

/**
 * Data made by a formula in x, with noise.
 * @param {() => Promise<import("../../../engine/engine.js").Core | undefined>} core
 * @param {(columns: Record<string, number[]>) => void} take
 */
function recipeForm(core, take) {
  const fields = [
    input("y =", "2*x + 1"),
    input("x from", "-2"),
    input("to", "2"),
    input("samples", "20"),
    input("noise", "0.3"),
    input("noise seed", "0"),
  ];
  const [formula, low, high, count, noise, seed] = fields.map(({ field }) => field);
  const act = make("button", { type: "button" }, "Generate");
  const { line, fail } = problemLine(act);
  const element = make("details", { class: "recipe" }, make("summary", {}, "Generate data"), ...fields.map(({ element }) => element), act, line);
  for (const event of ["input", "change"]) {
    element.addEventListener(event, (event) => event.stopPropagation());
  }
  act.addEventListener("click", () => attempt(async () => {
    const engine = await core();
    const numbers = [low, high, count, noise, seed].map((field) => readNumber(field?.value ?? ""));
    const [from = 0, to = 1, samples = 1, deviation = 0, number = 0] = numbers;
    const made = [...(engine?.generate(formula?.value ?? "", from, to, samples, deviation, number) ?? [])];
    take({ x: made.slice(0, samples), y: made.slice(samples) });
  }));

  /** What is refused comes as a TextError, or from the engine as a problem. @param {() => Promise<void>} work */
  async function attempt(work) {
    try {
      fail("");
      await work();
    } catch (error) {
      const message = /** @type {{ message?: string }} */ (error).message;
      if (message === undefined || (error instanceof Error && !(error instanceof TextError))) {
        throw error;
      }
      fail(message);
    }
  }

  return { element };
}

/** @param {string} name @param {string} value */
function input(name, value) {
  const field = make("input", { type: "text", id: uniqueId(), value, autocomplete: "off", spellcheck: "false" });
  return { field, element: make("div", { class: "setting" }, make("label", { for: field.id }, name), field) };
}
