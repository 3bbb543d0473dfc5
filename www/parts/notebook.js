// A Jupyter notebook, format 4.5: https://nbformat.readthedocs.io/en/latest/format_description.html

/** A cell with prose or with a program. @typedef {{ id: string, markdown: string } | { id: string, code: string }} Cell */

/** A notebook with these cells; its outputs are empty. @param {Cell[]} cells */
export function notebook(cells) {
  const metadata = { kernelspec: { display_name: "Python 3", language: "python", name: "python3" }, language_info: { name: "python" } };
  return `${JSON.stringify({ cells: cells.map(written), metadata, nbformat: 4, nbformat_minor: 5 }, undefined, 1)}\n`;
}

/** @param {Cell} cell */
function written(cell) {
  if ("markdown" in cell) {
    return { cell_type: "markdown", id: cell.id, metadata: {}, source: lines(cell.markdown) };
  }
  return { cell_type: "code", id: cell.id, metadata: {}, execution_count: null, outputs: [], source: lines(cell.code) };
}

/** A formula program as a block of code. @param {string} model */
export function formulaBlock(model) {
  return `    ${model.trim().split(/[\n;]/).join("\n    ")}`;
}

/** A text as required by the format: lines with their line breaks. @param {string} text */
function lines(text) {
  return text.split(/(?<=\n)/);
}
