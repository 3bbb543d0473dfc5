// Networks: their losses beside PyTorch's, and the programs that are taken home.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { headingsIn } from "./notebooks.js";
import { load } from "../../www/downhill.js";
import { networkNotebook } from "../../www/elements/network/home/notebook.js";
import { scriptParts } from "../../www/elements/network/home/script.js";
import { PICTURES_HOME } from "../../www/elements/network/pictures/home.js";
import { pictureTask } from "../../www/elements/network/pictures/task.js";
import { nested } from "../../www/state/tensor.js";
import { drawn, integers } from "./integers.js";

const downhill = await load(await readFile(new URL("../../www/pkg/core_bg.wasm", import.meta.url)));
const core = await import("../../www/pkg/core.js");
const golden = await readFile(new URL("../golden/networks.txt", import.meta.url), "utf8");

const [SAMPLES, CLASSES, SIZE, STEPS] = [80, 10, 8, 100];

/** @typedef {{ network: string, optimizer: "sgd" | "adam", options: object, rates: [number, number], precision: "float64" | "float32", losses: number[] }} Golden */
/** @typedef {{ model: string, shapes: Record<string, number[]>, halves: number[] }} Written */

/** The programs of the golden file, with the shapes of their parameters and half of the range of the initial numbers. @type {Record<string, Written>} */
const NETWORKS = {
  softmax: {
    model: "z = W @ reshape(picture, -1) + b\nloss = cross_entropy(z, label)",
    shapes: { W: [10, 64], b: [10] },
    halves: [0.125, 0.125],
  },
  perceptron: {
    model: "h = relu(W1 @ reshape(picture, -1) + b1)\nz = W2 @ h + b2\nloss = cross_entropy(z, label)",
    shapes: { W1: [32, 64], b1: [32], W2: [10, 32], b2: [10] },
    halves: [0.25, 0.125, 0.5, 0.125],
  },
  convolutions: {
    model: "h = maxpool(relu(conv(picture, K1, padding=1)), 2)\nk = maxpool(relu(conv(h, K2, padding=1)), 2)\nz = W @ reshape(k, -1) + b\nloss = cross_entropy(z, label)",
    shapes: { K1: [8, 1, 3, 3], K2: [16, 8, 3, 3], W: [10, 64], b: [10] },
    halves: [0.5, 0.25, 0.25, 0.125],
  },
};

const labels = Uint8Array.from({ length: SAMPLES }, (_, sample) => (sample * 7) % CLASSES);
const pixels = Uint8Array.from(pattern());

/** A pattern for each class, in sixteenths, under noise. */
function pattern() {
  const next = integers(11);
  return Array.from(labels).flatMap((label) => Array.from({ length: SIZE * SIZE }, (_, place) => {
    const [row, column] = [Math.floor(place / SIZE), place % SIZE];
    return ((row * (label + 1) + column * (label + 2)) % 5 < 2 ? 9 : 2) + (next() % 8);
  }));
}

/** @param {Written} written */
function initialOf({ shapes, halves }) {
  return Object.entries(shapes).map(([name, shape], place) => ({ name, shape, numbers: drawn(place + 1, shape, halves[place] ?? NaN) }));
}

/**
 * The losses of our run on the first pictures; each rate holds for an equal part of the steps.
 * @param {Written} written
 * @param {object} settings
 * @param {number[]} rates
 * @param {number} steps
 * @param {number} samples
 */
function lossesOf(written, settings, rates, steps, samples) {
  const made = downhill.network({
    model: written.model, batch: 32, shuffle: true, seed: 5, ...settings,
    data: { picture: nested([samples, 1, SIZE, SIZE], Array.from(pixels.subarray(0, samples * SIZE * SIZE), (pixel) => pixel / 16)), label: Array.from(labels.subarray(0, samples)) },
    init: Object.fromEntries(initialOf(written).map(({ name, shape, numbers }) => [name, nested(shape, numbers)])),
  });
  const losses = rates.flatMap((rate) => Array.from(made.step(steps / rates.length, rate)));
  made.free();
  return losses;
}

/** How far losses may be from PyTorch's, relative to them. */
const MOST = { float64: 1e-9, float32: 1e-3 };

/** @param {number[]} losses @param {number[]} expected @param {"float64" | "float32"} precision */
function checkAlike(losses, expected, precision) {
  assert.equal(losses.length, expected.length);
  expected.forEach((loss, step) => assert.ok(Math.abs((losses[step] ?? NaN) - loss) <= MOST[precision] * Math.abs(loss), `step ${step}: ${losses[step]} is not ${loss}`));
}

for (const run of golden.trim().split("\n").map((line) => /** @type {Golden} */ (JSON.parse(line)))) {
  test(`${run.network}, ${run.optimizer} ${JSON.stringify(run.options)}, ${run.precision}: the losses are PyTorch's`, () => {
    const { network, optimizer, options, rates, precision, losses } = run;
    const written = /** @type {Written} */ (NETWORKS[network]);
    checkAlike(lossesOf(written, { optimizer, ...options, precision }, rates, STEPS, SAMPLES), losses, precision);
  });
}

const data = { name: "own", size: /** @type {[number, number]} */ ([SIZE, SIZE]), classes: Array.from({ length: CLASSES }, String), pixels, levels: 16, labels, training: 60, credit: "Drawn by nobody,\nfor nothing." };

/** What a program is written from. @param {string} name @param {object} [settings] @param {object} [more] @param {Written} [written] */
function runOf(name, settings = {}, more = {}, written = /** @type {Written} */ (NETWORKS[name])) {
  const initial = initialOf(written);
  const state = { model: written.model, lr: 0.1, optimizer: "sgd", batch: 32, shuffle: true, seed: 5, precision: "float64", samples: 50, ...settings };
  const all = { data, state, parameters: initial.map(({ name, shape }) => ({ name, shape })), initial: Float64Array.from(initial.flatMap(({ numbers }) => numbers)), rates: [{ step: 0, lr: 0.1 }], steps: 40, scores: "z", ...more };
  return { ...all, task: pictureTask(all.data) };
}

/** @param {string[]} programs */
function compile(programs) {
  const check = "import json, sys\nfor text in json.load(sys.stdin): compile(text, 'program', 'exec')";
  assert.equal(spawnSync("python3", ["-c", check], { input: JSON.stringify(programs), encoding: "utf8" }).stderr, "");
}

/** @param {ReturnType<typeof runOf>} run */
const textOf = (run, whole = true) => scriptParts(core, PICTURES_HOME, run, whole).join("\n\n\n");

test("programs of all networks are Python, whatever their names are", () => {
  const model = "scores = print @ reshape(picture, -1) + lambda₁*(picture[0, 0, 0] > 0.5)\nsamples = weights + [1, 2]\nfor = cross_entropy(scores, label) + argmax(samples)";
  const odd = runOf("softmax", { model, precision: "float32" }, { scores: "scores", parameters: [{ name: "print", shape: [10, 64] }, { name: "lambda₁", shape: [10] }, { name: "weights", shape: [] }] });
  const text = textOf(odd);
  compile([text, ...Object.keys(NETWORKS).flatMap((name) => [textOf(runOf(name)), textOf(runOf(name), false)])]);
  const written = ["lambda1 = weights[640:650].reshape(10)", "weights_ = weights[650:651].reshape(())", "    scores = print_ @ reshape(picture, -1) + lambda1*torch.gt(", ".float()", "    samples = weights_ + stack(", "    for_ = cross_entropy(scores, label)", "    return scores, for_.reshape(())"];
  written.forEach((part) => assert.ok(text.includes(part), `${part} is missing in ${textOf(odd, false)}`));
  assert.doesNotMatch(textOf(odd, false).split("def forward")[1]?.split("\n\n")[0] ?? "", /double/);
});

test("a program contains the data, the order, the weights and the learning rates of the run", () => {
  const rates = [{ step: 0, lr: 0.1 }, { step: 7, lr: 0.2 }, { step: 7, lr: 0.05 }, { step: 9, lr: 0.05 }, { step: 40, lr: 1 }];
  const text = textOf(runOf("convolutions", { optimizer: "adam", betas: [0.8, 0.99], precision: "float32" }, { rates }));
  for (const part of ["torch.set_default_dtype(torch.float32)", "# Drawn by nobody,\n# for nothing.", "training = 50\n", "reshape(-1, 1, 8, 8) / 16.0", "K2 = weights[72:1224].reshape(16, 8, 3, 3)", "torch.optim.Adam(parameters, lr=0.1, betas=(0.8, 0.99))", "rates = {\n    0: 0.1,\n    7: 0.05,\n}", "random.seed(5)", "range(40), batches()", "scores.argmax(1)"]) {
    assert.ok(text.includes(part), `${part} is missing:\n${text}`);
  }
  const [pictures, classes, weights] = [...text.matchAll(/"""\n([A-Za-z0-9+/=\n]+)"""/g)].map(([, bytes = ""]) => Buffer.from(bytes, "base64"));
  const shown = (/** @type {Uint8Array} */ all, width = 1) => Buffer.concat([all.subarray(0, 50 * width), all.subarray(60 * width)]);
  assert.deepEqual(pictures, shown(pixels, SIZE * SIZE));
  assert.deepEqual(classes, shown(labels));
  assert.deepEqual(weights && new Float64Array(new Uint8Array(weights).buffer), runOf("convolutions").initial);
  assert.ok(text.split("\n").every((line) => line.length <= 100));
});

test("what a run does not have is not in its program", () => {
  const text = textOf(runOf("softmax", { shuffle: false, batch: 25 }, { scores: undefined, data: { ...data, training: 80 }, steps: 0 }), false);
  assert.doesNotMatch(text, /random|accuracy|test|rates|math/);
  // Without a step, the program takes those of an epoch.
  assert.match(text, /range\(2\), batches/);
  compile([text]);
});

test("a listing leaves the bytes out", () => {
  const text = textOf(runOf("convolutions"), false);
  assert.equal(text.match(/"""\n\.\.\.\n"""/g)?.length, 3);
  assert.ok(text.length < 4000);
});

test("the notebook is valid, with a heading above each of its five parts", () => {
  const run = runOf("convolutions");
  const text = networkNotebook(scriptParts(core, PICTURES_HOME, run, true), run.state.model, PICTURES_HOME.words);
  assert.deepEqual(headingsIn(text), ["# A network in PyTorch", "## Data", "## Network", "## Loss and optimizer", "## Training", "## Test"]);
});

/** A program with casts, lists and draws, and with names that Python needs. @type {Written} */
const ODD = {
  model: "bytes_of = relu(V @ reshape(picture, -1) + kaiming(6, 4, seed=2) @ [1, w, -w, 2])\nz = concat(bytes_of, [max(bytes_of), w, 1, 0])\nloss = cross_entropy(z, label) + mean((bytes_of > 0.5)*bytes_of) + where(w > 2, w, w^2) + 0.1*norm(V)",
  shapes: { V: [6, 64], w: [] },
  halves: [0.25, 0.5],
};

const PYTHON = process.env.DOWNHILL_PYTHON;

for (const precision of /** @type {const} */ (["float64", "float32"])) {
  test(`the programs print the losses of our runs in ${precision}`, { skip: PYTHON ? false : "$DOWNHILL_PYTHON is no Python with PyTorch" }, () => {
    for (const [written, settings] of /** @type {[Written, object][]} */ ([[NETWORKS.convolutions, { optimizer: "adam", precision }], [ODD, { optimizer: "sgd", momentum: 0.5, precision }]])) {
      const rates = [{ step: 0, lr: 0.0625 }, { step: 50, lr: 0.015625 }];
      const program = textOf(runOf("convolutions", settings, { rates, steps: STEPS }, written));
      const { stdout, stderr } = spawnSync(String(PYTHON), ["-"], { input: program, encoding: "utf8", env: { ...process.env, OMP_NUM_THREADS: "1" } });
      assert.equal(stderr, "");
      const printed = stdout.split("\n").slice(0, STEPS).map((line) => Number(line.split(" ")[1]));
      checkAlike(lossesOf(written, settings, rates.map(({ lr }) => lr), STEPS, 50), printed, precision);
    }
  });
}
