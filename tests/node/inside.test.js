// The inside of a network for text: principal axes, neighbours, and the gradient of one prediction.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { principalAxes } from "../../www/elements/network/text/inside/axes.js";
import { groupOf, nearestRows } from "../../www/elements/network/text/inside/nearest.js";
import { columnNorms, columnOf, norm, softmax } from "../../www/elements/network/text/inside/numbers.js";
import { Position, isKnown } from "../../www/elements/network/text/inside/position.js";
import { textTask } from "../../www/elements/network/text/task.js";
import { Trainer } from "../../www/elements/network/trainer.js";
import { loadEngine } from "../../www/engine/engine.js";
import { languageOf } from "../../www/state/language.js";
import { randomNumbers } from "../../www/state/random.js";
import { receptiveField } from "../../www/state/textnet.js";
import { shapeOf, textState } from "../../www/state/texts.js";

/** @typedef {import("../../www/elements/network/text/element.js").TextScene} Scene */

const engine = await (await loadEngine(new Uint8Array(await readFile(new URL("../../www/pkg/core_bg.wasm", import.meta.url))))).whole();

/** @param {ArrayLike<number>} found @param {number[]} expected @param {number} [error] */
function near(found, expected, error = 1e-9) {
  assert.equal(found.length, expected.length);
  expected.forEach((value, place) => assert.ok(Math.abs((found[place] ?? NaN) - value) <= error, `${place}: ${found[place]} and ${value}`));
}

test("principal axes of points on an ellipse with known axes, far from the origin", () => {
  const [along, across] = [[0.6, 0.8, 0], [-0.8, 0.6, 0]];
  const points = [[3, 0], [-3, 0], [0, 1], [0, -1]].flatMap(([a = 0, b = 0]) => [0, 1, 2].map((axis) => 100 + a * (along[axis] ?? 0) + b * (across[axis] ?? 0)));
  const { directions, shares, places } = principalAxes(points, 3);
  near(directions[0], along);
  near(directions[1].map(Math.abs), across.map(Math.abs));
  near(shares, [0.9, 0.1]);
  near(places.flat().map(Math.abs), [3, 0, 3, 0, 0, 1, 0, 1]);
});

test("an axis keeps its sign from frame to frame, whichever one it had", () => {
  const random = randomNumbers(3);
  const points = Float64Array.from({ length: 20 * 8 }, (_, place) => (random() - 0.5) * (1 + (place % 8)));
  const first = principalAxes(points, 8).directions;
  const turned = /** @type {typeof first} */ (first.map((axis) => axis.map((value) => -value)));
  for (const before of [first, turned]) {
    const later = principalAxes(points.map((value, place) => value + 0.01 * Math.sin(place)), 8, before).directions;
    later.forEach((axis, place) => assert.ok(axis.reduce((sum, value, row) => sum + value * (before[place]?.[row] ?? 0), 0) > 0.9));
  }
});

test("axes are of length 1 and at right angles, and their variances are the largest ones", () => {
  const random = randomNumbers(5);
  const points = Float64Array.from({ length: 30 * 6 }, (_, place) => (random() - 0.5) * 2 ** (place % 6));
  const { directions: [one, two], shares } = principalAxes(points, 6);
  near([norm(one), norm(two), one.reduce((sum, value, place) => sum + value * (two[place] ?? 0), 0)], [1, 1, 0]);
  // No single number of a point varies more than the first axis.
  const mean = Array.from({ length: 6 }, (_, axis) => points.filter((_, place) => place % 6 === axis).reduce((sum, value) => sum + value, 0) / 30);
  const variances = mean.map((middle, axis) => points.filter((_, place) => place % 6 === axis).reduce((sum, value) => sum + (value - middle) ** 2, 0));
  const whole = variances.reduce((sum, value) => sum + value, 0);
  assert.ok(shares[0] >= Math.max(...variances) / whole && shares[0] >= shares[1] && shares[0] + shares[1] <= 1 + 1e-12);
});

test("points that are all the same, on one line, or of one number have axes without noise", () => {
  assert.deepEqual(principalAxes([1, 2, 1, 2, 1, 2], 2).places, [[0, 0], [0, 0], [0, 0]]);
  const line = principalAxes([0, 0, 1, 1, 2, 2], 2);
  near(line.shares, [1, 0]);
  assert.ok(line.places.every(([, y]) => y === 0));
  near(principalAxes([1, 3], 1).places.flat().map(Math.abs), [1, 0, 1, 0]);
});

test("neighbours, groups, columns and probabilities", () => {
  assert.deepEqual(nearestRows([0, 0, 3, 4, 1, 0], 2, 0, 5), [{ row: 2, distance: 1 }, { row: 1, distance: 5 }]);
  assert.deepEqual(["a", "É", "y", "ё", "ω", "b", "ß", "ש", "7", " ", "\n", "�"].map(groupOf), ["vowel", "vowel", "vowel", "vowel", "vowel", "letter", "letter", "letter", "other", "other", "other", "other"]);
  assert.deepEqual([...columnOf([1, 2, 3, 4, 5, 6], 3, 1)], [2, 5]);
  assert.deepEqual(columnNorms([3, 0, 4, 1], 2), [5, 1]);
  near(softmax(Float64Array.of(1000, 1000, -Infinity)), [0.5, 0.5, 0]);
});

const WINDOW = 16;
/** Each of 16 characters stands once in a window, so that each row of the table belongs to one position. */
const language = languageOf("abcdefghijklmnop".repeat(20), { name: "own", credit: "" });

/** A network that has learned a little. @param {string} kind @param {"float64" | "float32"} [precision] */
function sceneOf(kind, precision = "float64") {
  const state = textState({ data: "own", kind, layers: 3, kernel: 3, channels: 8, window: WINDOW, precision, batch: 4 }, language);
  const trainer = new Trainer(engine, textTask(language, WINDOW), state);
  trainer.take(5, 0.01);
  const tokens = Array.from(language.text.subarray(0, WINDOW));
  return { scene: /** @type {Scene} */ (/** @type {unknown} */ ({ engine, network: trainer.network, state, data: language, steps: trainer.steps })), tokens, trainer };
}

/** The loss at one position by the whole network's scores. @param {Scene} scene @param {number} position @param {number} answer */
function lossAt({ network }, position, answer) {
  return -Math.log(softmax(columnOf(network.read("scores", [0]).values, WINDOW, position))[answer] ?? NaN);
}

for (const kind of ["gated", "tanh", "plain", "mlp", "bigram"]) {
  test(`${kind}: the norms are those of the loss's slopes, by central differences, and 0 out of reach`, () => {
    const { scene, tokens, trainer } = sceneOf(kind);
    const [position, answer, step] = [11, 3, 1e-6];
    const single = new Position();
    const norms = single.norms(scene, tokens, position, answer);
    const weights = trainer.network.weights;
    const table = trainer.network.parameters.findIndex(({ name }) => name === (kind === "bigram" ? "T" : "E"));
    const before = trainer.network.parameters.slice(0, table).reduce((sum, { shape }) => sum + shape.reduce((product, size) => product * size, 1), 0);
    const size = trainer.network.parameters[table]?.shape[1] ?? 0;
    const slope = (/** @type {number} */ place) => {
      const [more, less] = [step, -step].map((change) => {
        trainer.network.load(weights.with(place, (weights[place] ?? 0) + change));
        return lossAt(scene, position, answer);
      });
      return ((more ?? NaN) - (less ?? NaN)) / (2 * step);
    };
    const expected = tokens.map((token) => norm(Array.from({ length: size }, (_, axis) => slope(before + token * size + axis))));
    near(norms, expected, 1e-7);
    const first = position + 1 - receptiveField(shapeOf(scene.state, language.tokens.length));
    norms.forEach((norm, place) => assert.equal(norm > 0, place >= first && place <= position, `${place}: ${norm}`));
    single.free();
  });
}

test("the norms follow the weights, in single precision too, and another network", () => {
  const single = new Position();
  const { scene, tokens, trainer } = sceneOf("gated", "float32");
  const first = single.norms(scene, tokens, 5, 2);
  assert.deepEqual(single.norms(scene, tokens, 5, 2), first);
  trainer.take(3, 0.1);
  const later = single.norms({ ...scene, steps: trainer.steps }, tokens, 5, 2);
  assert.notDeepEqual(later, first);
  assert.ok(later.slice(6).every((norm) => norm === 0));
  assert.ok(single.norms(sceneOf("tanh").scene, tokens, 0, 2).slice(1).every((norm) => norm === 0));
  single.free();
  single.free();
});

test("a program by hand is told from those that the settings write", () => {
  const { scene } = sceneOf("gated");
  assert.equal(isKnown(scene), true);
  assert.equal(isKnown({ ...scene, state: { ...scene.state, model: scene.state.model.replace("sigmoid", "tanh") } }), false);
});
