// Ten exercises from a seed, and the answers of the lesson plan.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { readChoices, rightChoice } from "../../www/elements/question/choice.js";
import { Facts, truthOfRun } from "../../www/elements/question/truth.js";
import { loadEngine } from "../../www/engine/engine.js";
import { practice } from "../../www/page/practice.js";
import { DECK, SETTINGS, merge } from "../../www/state/settings.js";

const engine = await (await loadEngine(await readFile(new URL("../../www/pkg/core_bg.wasm", import.meta.url)))).whole();

/** A run with the settings in texts, as a question reads them. @param {Record<string, string>} texts */
function factsOf(texts) {
  const own = Object.fromEntries(Object.entries(texts).filter(([key]) => Object.hasOwn(SETTINGS, key)).map(([key, text]) => [key, SETTINGS[/** @type {"lr"} */ (key)].read(text)]));
  return new Facts(engine, merge(own.model === undefined ? DECK : { ...DECK, init: {} }, own));
}

test("every exercise of 300 seeds has an answer, and exactly one choice", () => {
  for (let seed = 0; seed < 300; seed += 1) {
    const tasks = practice(seed);
    assert.deepEqual(tasks, practice(seed));
    assert.equal(new Set(tasks.map(({ title }) => title)).size, 10);
    for (const { attributes, title } of tasks) {
      const facts = factsOf(attributes);
      if (attributes.of === "curve") {
        assert.ok(facts.curve.every(Number.isFinite), title);
      } else {
        const truth = truthOfRun(facts, attributes.of ?? "");
        assert.ok(!attributes.choices || rightChoice(readChoices(attributes.choices), truth), title);
      }
      facts.free();
    }
  }
});

/** The numbers that stand in the sentences of an exercise give its answer. */
test("answers follow from the sentences", () => {
  const numbers = (/** @type {string} */ text) => [...text.replaceAll("−", "-").matchAll(/= (-?[\d.]+\d|-?\d)/g)].map(([, number]) => Number(number));
  const rate = (/** @type {string} */ text) => Number(/rate is ([\d.]+\d)/.exec(text)?.[1]);
  /** @type {Record<string, (ask: string) => number>} */
  const own = {
    "Forward pass": (ask) => numbers(ask).reduce((product, number) => product * number, 1),
    "Local derivative": (ask) => 2 * (numbers(ask)[0] ?? NaN),
    "Backward pass": (ask) => (([x = NaN, y = NaN, w = NaN]) => 2 * (x * w - y) * x)(numbers(ask)),
    Update: (ask) => (([x = NaN, y = NaN]) => 1 - rate(ask) * 2 * (x - y) * x)(numbers(ask)),
    "Choosing a learning rate": (ask) => 1 / (numbers(ask)[0] ?? NaN) ** 2,
    "Chain rule": (ask) => (([x = NaN, w = NaN, v = NaN]) => 2 * v * v * w * x * x)(numbers(ask).slice(-3)),
    Steps: (ask) => (([samples = NaN, epochs = NaN]) => Math.ceil(samples / 2) * epochs)([Number(/^\d+/.exec(ask)?.[0]), Number(/(\d+) epochs/.exec(ask)?.[1])]),
  };
  for (let seed = 0; seed < 100; seed += 1) {
    for (const { title, ask, attributes } of practice(seed).filter(({ title }) => own[title])) {
      const facts = factsOf(attributes);
      const [truth, expected] = [truthOfRun(facts, attributes.of ?? ""), own[title]?.(ask) ?? NaN];
      assert.ok(Math.abs(truth - expected) <= 1e-9 * Math.max(1, Math.abs(expected)), `${ask} ${truth} ${expected}`);
      facts.free();
    }
  }
});

test("the answers of the lesson plan are the engine's", async () => {
  const plan = await readFile(new URL("../../docs/lesson-plan.md", import.meta.url), "utf8");
  const rows = [...plan.split("## Answers")[1]?.matchAll(/^\| `([^`]+)` \| (?:`([^`]*)` )?\| (\S+) \|$/gm) ?? []];
  assert.equal(rows.length, 9);
  for (const [, of = "", settings = "", answer] of rows) {
    const facts = factsOf(Object.fromEntries(settings.split("&").filter(Boolean).map((pair) => pair.split(/=(.*)/s).slice(0, 2))));
    assert.equal(Number(truthOfRun(facts, of).toPrecision(4)), Number(answer), `${of} ${settings}`);
    facts.free();
  }
});
