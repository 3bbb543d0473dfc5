// A Jupyter notebook, format 4.5: https://nbformat.readthedocs.io/en/latest/format_description.html

/** @typedef {import("../../../pkg/core.js").CodeLine} CodeLine */

/**
 * A notebook with a cell for each part of a program; its outputs are empty.
 * @param {CodeLine[][]} parts
 * @param {string} model the formula program
 */
export function notebook(parts, model) {
  const title = `# Gradient descent\n\nThe model, whose last line is minimised:\n\n    ${model.trim().split(/[\n;]/).join("\n    ")}\n\nRun all cells: the last one prints the trace.`;
  const cells = [
    { cell_type: "markdown", id: "model", metadata: {}, source: lines(title) },
    ...parts.map((part, index) => ({ cell_type: "code", id: `part-${index + 1}`, metadata: {}, execution_count: null, outputs: [], source: lines(part.map(({ text }) => text).join("\n")) })),
  ];
  const metadata = { kernelspec: { display_name: "Python 3", language: "python", name: "python3" }, language_info: { name: "python" } };
  return `${JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }, undefined, 1)}\n`;
}

/** A text as required by the format: lines with their line breaks. @param {string} text */
function lines(text) {
  return text.split(/(?<=\n)/);
}
