// Notebooks: valid by nbformat's own validator, and their cells print the trace. Tables: written and
// read again, and what is wrong with one.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { csvOf, readCsv } from "../../www/state/csv.js";
import { runNotebook } from "../../www/elements/lab/code/notebook.js";
import { optionsOf } from "../../www/engine/options.js";
import { flatInitials } from "../../www/state/initial.js";
import { PRESETS } from "../../www/state/presets.js";
import { dataReading } from "../../www/state/data.js";
import { finish } from "../../www/state/reading.js";
import { DECK, SETTINGS } from "../../www/state/settings.js";

const core = await import("../../www/pkg/core.js");
core.initSync({ module: await readFile(new URL("../../www/pkg/core_bg.wasm", import.meta.url)) });

/** Validates each notebook and runs its code cells one after the other. */
const RUNNER = `
import contextlib, io, json, sys
import nbformat
results = []
for text in json.load(sys.stdin):
    notebook = nbformat.reads(text, as_version=4)
    nbformat.validate(notebook)
    out, names = io.StringIO(), {}
    with contextlib.redirect_stdout(out):
        for cell in notebook.cells:
            if cell.cell_type == "code":
                assert cell.outputs == [] and cell.execution_count is None
                exec(cell.source, names)
    results.append(out.getvalue())
print(json.dumps(results))
`;

/** The lessons of single numbers; plain Python is written for no others. */
const OF_NUMBERS = PRESETS.filter(({ state: { model = "" } }) => !core.hasTensors(model));

/** @param {Partial<import("../../www/state/settings.js").State>} preset */
function lessonOf(preset) {
  const state = { ...structuredClone(DECK), ...preset };
  const columns = Object.values(state.data);
  const lesson = new core.Lesson(state.model, Object.keys(state.data), Float64Array.from(columns.flat()), Uint32Array.from(columns, (column) => column.length));
  assert.equal(lesson.train(optionsOf(state, flatInitials(state.init, () => ({ shape: [], numbers: [] })))), undefined);
  return { lesson, state };
}

test("notebooks of all lessons are valid, and print the trace", () => {
  const cases = OF_NUMBERS.flatMap(({ state: preset }) => {
    const { lesson, state } = lessonOf(preset);
    const text = runNotebook(lesson.script(core.Language.Python, core.Digits.Rounded), state.model);
    return [{ text, trace: lesson.traceLines(core.Digits.Rounded, 0, lesson.traceLength) }];
  });
  const { stdout, stderr } = spawnSync(process.env.NOTEBOOK_PYTHON ?? "python3", ["-c", RUNNER], { input: JSON.stringify(cases.map(({ text }) => text)), encoding: "utf8" });
  assert.equal(stderr, "");
  const printed = JSON.parse(stdout);
  cases.forEach(({ trace }, index) => assert.equal(printed[index], trace, OF_NUMBERS[index]?.name));
});

/** What a lesson's line of why claims, held against its run. @type {Record<string, (run: import("../../www/pkg/core.js").Lesson) => boolean>} */
const CLAIMS = {
  "The deck’s lesson, 10 epochs": (run) => run.verdict()?.fate === "converges" && Math.abs((run.predict(4, 30) ?? 0) - 7.8) < 0.01,
  "The deck’s lesson, 100 epochs": (run) => Math.abs((run.predict(4, run.steps) ?? 0) - 8) < 1e-9,
  "Too large a learning rate": (run) => run.verdict()?.fate === "diverges",
  "The island": (run) => run.parametersBefore(1)[0] === 2 && run.verdict()?.fate === "converges" && (run.verdict()?.stable[0]?.[1] ?? 1) < 0.25,
  "A line with intercept": (run) => run.verdict()?.exact === true && Number(run.meanLosses()[1]) < 0.1,
  "The same line, all samples in one batch": (run) => run.batches === 1 && Number(run.meanLosses()[1]) < 0.1,
  "The same line, with momentum": (run) => Number(run.meanLosses()[1]) < 0.1,
  "A parabola through points": (run) => Number(run.meanLosses()[1]) < 0.2,
  "Yes or no: logistic regression": (run) => run.verdict()?.exact === false,
  "A network of two neurons": (run) => Number(run.meanLosses()[1]) < 0.02,
  "A saddle": (run) => Number(run.meanLosses()[1]) > 0.9 || Number(run.meanLosses()[1]) < 0.1,
  "Rosenbrock’s valley": (run) => run.samples === 1 && Number(run.meanLosses()[1]) < 1.1 && Number(run.meanLosses()[1]) > 0.01,
  "A slow start: gradients that vanish": (run) => Number(run.meanLosses()[1]) > 0.9,
  "Too small a learning rate": (run) => run.verdict()?.fate === "crawls",
};

for (const { name, why, state } of OF_NUMBERS) {
  test(`the lesson "${name}" shows what it says`, () => {
    const { lesson } = lessonOf(state);
    assert.ok(why.length > 20);
    assert.ok(CLAIMS[name]?.(lesson), `${JSON.stringify(lesson.verdict())} ${lesson.meanLosses()}`);
  });
}

test("a table is read as it was written", () => {
  // A small generator, so that a failing table can be made again.
  let seed = 1;
  const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
  const number = () => [0, -1, 1e-300, 1e300, random(), -random() * 1e6, Math.round(random() * 10)][Math.floor(random() * 7)] ?? 0;
  for (let round = 0; round < 500; round += 1) {
    const rows = 1 + Math.floor(random() * 6);
    const names = ["x", "y", "ŷ", "x_2", "θ"].slice(0, 1 + Math.floor(random() * 5));
    const columns = Object.fromEntries(names.map((name) => [name, Array.from({ length: rows }, number)]));
    assert.deepEqual({ ...readCsv(csvOf(columns)) }, columns);
  }
  assert.equal(csvOf({ "=1+1": [-1], 'a"b': [2] }), '\'=1+1,"a""b"\r\n-1,2\r\n', "no cell is a formula");
});

/** @type {[string, Record<string, number[]>][]} */
const READ = [
  ["x,y\n1,2\n3,4\n", { x: [1, 3], y: [2, 4] }],
  ["\uFEFFx,y\r\n1,2\r\n\r\n3,4", { x: [1, 3], y: [2, 4] }],
  ["x;y\n1,5;2,25\n-3;4e2\n", { x: [1.5, -3], y: [2.25, 400] }],
  ["x\ty\n1\t2", { x: [1], y: [2] }],
  ["1,2\n3,4", { x: [1, 3], y: [2, 4] }],
  ["1,2,3", { x1: [1], x2: [2], y: [3] }],
  ["5\n6", { x: [5, 6] }],
  ['"Size (m²)","2nd"\n" 1 ",2', { "Size_m": [1], c2nd: [2] }],
  ['"a ""b""",y\n1,2', { a_b: [1], y: [2] }],
  ["__proto__,y\n1,2", JSON.parse('{"proto":[1],"y":[2]}')],
];

for (const [text, columns] of READ) {
  test(`read: ${JSON.stringify(text).slice(0, 40)}`, () => assert.deepEqual({ ...readCsv(text) }, columns));
}

const REFUSED = [
  ["", "the table is empty; give it at least one row of numbers"],
  [" \n\n", "the table is empty; give it at least one row of numbers"],
  ["x,y\n", "the table has a head, but no row of numbers"],
  ["x,y\n1,2\n3\n", "row 3 has 1 cells, but the first row has 2"],
  ["x,y\n1,2,3\n", "row 2 has 3 cells, but the first row has 2"],
  ["x,y\n1,two\n", "row 2, column `y`: `two` is not a number; type one such as 0.01"],
  ["x,y\n1,\n", "row 2, column `y`: a number is missing"],
  ["x,y\n1,NaN\n", "row 2, column `y`: `NaN` is not a number; type one such as 0.01"],
  ["x,y\n1,1e999\n", "row 2, column `y`: `1e999` is too large; the largest number is about 1.8e308"],
  ["x,x\n1,2\n", "the table has two columns with the name `x`"],
  ["1,".repeat(1001), "row 1 has more than 1000 cells; write the numbers of a column below each other"],
  ['x,y\n"1,2\n', "row 2: a quote mark is never closed, or something follows it"],
  [`x\n${"1\n".repeat(100_001)}`, "the table has 100001 rows; at most 100000 are allowed"],
  ["1".repeat(5_000_001), "the table has 5000001 characters; at most 5000000 are read"],
];

for (const [text = "", message] of REFUSED) {
  test(`refused table: ${JSON.stringify(text).slice(0, 40)}`, () => {
    assert.throws(() => readCsv(text), (/** @type {any} */ error) => {
      assert.deepEqual([error.message, error.field], [message, "data"]);
      return true;
    });
  });
}

test("a long text that is read in parts gives the same as when it is read at once", () => {
  const parts = (/** @type {string} */ text) => {
    const reading = dataReading(text);
    let pauses = 0;
    for (let next = reading.next(); ; next = reading.next()) {
      if (next.done) {
        assert.deepEqual(next.value, SETTINGS.data.read(text));
        return pauses;
      }
      pauses += 1;
    }
  };
  const column = Array.from({ length: 20_000 }, (_, index) => index / 8);
  for (const text of [csvOf({ x: column, y: column }), `x = ${column.join(", ")}; y = ${column.join(" ")}`]) {
    assert.ok(parts(text) >= 80, `${parts(text)} pauses`);
  }
  assert.throws(() => finish(dataReading(csvOf({ x: column }).replace("1250\r", "wrong\r"))), { message: "row 10002, column `x`: `wrong` is not a number; type one such as 0.01" });
});

/** Texts of which each step of a careless reader takes as long as all before it. @type {[string, string | undefined][]} */
const TEDIOUS = [
  [`1${"\n".repeat(200_000)}`, undefined],
  [`1${" ".repeat(200_000)}2`, "the table has a head, but no row of numbers"],
  [`${"1 ".repeat(200_000)}!`, "`1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 …` should have the form name = number"],
  [`x = ${"1".repeat(200_000)}!`, "`1111111111111111111111111111111111111111…` is not a number; type one such as 0.01"],
  [`${"1".repeat(200_000)}\n2`, "row 1, column `x`: `1111111111111111111111111111111111111111…` is too large; the largest number is about 1.8e308"],
  [`1\n${"2".repeat(200_000)}!`, "row 2, column `x`: `2222222222222222222222222222222222222222…` is not a number; type one such as 0.01"],
  [`1\n${'"'.repeat(200_000)}`, `row 2, column \`x\`: \`${'"'.repeat(40)}…\` is not a number; type one such as 0.01`],
];

for (const [text, message] of TEDIOUS) {
  test(`read in a time proportional to the length of the text: ${JSON.stringify(text.slice(0, 10))}`, { timeout: 10_000 }, () => {
    const read = () => SETTINGS.data.read(text);
    message === undefined ? read() : assert.throws(read, { message });
  });
}
