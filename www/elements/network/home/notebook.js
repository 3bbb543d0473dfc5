// The program of a network as a notebook, with a heading above each of its parts.

import { formulaBlock, notebook } from "../../../parts/notebook.js";

/** The headings of the parts. */
const HEADINGS = ["Data", "Network", "Loss and optimizer", "Training", "Test", "Writing"];

/**
 * @param {string[]} parts of the program
 * @param {string} model the formula program
 * @param {[one: string, many: string]} words what the samples are called
 */
export function networkNotebook(parts, model, [one, many]) {
  const title = `# A network in PyTorch\n\nThe network for one ${one}; its last line is minimised:\n\n${formulaBlock(model)}\n\nRun all cells: they train the network of the page on the same ${many} in the same order from the same initial weights, and print the same losses.`;
  const cells = parts.flatMap((code, index) => {
    const name = HEADINGS[index] ?? "Program";
    return [{ id: `heading-${index + 1}`, markdown: `## ${name}` }, { id: `part-${index + 1}`, code }];
  });
  return notebook([{ id: "model", markdown: title }, ...cells]);
}
