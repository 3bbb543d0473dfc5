// Networks that give each pixel a class: their programs against PyTorch, what does not count, how far they see, and
// how well they learn from a few strokes.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { loadEngine } from "../../www/engine/engine.js";
import { networkOf } from "../../www/engine/network.js";
import { loadShots } from "../../www/engine/shots.js";
import { metricsOf } from "../../www/state/segment/metrics.js";
import { samplesOf } from "../../www/state/segment/samples.js";
import { seededStrokes } from "../../www/state/segment/strokes.js";
import { receptiveField, segmentProgram } from "../../www/state/segnet.js";
import { segmentState } from "../../www/state/segments.js";
import { drawn, integers } from "./integers.js";

/** @typedef {import("../../www/state/segnet.js").SegmentShape} SegmentShape */
/** @typedef {import("../../www/state/segment/project.js").Project} Project */
/** @typedef {import("../../www/state/segments.js").SegmentState} SegmentState */
/** @typedef {import("../../www/engine/network.js").Network} Network */
/** @typedef {Pick<SegmentState, "kind" | "layers" | "channels" | "colour" | "coordinates" | "copies" | "balanced"> & { size: [number, number] }} Given */
/** @typedef {{ network: Given, shapes: Record<string, number[]>, optimizer: "sgd" | "adam", lr: number, precision: "float64" | "float32", losses: number[], scores?: number[], gradient?: number[] }} Golden */

const engine = await (await loadEngine(new Uint8Array(await readFile(new URL("../../www/pkg/core_bg.wasm", import.meta.url))))).whole();
const SEEDS = process.env.DOWNHILL_THOROUGH === undefined ? [1, 2] : [1, 2, 3, 4, 5];

/** @type {SegmentShape} */
const UNET = { kind: "unet", layers: 2, channels: 8, inputs: 1, classes: 2, size: [128, 128] };

/** A network for a project. @param {Project} project @param {SegmentState} state */
function netOf(project, state) {
  const samples = samplesOf(project, state);
  return { ...samples, net: networkOf(engine, state, samples.columns, { precision: state.precision, compiled: true, samples: samples.training }) };
}

test("the programs", () => {
  assert.deepEqual(segmentProgram({ ...UNET, kind: "plain" }).model.split("\n"), [
    "x = picture - 0.5",
    "h1 = relu(conv(x, K1, padding=1) + b1)",
    "h2 = relu(conv(h1, K2, padding=1) + b2)",
    "scores = conv(h2, W) + c",
    "loss = -sum(mask * log_softmax(scores, axis=0))",
  ]);
  assert.deepEqual(segmentProgram({ ...UNET, kind: "pixel", layers: 1, inputs: 3, classes: 4 }), {
    model: "x = picture - 0.5\nh1 = relu(conv(x, K1) + b1)\nscores = conv(h1, W) + c\nloss = -sum(mask * log_softmax(scores, axis=0))",
    init: { K1: "kaiming(8, 3, 1, 1, seed=1)", b1: "zeros(8, 1, 1)", W: "kaiming(4, 8, 1, 1, seed=2)", c: "zeros(4, 1, 1)" },
  });
  const lines = segmentProgram({ ...UNET, size: [101, 128] }).model.split("\n");
  assert.deepEqual(lines, [
    "x = pad(picture - 0.5, 0, 0, 0, 3)",
    "e1 = relu(conv(x, K1, padding=1) + b1)",
    "p1 = maxpool(e1, 2)",
    "e2 = relu(conv(p1, K2, padding=1) + b2)",
    "p2 = maxpool(e2, 2)",
    "e3 = relu(conv(p2, K3, padding=1) + b3)",
    "u2 = concat(e2, upsample(e3, 2))",
    "d2 = relu(conv(u2, G2, padding=1) + a2)",
    "u1 = concat(e1, upsample(d2, 2))",
    "d1 = relu(conv(u1, G1, padding=1) + a1)",
    "scores = (conv(d1, W) + c)[:, :101, :128]",
    "loss = -sum(mask * log_softmax(scores, axis=0))",
  ]);
  assert.equal(segmentProgram(UNET).model.split("\n")[0], "x = picture - 0.5");
});

/** The pictures of tests/golden/make_segments.py. @param {[number, number]} size @returns {Project} */
function goldenProject(size) {
  const [next, area] = [integers(7), size[0] * size[1]];
  const shots = Array.from({ length: 5 }, (_, place) => ({
    name: `${place}`, size, isTest: false,
    pixels: Uint8Array.from({ length: 3 * area }, () => next() % 256),
    mask: Uint8Array.from({ length: area }, () => [0, 0, 0, 0, 0, 1, 1, 2, 2, 3][next() % 10] ?? 0),
  }));
  return { name: "own", credit: "", shots, classes: ["#000000", "#ffffff", "#ff0000"].map((color) => ({ name: color, color })) };
}

/** Half of the range of each parameter's initial numbers, by its first letter. @type {Record<string, number>} */
const HALVES = { K: 0.5, G: 0.5, W: 0.5, a: 0.125, b: 0.125, c: 0.125 };

/** The largest difference, relative to numbers above 1. @param {ArrayLike<number>} actual @param {ArrayLike<number>} expected */
function far(actual, expected) {
  assert.equal(actual.length, expected.length);
  return Math.max(...Array.from(actual, (number, place) => Math.abs(number - (expected[place] ?? NaN)) / Math.max(1, Math.abs(expected[place] ?? NaN))));
}

for (const line of (await readFile(new URL("../golden/segments.txt", import.meta.url), "utf8")).trim().split("\n")) {
  /** @type {Golden} */
  const { network, shapes, optimizer, lr, precision, losses, scores, gradient } = JSON.parse(line);
  const { size, ...given } = network;
  test(`50 losses are PyTorch's: ${network.kind} with ${network.layers} layers, ${optimizer}, ${precision}`, () => {
    const project = goldenProject(size);
    const { net } = netOf(project, segmentState({ ...given, optimizer, precision, batch: 2, shuffle: true, seed: 5 }, project));
    assert.deepEqual(net.parameters.map(({ name, shape }) => [name, shape]), Object.entries(shapes));
    net.load(net.parameters.flatMap(({ name, shape }, place) => drawn(place + 1, shape, HALVES[name[0] ?? ""] ?? NaN)));
    const found = scores && net.read("scores", [0]).values;
    const first = net.step(1, lr);
    assert.ok(!found || far(found, scores) < 1e-12, "scores");
    assert.ok(!gradient || far(net.gradients, gradient) < 1e-12, "gradient");
    const all = [...first, ...net.step(losses.length - 1, lr)];
    assert.ok(far(all, losses) < (precision === "float64" ? 1e-9 : 1e-3), String(far(all, losses)));
    net.free();
  });
}

for (const kind of ["unet", "plain", "pixel"]) {
  test(`${kind}: a pixel that is not painted has a gradient of exactly 0`, () => {
    const project = goldenProject([11, 13]);
    for (const precision of /** @type {const} */ (["float64", "float32"])) {
      const { net } = netOf(project, segmentState({ kind, precision, copies: "none" }, project));
      project.shots.forEach(({ mask }, sample) => {
        const gradient = net.inspect("scores", sample).gradient ?? new Float64Array(0);
        assert.equal(gradient.length, 3 * mask.length);
        gradient.forEach((slope, place) => assert.equal(slope !== 0, mask[place % mask.length] !== 0));
      });
      net.free();
    }
  });

  test(`${kind}: a network sees as far as it says, and no pixel further`, () => {
    for (const layers of [1, 2]) {
      /** @type {SegmentShape} */
      const shape = { ...UNET, kind: /** @type {SegmentShape["kind"]} */ (kind), layers, channels: 2, size: [40, 40] };
      const sides = Array.from({ length: 2 ** layers }, (_, place) => seenFrom(shape, 16 + place));
      assert.equal(Math.max(...sides), receptiveField(shape), `${layers} layers: ${sides}`);
    }
  });
}

/** How many rows of the picture change the score of a pixel. @param {SegmentShape} shape @param {number} at */
function seenFrom(shape, at) {
  const { model, init } = segmentProgram(shape);
  const columns = [{ name: "picture", shape: [1, 1, 40, 40], numbers: Array(1600).fill(1) }, { name: "mask", shape: [1, 2, 40, 40], numbers: Array(3200).fill(0) }];
  const net = networkOf(engine, /** @type {any} */ ({ model, init, lr: 1, batch: 1, optimizer: "sgd", shuffle: false, seed: 0 }), columns, { precision: "float64", compiled: true });
  // With positive numbers alone no relu is 0, and the largest of four pixels is the one that was made brighter.
  net.load(net.weights.map((_, place) => 0.1 + (place % 7) / 10));
  const score = (/** @type {number[]} */ picture) => (net.replace(0, { picture, mask: Array(3200).fill(0) }), net.read("scores", [0]).values[40 * at + at]);
  const plain = score(Array(1600).fill(1));
  const seen = Array.from({ length: 40 }, (_, row) => score(Array.from({ length: 1600 }, (_, place) => (Math.floor(place / 40) === row ? 2 : 1))) !== plain);
  net.free();
  return seen.lastIndexOf(true) - seen.indexOf(true) + 1;
}

test("what a network sees at most", () => {
  const fields = [1, 2, 3, 5].map((layers) => /** @type {const} */ (["pixel", "plain", "unet"]).map((kind) => receptiveField({ ...UNET, kind, layers })));
  assert.deepEqual(fields, [[1, 3, 10], [1, 5, 26], [1, 7, 54], [1, 11, 222]]);
});

const read = async (/** @type {URL} */ address) => new Uint8Array(await readFile(address));

/** The class of each pixel with the highest score. @param {Network} net @param {number} sample @param {number} classes */
function predicted(net, sample, classes) {
  const { values } = net.read("scores", [sample]);
  const area = values.length / classes;
  return Uint8Array.from({ length: area }, (_, place) => {
    const own = Array.from({ length: classes }, (_, k) => values[k * area + place] ?? NaN);
    return 1 + own.indexOf(Math.max(...own));
  });
}

/** Intersection over union of each class after training with strokes on 2 % of the pixels, in training and in the test. @param {string} name @param {Partial<SegmentState>} given @param {number} seed @param {number} steps */
async function learned(name, given, seed, steps) {
  const project = await loadShots(name, undefined, read);
  project.shots.filter(({ isTest }) => !isTest).forEach((shot, place) => (shot.mask = seededStrokes(shot.truth ?? shot.mask, shot.size, { share: 0.02, seed: 100 * seed + place })));
  const state = segmentState({ data: name, ...given }, project);
  const { net, count, training, shotOf } = netOf(project, state);
  net.step(steps, state.lr);
  const pictures = project.shots.filter(({ isTest }) => !isTest).length;
  const of = (/** @type {number} */ from, /** @type {number} */ end) => {
    const samples = Array.from({ length: end - from }, (_, place) => from + place);
    return metricsOf(samples.map((sample) => predicted(net, sample, project.classes.length)), samples.map((sample) => shotOf(sample)?.truth ?? []), project.classes.length).iou;
  };
  const result = { own: of(0, pictures), test: of(training, count) };
  net.free();
  return result;
}

for (const seed of SEEDS) {
  test(`coins are found from strokes on 2 % of the pixels, seed ${seed}`, async () => {
    const { own } = await learned("coins", {}, seed, 100);
    assert.ok((own[1] ?? 0) >= 0.85, String(own));
  });

  test(`discs and boxes of other scenes are found from strokes on 2 % of the pixels, seed ${seed}`, async () => {
    const { own, test } = await learned("scenes", {}, seed, 100);
    assert.ok([...own, ...test].every((iou) => iou >= 0.9), `${own}; ${test}`);
  });

  test(`a gland of another part of the picture is found from strokes on 2 % of the pixels, seed ${seed}`, async () => {
    const { own, test } = await learned("cells", {}, seed, 100);
    assert.ok([...own, ...test].every((iou) => iou >= 0.9), `${own}; ${test}`);
  });
}

test("the brightness of a pixel alone does not tell a texture", async () => {
  const { test } = await learned("scenes", { kind: "pixel" }, 1, 200);
  assert.ok((test[1] ?? 1) < 0.5 && (test[2] ?? 1) < 0.5, String(test));
});

/** @type {[Partial<Record<keyof SegmentShape, unknown>>, { message: string, field: string }][]} */
const REFUSED = [
  [{ kind: "fcn" }, { message: "there is no network `fcn` for pixels; there are unet, plain, pixel", field: "kind" }],
  [{ layers: 0 }, { message: "`layers` must be a whole number from 1 to 5; it is 0", field: "layers" }],
  [{ layers: 2.5 }, { message: "`layers` must be a whole number from 1 to 5; it is 2.5", field: "layers" }],
  [{ channels: 33 }, { message: "`channels` must be a whole number from 2 to 32; it is 33", field: "channels" }],
  [{ channels: "8); x = 1" }, { message: "`channels` must be a whole number from 2 to 32; it is 8); x = 1", field: "channels" }],
  [{ inputs: NaN }, { message: "`inputs` must be a whole number from 1 to 5; it is NaN", field: "inputs" }],
  [{ classes: 1 }, { message: "`classes` must be a whole number from 2 to 8; it is 1", field: "classes" }],
];

for (const [change, { message, field }] of REFUSED) {
  test(`refused: ${message}`, () => assert.throws(() => segmentProgram(/** @type {any} */ ({ ...UNET, ...change })), { message, field }));
}
