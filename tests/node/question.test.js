// Questions: their truths, the diagnoses of wrong answers, choices and sketches.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { choicesIn, readChoices, rightChoice } from "../../www/elements/question/choice.js";
import { diagnosis, mistakesOf } from "../../www/elements/question/diagnosis.js";
import { distance, remarkOnSketch, sketchOf } from "../../www/elements/question/sketch.js";
import { Facts, truthOfDerivative, truthOfRun, truthOfTensors } from "../../www/elements/question/truth.js";
import { loadEngine } from "../../www/engine/engine.js";
import { isRight } from "../../www/state/answer.js";
import { DECK, SETTINGS, merge } from "../../www/state/settings.js";

const engine = await loadEngine(await readFile(new URL("../../www/pkg/core_bg.wasm", import.meta.url)));
const html = await readFile(new URL("../../index.html", import.meta.url), "utf8");

/** A run of the deck's lesson with other settings. @param {object} settings */
const factsOf = (settings) => new Facts(engine, merge(DECK, settings));

/** What the lesson asks for, with the settings of its lab and its own, and the truth. @type {[string, Record<string, string>, number][]} */
const LESSON = [
  ["predict 4 after", { epochs: "10" }, 7.805],
  ["change w 1", {}, 0.02],
  ["after w 1", { data: "x = 1; y = 2", lr: "0.25", epochs: "1" }, 1.5],
  ["change b 1", { model: "y_hat = x*w + b; s = y_hat - y; loss = s^2", init: "w = 1" }, 0],
  ["steps", { epochs: "100" }, 300],
  ["gradient 1", { data: "x = 3; y = 2" }, 6],
  ["after w 1", {}, 1.02],
];

for (const [of, texts, expected] of LESSON) {
  test(`the lesson asks for ${of}, ${JSON.stringify(texts)}`, () => {
    assert.ok(html.includes(`of="${of}"`));
    const settings = Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, SETTINGS[/** @type {"lr"} */ (key)].read(text)]));
    const facts = factsOf(settings);
    assert.ok(Math.abs(truthOfRun(facts, of) - expected) < 1e-3 * Math.max(1, Math.abs(expected)), String(truthOfRun(facts, of)));
    facts.free();
  });
}

test("what has no name is not named in a sentence", () => {
  const facts = factsOf({ model: "loss = (2*(w*x - y) + 1)^2", init: { w: 1 }, data: { x: [1], y: [3] } });
  const sentences = mistakesOf(facts, "gradient 1").map(([, sentence]) => sentence);
  assert.deepEqual(sentences.filter((sentence) => / of[;,]/.test(sentence) || / of [;,²]/.test(sentence)), []);
  facts.free();
});

test("the truths of tensors and derivatives", () => {
  const [, product = ""] = /of="value u 0" model="([^"]*)"/.exec(html) ?? [];
  assert.equal(truthOfTensors(engine, product, "value u 0"), 21);
  const [, mean = ""] = /of="gradient x 0" model="([^"]*)"/.exec(html) ?? [];
  assert.equal(truthOfTensors(engine, mean, "gradient x 0"), 6);
  const state = { model: "(x*w - y)^2", by: "w", order: 1, init: {} };
  assert.equal(truthOfDerivative(engine, state, "first rule"), "power rule");
  assert.equal(truthOfDerivative(engine, { ...state, model: "h = tanh(w*x + b); y_hat = v*h + c; loss = (y_hat - y)^2", init: { x: 1, y: 2, w: 1, b: 0, v: 1, c: 0 } }, "factors"), 3);
});

/** A random number with three digits. @param {() => number} random */
const some = (random) => Number((4 * random() - 2).toPrecision(3)) || 1;

test("1,000 seeds: truths by a loop of our own, and each mistake has its own sentence", () => {
  let state = 1;
  const random = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  for (let seed = 0; seed < 1000; seed += 1) {
    const [x, y, start, lr] = [[some(random), some(random)], [some(random), some(random)], some(random), Number((0.01 + 0.1 * random()).toPrecision(2))];
    const facts = factsOf({ data: { x, y }, init: { w: start }, lr, epochs: 3 });
    const slope = (/** @type {number} */ w, /** @type {number} */ sample) => 2 * (w * (x[sample] ?? NaN) - (y[sample] ?? NaN)) * (x[sample] ?? NaN);
    const weights = [start];
    for (let step = 0; step < 6; step += 1) {
      const w = weights.at(-1) ?? NaN;
      weights.push(w - lr * slope(w, step % 2));
    }
    const near = (/** @type {string} */ of, /** @type {number | undefined} */ expected) => assert.ok(isRight(truthOfRun(facts, of), expected ?? NaN, 1e-12), `${seed}: ${of}`);
    near("after w 1", weights[1]);
    near("end w", weights[6]);
    near("gradient 1", slope(start, 0));
    near("change w 1", (weights[1] ?? NaN) - start);
    near("steps", 6);
    for (const of of ["after w 1", "end w", "gradient 1", "change w 1", "loss 1", "predict 2 after", "steps"]) {
      const truth = truthOfRun(facts, of);
      const mistakes = mistakesOf(facts, of);
      for (const [value] of mistakes.filter(([value]) => value !== undefined && !isRight(value, truth))) {
        const said = diagnosis(value ?? NaN, truth, mistakes);
        assert.ok(mistakes.some(([other, sentence]) => sentence === said && isRight(value ?? NaN, other ?? NaN)), `${seed}: ${of}, ${value}: ${said}`);
      }
    }
    facts.free();
  }
});

/** A wrong answer to a question of the deck's lesson, and what is said. @type {[string, number, string][]} */
const MISTAKES = [
  ["gradient 1", 2, "2 is only the factor from the square: the derivative of s² is 2 times s."],
  ["gradient 1", -0.02, "That is already multiplied by the learning rate; the gradient is not."],
  ["after w 1", 3, "Forgot the learning rate: the gradient is multiplied by 0.01 before it is taken away."],
  ["after w 1", 0.98, "That goes uphill: the learning rate times the gradient is taken away from w, not added."],
  ["after w 1", 1, "That is where w begins, and each step moves it."],
  ["after w 1", 1.2607, "That is w after a whole epoch; one step takes one sample."],
  ["end w", 1.02, "That is w after the first step; the run has 30 steps."],
  ["end w", 1.2607, "That is w after the first epoch."],
  ["change w 1", 0, "It stays only where the gradient is 0."],
  ["predict 4 after", 4, "That was the prediction before training."],
  ["predict 4 after", 1.951, "That is w itself; what does the model make of 4 with it?"],
  ["steps", 10, "That is the number of epochs; each epoch takes a step for every batch of samples."],
  ["steps", 3, "That is the number of steps in one epoch."],
  ["steps", 29, "Not yet: the number is larger than that."],
  ["end w", 77, "Not yet: the number is smaller than that."],
];

for (const [of, answer, said] of MISTAKES) {
  test(`mistake: ${of}, ${answer}`, () => {
    const facts = factsOf({});
    assert.equal(diagnosis(answer, truthOfRun(facts, of), mistakesOf(facts, of)), said);
    facts.free();
  });
}

test("a wrong `of` tells the author", () => {
  const facts = factsOf({});
  for (const of of ["", "foo", "end", "end v", "gradient 99", "constructor", "__proto__ w"]) {
    assert.throws(() => truthOfRun(facts, of), { field: "of", message: `there is no number \`${of}\` in this run; the numbers are written like setting lr, start w, end w, after w 1, change w 1, gradient 1, loss 1, predict 4 after, steps, limit` });
  }
  facts.free();
  assert.throws(() => truthOfTensors(engine, "a = [1]; sum(a)", "value b 0"), { field: "of" });
  assert.throws(() => truthOfDerivative(engine, { model: "w^2", by: "w", order: 1, init: {} }, "toString"), { field: "of" });
});

test("exactly one choice must hold", () => {
  const choices = readChoices("it grows: > 0; it shrinks: < 0; it stays: = 0");
  assert.deepEqual([2, -0.01, 0].map((truth) => rightChoice(choices, truth).words), ["it grows", "it shrinks", "it stays"]);
  assert.equal(rightChoice(readChoices("few: 1..3; many: > 3"), Infinity).words, "many");
  assert.equal(rightChoice(readChoices("first: = power rule; last: = sum rule"), "sum rule").words, "last");
  assert.throws(() => rightChoice(choices.slice(1), 2), { message: "no choice holds for 2; write conditions such as > 0, < 0, = 2, 1..3" });
  assert.throws(() => rightChoice([...choices, { words: "both", when: ">= 0" }], 0), { message: "2 choices hold for 0; write conditions such as > 0, < 0, = 2, 1..3" });
  assert.deepEqual(choicesIn(/** @type {any} */ ({ querySelectorAll: () => [] })), []);
});

test("a sketch is compared with the run", () => {
  const facts = factsOf({});
  const truth = sketchOf(facts.curve);
  facts.free();
  assert.deepEqual([truth[0], truth.length, distance(truth, truth)], [1, 7, 0]);
  assert.ok(truth.every((part, point) => point === 0 || part < (truth[point - 1] ?? 0)));
  const line = truth.map((_, point) => 1 - point / 6);
  assert.equal(remarkOnSketch(Array(7).fill(1), truth), "Your curve stays where it begins: then no step would change the weight.");
  assert.equal(remarkOnSketch(line, truth), "The beginning and the end fit, but the loss does not fall evenly: the slope is steep at first, so the first steps are the long ones.");
  assert.equal(remarkOnSketch(truth.map((part) => 2 - part), truth), "Your curve grows. Each step goes downhill, and this learning rate is small enough.");
  const growing = factsOf({ lr: 0.3 });
  assert.equal(remarkOnSketch(truth, sketchOf(growing.curve)), "Your curve falls. With this learning rate each step jumps over the valley, and lands higher.");
  growing.free();
});
