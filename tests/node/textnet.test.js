// Networks for text: their programs against PyTorch, causality, and sampling with kept inputs.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { loadEngine } from "../../www/engine/engine.js";
import { networkOf } from "../../www/engine/network.js";
import { Sampler } from "../../www/engine/sampler.js";
import { randomNumbers } from "../../www/state/random.js";
import { receptiveField, stepProgram, textProgram } from "../../www/state/textnet.js";
import { drawn, integers } from "./integers.js";

/** @typedef {import("../../www/state/textnet.js").TextShape} TextShape */
/** @typedef {{ network: TextShape, shapes: Record<string, number[]>, optimizer: "sgd" | "adam", lr: number, precision: "float64" | "float32", losses: number[] }} Golden */

const engine = await (await loadEngine(new Uint8Array(await readFile(new URL("../../www/pkg/core_bg.wasm", import.meta.url))))).whole();
const CASES = process.env.DOWNHILL_THOROUGH === undefined ? 300 : 10_000;

/** @type {readonly TextShape["kind"][]} */
const KINDS = ["gated", "tanh", "plain", "mlp", "bigram"];
/** @type {TextShape} */
const GATED = { kind: "gated", layers: 2, kernel: 3, channels: 8, window: 16, tokens: 9 };

/**
 * A network for windows of a text.
 * @param {TextShape} shape
 * @param {number[]} text a token more than the windows have
 * @param {object} [given] how it is trained
 * @param {"float64" | "float32"} [precision]
 */
function netOf(shape, text, given = {}, precision = "float64") {
  const { model, init } = textProgram(shape);
  const samples = Math.floor((text.length - 1) / shape.window);
  const column = (/** @type {string} */ name, /** @type {number} */ from) => ({ name, shape: [samples, shape.window], numbers: text.slice(from, from + samples * shape.window) });
  const state = { model, init, lr: 1, batch: 1, optimizer: "sgd", shuffle: false, seed: 0, ...given };
  return networkOf(engine, /** @type {any} */ (state), [column("tokens", 0), column("next", 1)], { precision, compiled: true });
}

/** Random whole numbers below `below`. @param {number} seed */
function wholes(seed) {
  const random = randomNumbers(seed);
  return (/** @type {number} */ below) => Math.floor(below * random());
}

/** A text of random tokens. @param {number} length @param {number} tokens @param {number} seed */
function randomText(length, tokens, seed) {
  const whole = wholes(seed);
  return Array.from({ length }, () => whole(tokens));
}

/** Numbers from -1 to 1 in the place of all parameters. @param {import("../../www/engine/network.js").Network} net @param {number} seed */
function scramble(net, seed) {
  const random = randomNumbers(seed);
  net.load(net.weights.map(() => 2 * random() - 1));
}

test("the program of a gated network", () => {
  const { model, init } = textProgram(GATED);
  assert.deepEqual(model.split("\n"), [
    "e = transpose(embedding(E, tokens))",
    "p1 = pad(e, 2, 0)",
    "a1 = conv(p1, A1) + b1",
    "g1 = sigmoid(conv(p1, G1) + d1)",
    "h1 = e + a1*g1",
    "p2 = pad(h1, 2, 0)",
    "a2 = conv(p2, A2) + b2",
    "g2 = sigmoid(conv(p2, G2) + d2)",
    "h2 = h1 + a2*g2",
    "scores = W @ h2 + c",
    "loss = cross_entropy(transpose(scores), next)",
  ]);
  assert.deepEqual(Object.keys(init), ["E", "A1", "b1", "G1", "d1", "A2", "b2", "G2", "d2", "W", "c"]);
  assert.deepEqual(stepProgram(GATED).init, init);
});

test("a perceptron sees as much as the gated network, and has about as many weights", () => {
  for (const shape of [GATED, { ...GATED, layers: 6, kernel: 5, channels: 64, tokens: 200 }, { ...GATED, layers: 4, kernel: 4, channels: 32 }]) {
    const count = (/** @type {TextShape["kind"]} */ kind) => netOf({ ...shape, kind }, randomText(17, 9, 1)).weights.length;
    assert.equal(receptiveField({ ...shape, kind: "mlp" }), receptiveField(shape));
    assert.ok(Math.abs(count("mlp") / count("gated") - 1) < 0.05);
  }
});

/** The text of tests/golden/make_texts.py. @param {number} length @param {number} tokens */
function goldenText(length, tokens) {
  const next = integers(11);
  const text = [0, 1, 2, 3];
  while (text.length < length) {
    text.push(((text.at(-1) ?? 0) + 2 * (text.at(-4) ?? 0) + Number(next() % 10 === 0)) % tokens);
  }
  return text;
}

/** Half of the range of each parameter's initial numbers, by its first letter. @type {Record<string, number>} */
const HALVES = { E: 1, A: 0.25, G: 0.5, b: 0.125, d: 0.125, W: 0.5, c: 0.125 };

for (const line of (await readFile(new URL("../golden/texts.txt", import.meta.url), "utf8")).trim().split("\n")) {
  /** @type {Golden} */
  const { network: shape, shapes, optimizer, lr, precision, losses } = JSON.parse(line);
  test(`100 losses are PyTorch's: ${shape.kind} with ${shape.layers} layers, ${optimizer}, ${precision}`, () => {
    const net = netOf(shape, goldenText(40 * shape.window + 1, shape.tokens), { batch: 16, optimizer, shuffle: true, seed: 5 }, precision);
    assert.deepEqual(net.parameters.map(({ name, shape }) => [name, shape]), Object.entries(shapes));
    net.load(net.parameters.flatMap(({ name, shape }, place) => drawn(place + 1, shape, HALVES[name[0] ?? ""] ?? NaN)));
    const far = Math.max(...net.step(losses.length, lr).map((loss, step) => Math.abs(loss / (losses[step] ?? NaN) - 1)));
    assert.ok(far < (precision === "float64" ? 1e-9 : 1e-3), String(far));
    net.free();
  });
}

/** A random shape. @param {(below: number) => number} whole @param {number} place @returns {TextShape} */
function anyShape(whole, place) {
  return { kind: KINDS[place % KINDS.length] ?? "gated", layers: 2 + whole(3), kernel: 2 + whole(4), channels: 8 + whole(5), window: 4 + whole(21), tokens: 2 + whole(12) };
}

/** The scores of a window, token by token. @param {import("../../www/engine/network.js").Network} net @param {number[]} tokens */
function scoresOf(net, tokens) {
  net.replace(0, { tokens, next: tokens });
  return net.read("scores", [0]).values;
}

test(`no later token changes an earlier score, bit for bit, in ${CASES} cases`, () => {
  const whole = wholes(17);
  let moved = 0;
  for (let place = 0; place < 20; place += 1) {
    const shape = anyShape(whole, place);
    const net = netOf(shape, randomText(shape.window + 1, shape.tokens, place), {}, place % 2 === 0 ? "float64" : "float32");
    for (let round = 0; round < CASES / 20; round += 1) {
      scramble(net, CASES * place + round);
      moved += changeOne(net, shape, whole);
    }
    net.free();
  }
  // A score of the changed position itself is another one, but for rare ties.
  assert.ok(moved > 0.9 * CASES, String(moved));
});

/** Changes one token and compares; returns whether a score at its own position has changed. @param {import("../../www/engine/network.js").Network} net @param {TextShape} shape @param {(below: number) => number} whole */
function changeOne(net, { window, tokens }, whole) {
  const text = Array.from({ length: window }, () => whole(tokens));
  const before = scoresOf(net, text);
  const changed = whole(window);
  text[changed] = ((text[changed] ?? 0) + 1 + whole(tokens - 1)) % tokens;
  const after = scoresOf(net, text);
  const isOther = before.map((score, place) => Number(!Object.is(score, after[place])));
  assert.ok(isOther.every((other, place) => other === 0 || place % window >= changed));
  return Number(isOther.some((other, place) => other === 1 && place % window === changed));
}

/** The probabilities at a position, from the scores of all tokens at all positions. @param {Float64Array} scores @param {number} window @param {number} position @param {number} [temperature] */
function chancesAt(scores, window, position, temperature = 1) {
  const own = scores.filter((_, place) => place % window === position);
  const most = Math.max(...own);
  const powers = own.map((score) => Math.exp((score - most) / temperature));
  const sum = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / sum);
}

/** @param {Float64Array} actual @param {Float64Array} expected */
const far = (actual, expected) => Math.max(...actual.map((number, place) => Math.abs(number - (expected[place] ?? NaN))));

for (const kind of KINDS) {
  test(`${kind}: a step with kept inputs has the probabilities of the whole window`, () => {
    for (const [layers, kernel] of /** @type {const} */ ([[2, 2], [3, 4], [2, 5]])) {
      const shape = { ...GATED, kind, layers, kernel, window: 40 };
      const text = randomText(41, shape.tokens, layers);
      const net = netOf(shape, text);
      scramble(net, kernel);
      const scores = scoresOf(net, text.slice(0, 40));
      const sampler = new Sampler(engine, shape, { first: text[0] ?? 0 });
      sampler.load(net.weights);
      for (let position = 0; position < 40; position += 1) {
        assert.ok(far(sampler.next(), chancesAt(scores, 40, position)) < 1e-12, `${layers} layers, position ${position}`);
        sampler.take(text[position + 1] ?? 0);
      }
      [net, sampler].forEach((each) => each.free());
    }
  });

  test(`${kind}: a text is the one that whole windows give`, () => {
    const shape = { ...GATED, kind };
    const net = netOf(shape, randomText(17, shape.tokens, 1));
    scramble(net, 3);
    const sampler = new Sampler(engine, shape, { first: 2 });
    sampler.load(net.weights);
    sampler.temperature = 0.7;
    sampler.begin([4, 4, 1]);
    assert.deepEqual(sampler.write(200, randomNumbers(8)), wholeText(net, shape, [2, 4, 4, 1], 200, 0.7));
    [net, sampler].forEach((each) => each.free());
  });
}

/** Draws from the scores of the last window, which is longer than the receptive field. @param {import("../../www/engine/network.js").Network} net @param {TextShape} shape @param {number[]} begun @param {number} count @param {number} temperature */
function wholeText(net, { window }, begun, count, temperature) {
  const [text, random] = [[...begun], randomNumbers(8)];
  for (let place = 0; place < count; place += 1) {
    const seen = text.slice(-window);
    const scores = scoresOf(net, [...seen, ...Array(window - seen.length).fill(0)]);
    const at = random();
    let sum = 0;
    text.push(chancesAt(scores, window, seen.length - 1, temperature).findIndex((chance) => (sum += chance) > at));
  }
  return text.slice(begun.length);
}

test("a sampler writes the same text from the same seed, and another one from another", () => {
  const sampler = new Sampler(engine, GATED, { first: 0 });
  const written = (/** @type {number} */ seed) => {
    sampler.begin([1, 2]);
    return sampler.write(100, randomNumbers(seed));
  };
  const text = written(1);
  assert.deepEqual(written(1), text);
  assert.notDeepEqual(written(2), text);
  // The initial values are a part of the program, and the engine's numbers are the same everywhere.
  assert.deepEqual(text.slice(0, 12), FIRST);
  sampler.free();
});

const FIRST = [5, 0, 2, 8, 8, 2, 5, 6, 3, 8, 3, 3];

test("a trained network writes what it has read", () => {
  const shape = { ...GATED, window: 8 };
  const cycle = [0, 1, 2, 1, 3];
  const net = netOf(shape, Array.from({ length: 20 * 8 + 1 }, (_, place) => cycle[place % 5] ?? 0), { batch: 10, optimizer: "adam" });
  net.step(200, 0.01);
  const sampler = new Sampler(engine, shape, { first: 3 });
  sampler.load(net.weights);
  sampler.temperature = 0;
  assert.deepEqual(sampler.write(10, () => 0.5), [...cycle, ...cycle]);
  sampler.temperature = 1;
  sampler.begin([0, 1, 2]);
  assert.ok((sampler.next()[1] ?? 0) > 0.95);
  [net, sampler].forEach((each) => each.free());
});

for (const precision of /** @type {const} */ (["float64", "float32"])) {
  test(`every temperature gives probabilities in ${precision}`, () => {
    const sampler = new Sampler(engine, GATED, { first: 0, precision });
    const at = (/** @type {number} */ temperature) => Object.assign(sampler, { temperature }).next();
    const usual = at(1);
    const best = usual.indexOf(Math.max(...usual));
    for (const temperature of [0, 5e-324, 1e-300, 1e-9]) {
      assert.deepEqual([...at(temperature)], [...usual.map((_, token) => Number(token === best))]);
    }
    assert.ok(at(Number.MAX_VALUE).every((chance) => Math.abs(chance - 1 / 9) < 1e-7));
    assert.ok((at(0.5)[best] ?? 0) > (usual[best] ?? 0) && (at(2)[best] ?? 0) < (usual[best] ?? 0));
    assert.deepEqual(at(1), usual);
    sampler.free();
  });
}

/** @type {[() => unknown, { message: string, field: string }][]} */
const REFUSED = [
  [() => textProgram({ ...GATED, kind: /** @type {any} */ ("lstm") }), { message: "there is no network `lstm` for text; there are gated, tanh, plain, mlp, bigram", field: "kind" }],
  [() => textProgram({ ...GATED, layers: 7 }), { message: "`layers` must be a whole number from 2 to 6; it is 7", field: "layers" }],
  [() => textProgram({ ...GATED, kernel: NaN }), { message: "`kernel` must be a whole number from 2 to 5; it is NaN", field: "kernel" }],
  [() => textProgram({ ...GATED, channels: /** @type {any} */ ("8); x = 1") }), { message: "`channels` must be a whole number from 8 to 64; it is 8); x = 1", field: "channels" }],
  [() => stepProgram({ ...GATED, tokens: 1e9 }), { message: "`tokens` must be a whole number from 1 to 256; it is 1000000000", field: "tokens" }],
  [() => new Sampler(engine, GATED, { first: 9 }), { message: "there is no token 9; the tokens are 0 to 8", field: "token" }],
  [() => new Sampler(engine, GATED, { first: 0 }).begin([0, 1.5]), { message: "there is no token 1.5; the tokens are 0 to 8", field: "token" }],
  ...[NaN, -1, Infinity, /** @type {any} */ ("1")].map((temperature) => /** @type {[() => unknown, { message: string, field: string }]} */ ([
    () => Object.assign(new Sampler(engine, GATED, { first: 0 }), { temperature }),
    { message: `the temperature must be a finite number of at least 0; it is ${temperature}`, field: "temperature" },
  ])),
];

for (const [ask, { message, field }] of REFUSED) {
  test(`refused: ${message}`, () => assert.throws(ask, { message, field }));
}
