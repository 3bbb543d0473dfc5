// A run as a notebook.

import { formulaBlock, notebook } from "../../../parts/notebook.js";

/** @typedef {import("../../../pkg/core.js").CodeLine} CodeLine */

/**
 * A notebook with a cell for each part of a program.
 * @param {CodeLine[][]} parts
 * @param {string} model the formula program
 */
export function runNotebook(parts, model) {
  const title = `# Gradient descent\n\nThe model, whose last line is minimised:\n\n${formulaBlock(model)}\n\nRun all cells: the last one prints the trace.`;
  const cells = parts.map((part, index) => ({ id: `part-${index + 1}`, code: part.map(({ text }) => text).join("\n") }));
  return notebook([{ id: "model", markdown: title }, ...cells]);
}
