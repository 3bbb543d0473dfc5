// Networks for text as PyTorch programs: their parts, and their losses beside ours.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { headingsIn } from "./notebooks.js";
import { loadEngine } from "../../www/engine/engine.js";
import { Sampler } from "../../www/engine/sampler.js";
import { networkNotebook } from "../../www/elements/network/home/notebook.js";
import { scriptParts } from "../../www/elements/network/home/script.js";
import { TEXT_HOME } from "../../www/elements/network/text/home.js";
import { textTask } from "../../www/elements/network/text/task.js";
import { Trainer } from "../../www/elements/network/trainer.js";
import { inventedLanguage } from "../../www/state/invented.js";
import { languageOf, textOf, tokensOf } from "../../www/state/language.js";
import { shapeOf, textState } from "../../www/state/texts.js";

/** @typedef {import("../../www/state/language.js").Language} Language */
/** @typedef {import("../../www/state/texts.js").TextState} TextState */

const engine = await (await loadEngine(new Uint8Array(await readFile(new URL("../../www/pkg/core_bg.wasm", import.meta.url))))).whole();
const KINDS = ["gated", "tanh", "plain", "mlp", "bigram"];
const BRACKETS = inventedLanguage("brackets");
const [STEPS, LATER] = [100, 60];

/** A text with tokens of several characters, and with what Python has to be told carefully. */
const ODD = languageOf("e\u0301 \"quoted\"\\ \r\n\t\u202e👩‍👩‍👧 ’—' # {}\0\n".repeat(60), { name: "own", credit: "Mine\rimport os" });
/** The same without tokens of several characters. */
const CAREFUL = languageOf("a \"quoted\"\\n \n\t\u202e\u2028 ’—' # {}\0\u00a0😀\n".repeat(40), { name: "own", credit: "Mine" });

/**
 * A run of a network for a text, with the losses of its steps and of a test.
 * @param {Language} language
 * @param {Partial<TextState>} given
 * @param {number} steps
 */
function ranOf(language, given, steps) {
  const state = textState({ layers: 2, channels: 8, window: 16, batch: 24, samples: 100, ...given }, language);
  const task = textTask(language, state.window);
  const trainer = new Trainer(engine, task, state);
  trainer.take(Math.min(steps, LATER), 0.01);
  trainer.take(Math.max(steps - LATER, 0), 0.005);
  trainer.evaluate(Infinity);
  const { network, initial, rates, scores, history, test } = trainer;
  const run = { data: language, task, state, parameters: network.parameters, initial, rates, steps: trainer.steps, scores };
  const ran = { run, losses: history.means, test, weights: network.weights };
  trainer.free();
  return ran;
}

/** @param {ReturnType<typeof ranOf>["run"]} run */
const partsOf = (run, whole = true) => engine.use((core) => scriptParts(core, TEXT_HOME, run, whole));
/** @param {ReturnType<typeof ranOf>["run"]} run */
const programOf = (run, whole = true) => `${partsOf(run, whole).join("\n\n\n")}\n`;

/** @param {string} python @param {string[]} how @param {string} input */
function printed(python, how, input) {
  const { stdout, stderr } = spawnSync(python, how, { input, encoding: "utf8", env: { ...process.env, OMP_NUM_THREADS: "1", PYTHONIOENCODING: "utf-8" } });
  assert.equal(stderr, "");
  return stdout;
}

/** The texts in a program as Python reads them: its tokens and the two parts. @param {string} program @returns {[string[], string, string]} */
function textsOf(program) {
  const read = "import ast, json, sys\nnodes = ast.parse(sys.stdin.read()).body\nfound = {node.targets[0].id: node.value for node in nodes if isinstance(node, ast.Assign) and hasattr(node.targets[0], 'id')}\nprint(json.dumps([ast.literal_eval(found[name]) for name in ('TOKENS', 'TEXT', 'TEST')]))";
  return JSON.parse(printed("python3", ["-c", read], program));
}

test("programs of all kinds are Python, with their text or without it", () => {
  const programs = KINDS.flatMap((kind) => [BRACKETS, ODD, CAREFUL].flatMap((language) => {
    const { run } = ranOf(language, { kind, samples: 5, batch: 2 }, 0);
    return [programOf(run), programOf(run, false)];
  }));
  const check = "import json, sys\nfor text in json.load(sys.stdin): compile(text, 'program', 'exec')";
  assert.equal(printed("python3", ["-c", check], JSON.stringify(programs)), "");
  assert.ok(programs.every((program) => program.split("\n").every((line) => [...line].length <= 110)));
});

test("a text can be read in its program, as far as it is used", () => {
  for (const language of [BRACKETS, CAREFUL]) {
    const [tokens, learned, tested] = textsOf(programOf(ranOf(language, { samples: 3, batch: 2 }, 0).run));
    assert.deepEqual(tokens, language.tokens);
    assert.equal(learned, textOf(language, language.text.subarray(0, 3 * 16 + 1)));
    assert.equal(tested, textOf(language, language.text.subarray(language.training)));
  }
  const program = programOf(ranOf(CAREFUL, {}, 0).run);
  assert.doesNotMatch(program, /[\u202e\u2028\0\u00a0]/);
  assert.match(program, /’—' # \{\}/);
});

test("a text whose tokens have several characters is written as numbers", () => {
  const [tokens, learned, tested] = textsOf(programOf(ranOf(ODD, {}, 0).run));
  assert.ok(tokens.includes("👩‍👩‍👧"));
  assert.deepEqual(tokens, ODD.tokens);
  const task = textTask(ODD, 16);
  assert.deepEqual(Array.from(Buffer.from(learned, "base64")), Array.from(ODD.text.subarray(0, task.training * 16 + 1)));
  assert.deepEqual(Array.from(Buffer.from(tested, "base64")), Array.from(ODD.text.subarray(ODD.training)));
});

test("where a text has a token for all other characters, a beginning may have them too", () => {
  const many = Array.from({ length: 300 }, (_, place) => String.fromCodePoint(0x4e00 + place)).join("");
  const program = programOf(ranOf(languageOf(many.repeat(3), { name: "own", credit: "Mine" }), { kind: "bigram" }, 0).run);
  assert.ok(program.includes("return [NUMBERS.get(token, NUMBERS[\"\ufffd\"]) for token in text]"));
});

test("a program has six parts, with what belongs to a text", () => {
  const { run } = ranOf(BRACKETS, { kind: "gated", optimizer: "adam", precision: "float32" }, STEPS);
  const [data = "", network = "", loss = "", training = "", tested = "", writing = "", ...more] = partsOf(run);
  assert.equal(more.length, 0);
  const expected = /** @type {const} */ ([
    [data, ["torch.set_default_dtype(torch.float32)", "# An invented language (balanced brackets), made by this page from seed 1.", "WINDOW = 16", "windows, following = windows_of(torch.tensor(numbers_of(TEXT)))", "training = len(windows)"]],
    [network, ["def forward(tokens, next_):\n    \"\"\"The class scores and the loss of one window.\"\"\"", "    e = transpose(embedding(E, tokens))", "    loss = cross_entropy(transpose(scores), next_)", "    return scores, loss.reshape(())"]],
    [loss, ["torch.vmap(forward)(windows[samples], following[samples])", "torch.optim.Adam(parameters, lr=0.01)", "    60: 0.005,"]],
    [training, ["The numbers of the windows of each step", "range(100), batches()", "start + 24]"]],
    [tested, ["test loss in nats", "test loss in bits", "test perplexity", "scores.argmax(1) == test_following"]],
    [writing, ["def write(beginning=\"\", length=200, temperature=1.0):", "[NUMBERS[\"\\n\"], *numbers_of(beginning)]", "torch.multinomial(chances, 1)"]],
  ]);
  expected.forEach(([part, texts]) => texts.forEach((text) => assert.ok(part.includes(text), `${text} is missing in:\n${part}`)));
});

test("a listing leaves the text and the weights out", () => {
  const { run } = ranOf(BRACKETS, {}, 0);
  const text = programOf(run, false);
  assert.ok(text.includes("TEXT = (\n    \"...\"\n)"));
  assert.ok(text.includes("WEIGHTS = \"\"\"\n...\n\"\"\""));
  assert.ok(text.length < 6000);
});

test("a program without scores neither counts what is right nor writes", () => {
  const { run } = ranOf(BRACKETS, { model: "loss = mean((tokens + next - w)^2)", init: { w: "0" } }, 0);
  const parts = partsOf(run);
  assert.equal(parts.length, 5);
  assert.doesNotMatch(parts.join("\n"), /def write|accuracy/);
});

test("the notebook speaks of windows, and has a heading for each part", () => {
  const { run } = ranOf(BRACKETS, {}, 0);
  const text = networkNotebook(partsOf(run), run.state.model, TEXT_HOME.words);
  const { cells } = JSON.parse(text);
  assert.match([cells[0].source].flat().join(""), /The network for one window;[\s\S]*on the same windows in the same order/);
  assert.deepEqual(headingsIn(text), ["# A network in PyTorch", ...["Data", "Network", "Loss and optimizer", "Training", "Test", "Writing"].map((name) => `## ${name}`)]);
});

/** The largest difference, relative to what is expected. @param {number[]} found @param {number[]} expected */
function farthest(found, expected) {
  assert.equal(found.length, expected.length);
  return Math.max(...found.map((number, place) => Math.abs(number / (expected[place] ?? NaN) - 1)));
}

/** What is written at temperature 0. @param {ReturnType<typeof ranOf>} ran @param {string} beginning */
function writtenBy({ run: { data, state }, weights }, beginning) {
  const sampler = new Sampler(engine, shapeOf(state, data.tokens.length), { first: data.tokens.indexOf("\n"), precision: state.precision });
  sampler.load(weights);
  sampler.temperature = 0;
  sampler.begin(tokensOf(data, beginning));
  const written = textOf(data, sampler.write(40, () => 0.5));
  sampler.free();
  return beginning + written;
}

const PYTHON = process.env.DOWNHILL_PYTHON;
const SKIP = PYTHON ? false : "$DOWNHILL_PYTHON is no Python with PyTorch";
const MOST = { float64: 1e-9, float32: 1e-3 };

/** @type {[string, Language, Partial<TextState>][]} */
const RUNS = [...KINDS.map((kind) => /** @type {[string, Language, Partial<TextState>]} */ ([kind, BRACKETS, { kind }])), ["gated, tokens of several characters", ODD, { shuffle: false, optimizer: "sgd" }]];

for (const precision of /** @type {const} */ (["float64", "float32"])) {
  for (const [name, language, given] of RUNS) {
    test(`${name}: the program prints the losses of our run and writes what we write, ${precision}`, { skip: SKIP }, (context) => {
      const ran = ranOf(language, { ...given, precision }, STEPS);
      const beginning = language === ODD ? "e\u0301 \"👩‍👩‍👧" : "[(";
      const lines = printed(String(PYTHON), ["-"], `${programOf(ran.run)}import json\nprint(json.dumps(write(${JSON.stringify(beginning)}, 40, 0.0)))\n`).trimEnd().split("\n");
      const far = farthest(lines.slice(0, STEPS).map((line) => Number(line.split(" ")[1])), ran.losses);
      context.diagnostic(`largest relative difference ${far}`);
      assert.ok(far < MOST[precision], String(far));
      const tested = lines.slice(STEPS, STEPS + 4).map((line) => Number(line.split(" ").at(-1)));
      const { loss, right, of } = ran.test ?? { loss: NaN, right: NaN, of: NaN };
      assert.ok(farthest(tested, [loss, loss / Math.LN2, Math.exp(loss), right / of]) < 10 * MOST[precision], String(tested));
      if (precision === "float64") {
        assert.equal(JSON.parse(lines.at(-1) ?? ""), writtenBy(ran, beginning));
      }
    });
  }
}
