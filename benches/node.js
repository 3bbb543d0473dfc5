// Sample-steps in Node.

import { readFile } from "node:fs/promises";
import { measureSteps, plain, quantile, report } from "./measure.js";

const core = await import("../www/pkg/core.js");
core.initSync({ module: await readFile(new URL("../www/pkg/core_bg.wasm", import.meta.url)) });
const { graph, hand } = measureSteps(core);
report("step: graph, wasm, Node", quantile(graph, 0.5), "ns");
report("step: by hand, JavaScript, Node", quantile(hand, 0.5), "ns");

/** A training step has a forward pass more than the two passes: that of the loss which is printed. */
for (const nodes of [10, 100, 1_000, 10_000]) {
  const lesson = new core.Lesson(`w${"*x".repeat(nodes)}`, ["x"], Float64Array.of(1), Uint32Array.of(1));
  const epochs = Math.ceil(100_000 / nodes);
  const options = plain(1e-300, epochs);
  lesson.compile(options);
  const time = () => {
    const start = performance.now();
    lesson.train(options);
    return ((performance.now() - start) * 1e6) / (epochs * nodes);
  };
  // JavaScript engines compile a module twice: at once, and well a little later.
  for (const begun = performance.now(); performance.now() - begun < 500; ) {
    time();
  }
  const times = Array.from({ length: 40 }, time);
  report(`chain of ${nodes}: training step, wasm`, quantile(times, 0.5), "ns");
  lesson.free();
}

network();
await networks();
await segmentation();
fates();
longRun();
await module();

/** One step of a 2-32-32-1 tanh network by the mean squared error over 1,000 points. */
function network() {
  const inputs = ["x1", "x2"];
  const [first, second] = ["h", "k"].map((layer) => Array.from({ length: 32 }, (_, unit) => `${layer}${unit}`));
  const layer = (/** @type {string[]} */ from, /** @type {string[]} */ to) => to.map((name) => `${name} = tanh(${from.map((input) => `w_${name}_${input}*${input}`).join(" + ")} + b_${name})`);
  const model = [...layer(inputs, first ?? []), ...layer(first ?? [], second ?? []), `y_hat = ${(second ?? []).map((input) => `v_${input}*${input}`).join(" + ")} + c`, "(y_hat - y)^2"].join("\n");
  const points = 1_000;
  const column = (/** @type {number} */ seed) => Float64Array.from({ length: points }, (_, index) => Math.sin(seed * (index + 1)));
  const lesson = new core.Lesson(model, [...inputs, "y"], Float64Array.from([...column(1.1), ...column(2.3), ...column(3.7)]), Uint32Array.of(points, points, points));
  const names = lesson.parameters;
  const steps = 20;
  const options = { ...plain(1e-3, steps, points), initNames: names, initValues: names.map((_, index) => 0.3 * Math.sin(7 * index + 1)) };
  lesson.compile(options);
  const time = () => {
    const start = performance.now();
    lesson.train(options);
    return (performance.now() - start) / steps;
  };
  report("network of 1,153 weights, one by one: training step, wasm", quantile(Array.from({ length: 12 }, time).slice(2), 0.5), "ms");
  lesson.free();
}

/** The map of fates of the deck's lesson, where no run reaches its goal: every lane takes every step. */
function fates() {
  const lesson = new core.Lesson("y_hat = x*w\ns = y_hat - y\nloss = s^2", ["x", "y"], Float64Array.of(1, 2, 3, 2, 4, 6), Uint32Array.of(3, 3));
  const [columns, rows, epochs] = [400, 240, 30];
  lesson.train(plain(0.01, epochs));
  const theme = new core.Theme(new Uint32Array(), "serif", 1);
  const time = (/** @type {number[]} */ rates, /** @type {number[]} */ starts) => {
    const map = new core.FateMap(lesson, Float64Array.from(rates), Float64Array.from(starts), 0);
    const begin = performance.now();
    map.colours(lesson, theme, columns, rows, 0, rows);
    const elapsed = performance.now() - begin;
    map.free();
    return elapsed;
  };
  // Near 0 every run is on its way to the end, and takes all of its steps.
  const slow = quantile(Array.from({ length: 9 }, () => time([1e-6, 1e-5], [1, 1.001])), 0.5);
  report("map of fates: a step of a lane, wasm", (slow * 1e6) / (columns * rows * epochs * 3), "ns");
  report("map of fates of 400 by 240, wasm", quantile(Array.from({ length: 9 }, () => time([1e-4, 1], [-10, 10])), 0.5), "ms");
  lesson.free();
}

function longRun() {
  const lesson = new core.Lesson("y_hat = x*w\ns = y_hat - y\nloss = s^2", ["x", "y"], Float64Array.of(1, 2, 2, 4), Uint32Array.of(2, 2));
  const options = plain(1e-7, 500_000);
  lesson.compile(options);
  const time = () => {
    const begin = performance.now();
    lesson.train(options);
    return performance.now() - begin;
  };
  report("a run of 1,000,000 steps, wasm", quantile(Array.from({ length: 9 }, time), 0.5), "ms");
  lesson.free();
}

/** Steps of networks of tensors: the network above, and a small ConvNet on pictures of 8 by 8 in batches of 32. */
async function networks() {
  const { load } = await import("../www/downhill.js");
  const downhill = await load(await readFile(new URL("../www/pkg/core_bg.wasm", import.meta.url)));
  const wave = (/** @type {number} */ length, seed = 1) => Array.from({ length }, (_, index) => Math.sin(seed * (index + 1)));
  const perceptron = {
    model: "h = tanh(W1 @ x + b1)\nk = tanh(W2 @ h + b2)\nloss = (W3 @ k + b3 - y)^2",
    data: { x: wave(1_000, 1.1).map((value, index) => [value, Math.sin(2.3 * index)]), y: wave(1_000, 3.7) },
    init: { W1: "normal(32, 2, seed=1)", b1: "zeros(32)", W2: "kaiming(32, 32, seed=2)", b2: "zeros(32)", W3: "kaiming(32, seed=3)", b3: 0 },
    batch: 1_000,
  };
  const convolutions = {
    model: "h = maxpool(relu(conv(picture, K1, padding=1)), 2)\nk = maxpool(relu(conv(h, K2, padding=1)), 2)\nloss = cross_entropy(W @ reshape(k, -1) + b, label)",
    data: { picture: wave(64).map((seed) => [Array.from({ length: 8 }, (_, row) => wave(8, seed + row))]), label: Array.from({ length: 64 }, (_, index) => index % 10) },
    init: { K1: "kaiming(8, 1, 3, 3, seed=1)", K2: "kaiming(16, 8, 3, 3, seed=2)", W: "kaiming(10, 64, seed=3)", b: "zeros(10)" },
    batch: 32,
  };
  // LeNet on pictures of 28 by 28.
  const large = {
    model: "h = maxpool(relu(conv(picture, K1, padding=2) + reshape(b1, 6, 1, 1)), 2)\nk = maxpool(relu(conv(h, K2) + reshape(b2, 16, 1, 1)), 2)\nu = relu(U @ reshape(k, -1) + c)\nv = relu(V @ u + d)\nloss = cross_entropy(W @ v + b, label)",
    data: { picture: wave(64).map((seed) => [Array.from({ length: 28 }, (_, row) => wave(28, seed + row))]), label: Array.from({ length: 64 }, (_, index) => index % 10) },
    init: { K1: "kaiming(6, 1, 5, 5, seed=1)", b1: "zeros(6)", K2: "kaiming(16, 6, 5, 5, seed=2)", b2: "zeros(16)", U: "kaiming(120, 400, seed=3)", c: "zeros(120)", V: "kaiming(84, 120, seed=4)", d: "zeros(84)", W: "kaiming(10, 84, seed=5)", b: "zeros(10)" },
    batch: 32,
  };
  // A gated ConvNet for text: 4 layers of 32 channels, kernel 4, windows of 32 characters.
  const { textProgram } = await import("../www/state/textnet.js");
  const windows = (/** @type {number} */ factor) => Array.from({ length: 64 }, (_, sample) => Array.from({ length: 32 }, (_, place) => (factor * (32 * sample + place) + (place % 13)) % 28));
  const text = { ...textProgram({ kind: "gated", layers: 4, kernel: 4, channels: 32, window: 32, tokens: 28 }), data: { tokens: windows(7), next: windows(5) }, batch: 32 };
  for (const precision of /** @type {const} */ (["float32", "float64"])) {
    for (const [name, settings] of /** @type {[string, object][]} */ ([["network 2-32-32-1, 1,000 points", perceptron], ["ConvNet, batch of 32", convolutions], ["LeNet, 28 by 28, batch of 32", large], ["gated ConvNet for text, batch of 32", text]])) {
      const make = () => {
        const begun = performance.now();
        downhill.network({ ...settings, precision }).free();
        return performance.now() - begun;
      };
      const making = quantile(Array.from({ length: 9 }, make), 0.5);
      const made = downhill.network({ ...settings, precision });
      const time = () => {
        const start = performance.now();
        made.step(20, 1e-3);
        return (performance.now() - start) / 20;
      };
      const times = Array.from({ length: 20 }, time).slice(8);
      report(`${name}: training step, ${precision}`, quantile(times, 0.5), "ms");
      report(`${name}: read, lowered and compiled, ${precision}`, making, "ms");
      made.free();
    }
  }
}

/** A class for each pixel: three layers of 8 channels on a picture of 128 by 128, and the scores of one. */
async function segmentation() {
  const { loadEngine } = await import("../www/engine/engine.js");
  const { networkOf } = await import("../www/engine/network.js");
  const engine = await (await loadEngine(await readFile(new URL("../www/pkg/core_bg.wasm", import.meta.url)))).whole();
  const { segmentProgram } = await import("../www/state/segnet.js");
  const side = 128;
  const column = (/** @type {string} */ name, /** @type {number} */ channels, /** @type {(place: number) => number} */ at) => ({ name, shape: [1, channels, side, side], numbers: Float64Array.from({ length: channels * side * side }, (_, place) => at(place)) });
  const program = segmentProgram({ kind: "plain", layers: 3, channels: 8, inputs: 1, classes: 2, size: [side, side] });
  const settings = /** @type {any} */ ({ ...program, batch: 1, optimizer: "adam", shuffle: false, seed: 0 });
  const network = networkOf(engine, settings, [column("picture", 1, Math.sin), column("mask", 2, (place) => (place % 53 === 0 ? 1 / 618 : 0))], { precision: "float32", compiled: true });
  const time = (/** @type {() => unknown} */ work) => {
    const times = Array.from({ length: 30 }, () => {
      const start = performance.now();
      work();
      return performance.now() - start;
    });
    return quantile(times.slice(10), 0.5);
  };
  report("segmentation, 128 by 128: training step, float32", time(() => network.step(1, 1e-3)), "ms");
  report("segmentation, 128 by 128: prediction, float32", time(() => network.read("scores", [0])), "ms");
  network.free();
}

/** The module's `train`, with its record copied out. */
async function module() {
  const { load } = await import("../www/downhill.js");
  const downhill = await load(await readFile(new URL("../www/pkg/core_bg.wasm", import.meta.url)));
  const time = () => {
    const begin = performance.now();
    downhill.train({ epochs: 100_000 });
    return ((performance.now() - begin) * 1e6) / 300_000;
  };
  report("train() of the module: a step of 300,000", quantile(Array.from({ length: 20 }, time).slice(5), 0.5), "ns");
}
