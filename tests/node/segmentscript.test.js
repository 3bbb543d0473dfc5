// Networks for pixels as PyTorch programs: their parts, and their losses beside ours.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { headingsIn } from "./notebooks.js";
import { loadEngine } from "../../www/engine/engine.js";
import { networkNotebook } from "../../www/elements/network/home/notebook.js";
import { scriptParts } from "../../www/elements/network/home/script.js";
import { SEGMENT_HOME } from "../../www/elements/network/segment/home.js";
import { segmentTask } from "../../www/elements/network/segment/task.js";
import { Trainer } from "../../www/elements/network/trainer.js";
import { generatedScenes } from "../../www/state/segment/scenes.js";
import { seededStrokes } from "../../www/state/segment/strokes.js";
import { segmentState } from "../../www/state/segments.js";

/** @typedef {import("../../www/state/segment/project.js").Project} Project */
/** @typedef {Partial<import("../../www/state/segments.js").SegmentState>} Given */

const engine = await (await loadEngine(new Uint8Array(await readFile(new URL("../../www/pkg/core_bg.wasm", import.meta.url))))).whole();
const [STEPS, LATER] = [50, 30];

/** Three scenes with strokes, the last one for the test, and one without a stroke. @returns {Project} */
function projectOf() {
  const shots = generatedScenes({ count: 4, side: 32, seed: 3 });
  shots.forEach((shot, place) => {
    shot.isTest = place === 2;
    shot.mask = place < 2 ? seededStrokes(shot.truth ?? shot.mask, shot.size, { share: 0.05, seed: place }) : shot.mask;
  });
  return { name: "scenes", classes: ["ground", "disc", "bar"].map((name) => ({ name, color: "#56b4e9" })), shots, credit: "Made here." };
}

/** A run with the losses of its steps and of a test. @param {Given} given @param {number} steps */
function ranOf(given, steps) {
  const project = projectOf();
  const state = segmentState({ layers: 2, channels: 4, ...given }, project);
  const task = segmentTask(project, state);
  const trainer = new Trainer(engine, task, state);
  if (steps > 0) {
    trainer.take(LATER, 0.01);
    trainer.take(steps - LATER, 0.005);
  }
  trainer.evaluate(Infinity);
  const { network, initial, rates, scores, history, test } = trainer;
  const run = { data: project, task, state, parameters: network.parameters, initial, rates, steps: trainer.steps, scores };
  const ran = { run, losses: history.means, test };
  trainer.free();
  return ran;
}

/** @param {ReturnType<typeof ranOf>["run"]} run */
const partsOf = (run, whole = true) => engine.use((core) => scriptParts(core, SEGMENT_HOME, run, whole));

/** @param {string} python @param {string[]} how @param {string} input */
function printed(python, how, input) {
  const { stdout, stderr } = spawnSync(python, how, { input, encoding: "utf8", env: { ...process.env, OMP_NUM_THREADS: "1" } });
  assert.equal(stderr, "");
  return stdout;
}

/** @type {[string, Given][]} */
const RUNS = [["U-Net", { kind: "unet" }], ["layers, in colour, mirrored", { kind: "plain", colour: "colour", copies: "mirrored" }], ["each pixel alone, with its place", { kind: "pixel", coordinates: true, balanced: false }], ["turned copies, shuffled in batches", { kind: "plain", copies: "turned", batch: 3, shuffle: true, optimizer: "sgd" }]];

test("programs of all kinds are Python, with their pictures or without them", () => {
  const programs = RUNS.flatMap(([, given]) => [true, false].map((whole) => `${partsOf(ranOf(given, 0).run, whole).join("\n\n\n")}\n`));
  const check = "import json, sys\nfor text in json.load(sys.stdin): compile(text, 'program', 'exec')";
  assert.equal(printed("python3", ["-c", check], JSON.stringify(programs)), "");
  assert.ok(programs.every((program) => program.split("\n").every((line) => line.length <= 120)));
});

test("a program has five parts, with what belongs to pixels", () => {
  const [data = "", network = "", loss = "", training = "", tested = "", ...more] = partsOf(ranOf({ kind: "plain", coordinates: true, copies: "none" }, STEPS).run);
  assert.equal(more.length, 0);
  const expected = /** @type {const} */ ([
    [data, ["# Made here.", "# 2 pictures for training, then 1 for the test", "pictures = torch.cat([pictures, down", "masks = (classes[:, None] == numbers) * shares"]],
    [network, ["def forward(picture, mask):\n    \"\"\"The class scores and the loss of one picture.\"\"\"", "log_softmax(scores, axis=0)"]],
    [loss, ["torch.vmap(forward)(pictures[samples], masks[samples])", "    30: 0.005,"]],
    [training, ["range(50), batches()"]],
    [tested, ["correct = (scores.argmax(1) + 1 == right)[right > 0].double()"]],
  ]);
  expected.forEach(([part, texts]) => texts.forEach((text) => assert.ok(part.includes(text), `${text} is missing in:\n${part}`)));
});

test("the notebook is valid, with a heading above each part", () => {
  const { run } = ranOf({ kind: "pixel", layers: 1 }, 0);
  assert.deepEqual(headingsIn(networkNotebook(partsOf(run), run.state.model, SEGMENT_HOME.words)), ["# A network in PyTorch", "## Data", "## Network", "## Loss and optimizer", "## Training", "## Test"]);
});

const PYTHON = process.env.DOWNHILL_PYTHON;
const MOST = { float64: 1e-9, float32: 1e-3 };

for (const precision of /** @type {const} */ (["float64", "float32"])) {
  for (const [name, given] of RUNS) {
    test(`${name}: the program prints the losses of our run, ${precision}`, { skip: PYTHON ? false : "$DOWNHILL_PYTHON is no Python with PyTorch" }, (context) => {
      const { run, losses, test: tested } = ranOf({ ...given, precision }, STEPS);
      const lines = printed(String(PYTHON), ["-"], `${partsOf(run).join("\n\n\n")}\n`).trimEnd().split("\n").map((line) => Number(line.split(" ").at(-1)));
      const { loss, right, of } = tested ?? { loss: NaN, right: NaN, of: NaN };
      const far = [...losses, loss, right / of].map((own, place) => Math.abs((lines[place] ?? NaN) / own - 1));
      context.diagnostic(`largest relative difference ${Math.max(...far)}`);
      assert.equal(lines.length, STEPS + 2);
      assert.ok(Math.max(...far) < MOST[precision], String(Math.max(...far)));
    });
  }
}
