// Notebooks are checked by the library that defines them.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";

/** Validates a notebook, and compiles its code. */
const VALIDATOR = "import sys\nimport nbformat\nnotebook = nbformat.reads(sys.stdin.read(), as_version=4)\nnbformat.validate(notebook)\nfor cell in notebook.cells:\n    if cell.cell_type == 'code':\n        compile(cell.source, 'cell', 'exec')\n    print(cell.cell_type, cell.source.split(chr(10))[0])";

/** The first lines of the texts in a valid notebook whose code is Python. @param {string} text */
export function headingsIn(text) {
  const { stdout, stderr } = spawnSync(process.env.NOTEBOOK_PYTHON ?? "python3", ["-c", VALIDATOR], { input: text, encoding: "utf8" });
  assert.equal(stderr, "");
  return stdout.split("\n").filter((line) => line.startsWith("markdown ")).map((line) => line.slice("markdown ".length));
}
