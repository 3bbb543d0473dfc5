// The data: typed as columns, pasted, dropped or opened as a table, edited cell by cell, or made by a formula.

import { make } from "../../../../parts/dom.js";
import { keepPrivate } from "../../../../parts/private.js";
import { MOST_BYTES } from "../../../../state/csv.js";
import { TextError } from "../../../../state/text.js";
import { cellTable } from "./cells.js";
import { dataField } from "./field.js";
import { recipeForm } from "./recipe.js";

/** @param {() => Promise<import("../../../../engine/engine.js").Core | undefined>} core */
export function dataView(core) {
  const text = dataField();
  const file = keepPrivate(make("input", { type: "file", accept: ".csv,.tsv,.txt,text/csv", "aria-label": "a table from a file" }), () => void open(file.files?.[0]));
  const table = cellTable(text.take);
  const recipe = recipeForm(core, text.take);
  const element = make("div", { class: "data" }, text.element, text.note, make("div", { class: "file" }, file), table.element, recipe.element);
  text.field.addEventListener("dragover", (event) => event.preventDefault());
  text.field.addEventListener("drop", dropped);

  /** @param {DragEvent} event */
  function dropped(event) {
    const [given = "", first] = [event.dataTransfer?.getData("text/plain"), event.dataTransfer?.files[0]];
    if (first || text.takesWhole(given)) {
      event.preventDefault();
      void (first ? open(first) : text.receive(given));
    }
  }

  /** @param {File | undefined} file */
  async function open(file) {
    if (!file) {
      return;
    }
    try {
      if (file.size > MOST_BYTES) {
        throw new TextError(`${file.name} has ${file.size} bytes; at most ${MOST_BYTES} are read`);
      }
      const signal = text.nextTurn();
      const table = await file.text();
      if (!signal.aborted) {
        text.receiveTable(table);
      }
    } catch (error) {
      text.refuse(error);
    }
  }

  return {
    ...text,
    element,
    show(/** @type {import("../../../../state/data.js").Columns} */ columns) {
      text.show(columns);
      table.show(columns);
    },
  };
}
