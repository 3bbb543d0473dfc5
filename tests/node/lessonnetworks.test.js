// What the second lesson says of its networks, trained here as a reader trains them.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { load } from "../../www/downhill.js";
import { loadEngine } from "../../www/engine/engine.js";
import { Sampler } from "../../www/engine/sampler.js";
import { bigramLoss, uniformLoss } from "../../www/state/bigram.js";
import { readIdx } from "../../www/state/idx.js";
import { floorOf, inventedLanguage } from "../../www/state/invented.js";
import { languageOf, textOf, tokensOf, windowsOf } from "../../www/state/language.js";
import { NETWORKS } from "../../www/state/networks.js";
import { randomNumbers } from "../../www/state/random.js";
import { receptiveField } from "../../www/state/textnet.js";
import { shapeOf, textState } from "../../www/state/texts.js";

const root = new URL("../../", import.meta.url);
const core = new Uint8Array(await readFile(new URL("www/pkg/core_bg.wasm", root)));
const downhill = await load(core);
const page = await readFile(new URL("networks.html", root), "utf8");
const html = page.replace(/<[^>]+>/g, "");

/** @param {string} name */
const idx = async (name) => readIdx(new Uint8Array(await readFile(new URL(`www/data/digits-${name}.idx`, root))), name);
const [{ values: pixels }, { values: labels }] = await Promise.all([idx("pictures"), idx("labels")]);

const SIDE = 8;
/** The first so many pictures are for training. */
const TRAINING = 1437;
const tested = Array.from({ length: labels.length - TRAINING }, (_, place) => TRAINING + place);

/** A picture, moved by so many pixels. @param {number} sample @param {number} [right] @param {number} [down] */
function pictureOf(sample, right = 0, down = 0) {
  const pixel = (/** @type {number} */ row, /** @type {number} */ column) => (Math.min(row, column) < 0 || Math.max(row, column) >= SIDE ? 0 : (pixels[(sample * SIDE + row) * SIDE + column] ?? 0) / 16);
  return [Array.from({ length: SIDE }, (_, row) => Array.from({ length: SIDE }, (_, column) => pixel(row - down, column - right)))];
}

/** A network of the page, with the digits; its test pictures are moved. @param {string} name @param {[number, number]} [move] */
function networkOf(name, move = [0, 0]) {
  const { lr = NaN, samples = TRAINING, batch = 32, model, init } = NETWORKS.find((preset) => preset.name === name)?.of({ size: [SIDE, SIDE], classes: 10 }) ?? assert.fail(name);
  const data = { picture: Array.from(labels, (_, sample) => pictureOf(sample, ...(sample < TRAINING ? /** @type {const} */ ([0, 0]) : move))), label: Array.from(labels) };
  const network = downhill.network({ model, init, data, batch, samples, shuffle: true, seed: 0, precision: "float32" });
  const learned = Array.from({ length: samples }, (_, sample) => sample);
  return {
    network,
    epochs: (/** @type {number} */ count) => network.step(count * Math.ceil(samples / batch), lr),
    losses: () => ({ training: network.meanLoss(learned), test: network.meanLoss(tested) }),
    accuracy: () => network.read("scores", tested).filter((scores, place) => placeOfLargest(/** @type {number[]} */ (scores)) === labels[TRAINING + place]).length / tested.length,
  };
}

/** @param {number[]} scores */
const placeOfLargest = (scores) => scores.indexOf(Math.max(...scores));

test("softmax regression begins with the loss of a network that knows nothing", () => {
  const { network, losses } = networkOf("softmax");
  assert.ok(Math.abs(losses().training - Math.log(10)) < 1e-6);
  network.free();
});

test("the ConvNet reads more than 95 of 100 test pictures, and is better than full matrices", () => {
  const [convnet, dense] = ["convnet", "dense"].map((name) => networkOf(name));
  assert.ok(convnet && dense && html.includes("more than 95 of 100"));
  [convnet, dense].forEach(({ epochs }) => epochs(50));
  assert.ok(convnet.accuracy() > 0.95, String(convnet.accuracy()));
  assert.ok(convnet.losses().test < 0.8 * dense.losses().test, `${convnet.losses().test} ${dense.losses().test}`);
  const weights = [convnet, dense].map(({ network }) => Object.values(network.weights).flat(4).length);
  assert.ok(Math.abs((weights[0] ?? 0) / (weights[1] ?? 1) - 1) < 0.02, String(weights));
  [convnet, dense].forEach(({ network }) => network.free());
});

test("with every test picture moved by a pixel, the ConvNet reads about 6 of 10, and full matrices about 4", () => {
  assert.match(html, /after 20 epochs the ConvNet still reads about 6 of 10 correctly, and the other network about 4 of 10/);
  for (const [name, expected] of /** @type {const} */ ([["convnet", 6], ["dense", 4]])) {
    const trained = networkOf(name);
    trained.epochs(20);
    const { weights } = trained.network;
    trained.network.free();
    const right = [[1, 0], [-1, 0], [0, 1], [0, -1]].map((move) => {
      const { network, accuracy } = networkOf(name, /** @type {[number, number]} */ (move));
      network.weights = weights;
      const found = accuracy();
      network.free();
      return found;
    });
    const mean = right.reduce((sum, part) => sum + part, 0) / right.length;
    assert.equal(Math.round(10 * mean), expected, `${name}: ${mean}`);
  }
});

test("with 50 pictures the training loss falls towards 0, and the test loss rises while the accuracy stays", () => {
  const { network, epochs, losses, accuracy } = networkOf("overfitting");
  assert.ok(Object.values(network.weights).flat(4).length > 2000);
  epochs(50);
  const before = { ...losses(), accuracy: accuracy() };
  epochs(450);
  const after = { ...losses(), accuracy: accuracy() };
  assert.ok(after.training < 0.01 && after.test > 1.1 * before.test, JSON.stringify([before, after]));
  assert.ok(Math.abs(after.accuracy - before.accuracy) < 0.05, JSON.stringify([before, after]));
  network.free();
});

test("with too high a learning rate the loss never becomes small", () => {
  const { network, epochs, losses } = networkOf("fast");
  epochs(20);
  assert.ok(losses().training > 0.3, String(losses().training));
  network.free();
});

test("where relus are dead, a gradient arrives at h2 and goes no further, and the loss stays", () => {
  const { network, epochs, losses } = networkOf("dead");
  epochs(10);
  assert.ok(Math.abs(losses().training - Math.log(10)) < 0.01);
  const largest = (/** @type {string} */ line, /** @type {"value" | "gradient"} */ which) => Math.max(...[network.inspect(line, 0)[which] ?? NaN].flat(4).map((number) => Math.abs(Number(number))));
  assert.deepEqual(["h1", "c2", "h2"].map((line) => largest(line, "value")), [0, 0, 0]);
  assert.deepEqual(["K1", "c1", "h1", "c2"].map((line) => largest(line, "gradient")), [0, 0, 0, 0]);
  assert.ok(largest("h2", "gradient") > 0);
  network.free();
});

const words = languageOf(await readFile(new URL("www/data/words.txt", root), "utf8"), { name: "words", credit: "" });

/**
 * A network for text, as the page trains it.
 * @param {import("../../www/state/language.js").Language} language
 * @param {Partial<import("../../www/downhill.d.ts").TextState>} given
 */
function writerOf(language, given) {
  const state = textState(given, language);
  const { columns, training, count } = windowsOf(language, state.window);
  const rows = (/** @type {ArrayLike<number>} */ numbers) => Array.from({ length: count }, (_, sample) => Array.prototype.slice.call(numbers, sample * state.window, (sample + 1) * state.window));
  const data = Object.fromEntries(columns.map(({ name, numbers }) => [name, rows(numbers)]));
  const { model, init, batch = 32, optimizer, lr } = state;
  const network = downhill.network({ model, init, data, batch, samples: training, shuffle: true, seed: 0, precision: "float32", optimizer });
  const [learned, tested] = [[0, training], [training, count]].map(([from = 0, to = 0]) => Array.from({ length: to - from }, (_, sample) => from + sample));
  return {
    network,
    shape: shapeOf(state, language.tokens.length),
    epochs: (/** @type {number} */ epochs) => network.step(epochs * Math.ceil(training / batch), lr ?? NaN),
    losses: () => ({ training: network.meanLoss(learned ?? []), test: network.meanLoss(tested ?? []) }),
  };
}

/** The attributes of the network for text in a section. @param {string} id @returns {Record<string, string>} */
function attributesIn(id) {
  const [, section = ""] = new RegExp(`<section id="${id}"(.*?)</section>`, "s").exec(page) ?? [];
  const [tag = ""] = /<downhill-text [^>]*>/.exec(section) ?? assert.fail(`there is no network for text in ${id}`);
  return Object.fromEntries([...tag.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name = "", text = ""]) => [name, text]));
}

test("the yardsticks on the words are those that the text names", () => {
  const { test: loss } = bigramLoss(words);
  const [, nats, perplexity] = /its loss is ([\d.]+) nats, a perplexity of ([\d.]+)\./.exec(html) ?? [];
  assert.deepEqual([loss.toFixed(2), Math.exp(loss).toFixed(1)], [nats, perplexity]);
  assert.ok(Math.abs(uniformLoss(words) - Math.log(27)) < 1e-12 && html.includes("all 27 tokens the same probability"));
});

test("the network that writes is below the bigram model after two epochs, and has the perplexities of the text after ten", () => {
  assert.match(html, /In two epochs, about a second, its test loss falls below that of the bigram model/);
  assert.match(html, /Pause after ten epochs: its perplexity on the test words is about 7\..* it is above 9\. With relu and residual connections it is about 7\.5\./);
  assert.equal(attributesIn("words").data, "words");
  const found = /** @type {const} */ (["gated", "tanh", "plain"]).map((kind) => {
    const { network, epochs, losses, shape } = writerOf(words, { kind });
    epochs(2);
    assert.ok(kind !== "gated" || losses().test < bigramLoss(words).test, String(losses().test));
    epochs(8);
    const result = { kind, shape, weights: network.weights, perplexity: Math.exp(losses().test) };
    network.free();
    return result;
  });
  const [gated, tanh, plain] = found.map(({ perplexity }) => perplexity);
  assert.ok(Math.abs((gated ?? NaN) - 7) < 0.25 && (tanh ?? NaN) > 9 && (tanh ?? NaN) < 10 && Math.abs((plain ?? NaN) - 7.5) < 0.25, JSON.stringify([gated, tanh, plain]));
});

test("at a temperature of 0 it repeats one word, and u is the most probable character after q", async () => {
  assert.match(html, /the network below writes the same word without end/);
  const { network, epochs, shape } = writerOf(words, {});
  epochs(10);
  const sampler = new Sampler(await (await loadEngine(core)).whole(), shape, { first: words.tokens.indexOf("\n"), precision: "float32" });
  sampler.load(Float64Array.from(Object.values(network.weights).flat(4)));
  const written = (/** @type {number} */ temperature) => {
    sampler.temperature = temperature;
    sampler.begin(new Uint16Array());
    return textOf(words, sampler.write(400, randomNumbers(1))).split("\n").slice(0, -1);
  };
  const [last = "", ...before] = written(0).reverse();
  assert.ok(last.length > 1 && before.slice(0, 5).every((word) => word === last), last);
  assert.ok(new Set(written(1)).size > 20);
  sampler.temperature = 1;
  sampler.begin(tokensOf(words, "q"));
  const chances = Array.from(sampler.next());
  assert.equal(words.tokens[placeOfLargest(chances)], "u");
  sampler.free();
  network.free();
});

test("where the receptive field is a letter too small, nothing is learned; with a layer more, the test loss is halved", () => {
  const { data = "", layers, kernel, channels, lr } = attributesIn("reach");
  const language = inventedLanguage(data);
  const guess = uniformLoss(language);
  assert.ok(Math.abs(guess - Math.log(8)) < 1e-12 && html.includes("This invented language has eight letters"));
  const given = { data, layers: Number(layers), kernel: Number(kernel), channels: Number(channels), lr: Number(lr) };
  const small = writerOf(language, given);
  small.epochs(5);
  assert.equal(receptiveField(small.shape), 9);
  assert.ok(small.losses().training < 0.95 * guess && small.losses().test > guess, JSON.stringify(small.losses()));
  assert.match(html, /Now set the layers to 3, and train again: within five epochs, the test loss falls to about half of that/);
  const large = writerOf(language, { ...given, layers: 3 });
  large.epochs(5);
  const best = large.losses().test;
  assert.ok(Math.abs(best / guess - 0.5) < 0.06, String(best / guess));
  large.epochs(20);
  assert.ok(large.losses().test > 1.1 * best, String(large.losses().test));
  const [, floor] = /The least possible loss is then ([\d.]+) nats/.exec(html) ?? [];
  assert.equal(floorOf(data, receptiveField(large.shape))?.toFixed(3), floor);
  [small, large].forEach(({ network }) => network.free());
});
