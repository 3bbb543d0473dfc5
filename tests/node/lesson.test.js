// Runs of the page: long ones in parts, and what comes while one is under way.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { loadEngine } from "../../www/engine/engine.js";
import { Lesson } from "../../www/engine/lesson.js";
import { DECK } from "../../www/state/settings.js";

const engine = await loadEngine(await readFile(new URL("../../www/pkg/core_bg.wasm", import.meta.url)));
// With momentum, so that no compiled code takes all steps at once.
const LONG = { ...DECK, epochs: 300_000, lr: 1e-3, momentum: 0.1 };
const SHORT = { ...DECK, epochs: 7 };

/** @param {(lesson: Lesson) => void} work */
function withLesson(work) {
  const lesson = new Lesson(engine);
  work(lesson);
  lesson.free();
}

/** Takes parts until a run is through, and returns its steps and its last weight. @param {Lesson} lesson */
function nextRun(lesson) {
  let part = lesson.advance();
  while (!part.done) {
    part = lesson.advance();
  }
  return lesson.read(({ steps, weights }) => [steps, weights.at(-1)]);
}

/** @param {import("../../www/state/settings.js").State} state */
function wholeRun(state) {
  const lesson = new Lesson(engine);
  lesson.run(state);
  const run = nextRun(lesson);
  lesson.free();
  return run;
}

test("a long run has one epoch at once, and all its steps at the end", () => withLesson((lesson) => {
  assert.equal(lesson.run(LONG), undefined);
  assert.equal(lesson.read(({ steps }) => steps), 3);
  assert.ok(lesson.advance().left > 0);
  assert.equal(nextRun(lesson)[0], 900_000);
  assert.deepEqual(lesson.advance(), { left: 0, done: true });
}));

test("a run that ends soon is shown before the last of the queued ones; a slow one is interrupted", (t) => withLesson((lesson) => {
  let [now, pace] = [0, 0.1];
  t.mock.method(performance, "now", () => (now += pace));
  const begin = (/** @type {number[]} */ rates) => rates.forEach((lr) => assert.equal(lesson.run({ ...LONG, lr }), undefined));
  begin([1e-3, 2e-3, 3e-3]);
  assert.deepEqual(nextRun(lesson), wholeRun({ ...LONG, lr: 1e-3 }));
  assert.deepEqual(nextRun(lesson), wholeRun({ ...LONG, lr: 3e-3 }));
  assert.deepEqual(lesson.advance(), { left: 0, done: true });
  begin([4e-3, 5e-3, 6e-3]);
  pace = 100;
  assert.deepEqual([1, 2, 3].map(() => lesson.advance().done), [false, false, false]);
  pace = 0.1;
  assert.deepEqual(nextRun(lesson), wholeRun({ ...LONG, lr: 6e-3 }));
}));

test("a short run replaces a long one, and a refused run does not", () => withLesson((lesson) => {
  lesson.run(LONG);
  assert.equal(lesson.run({ ...LONG, lr: -1 })?.message, "the learning rate must be a finite number above 0; it is -1");
  assert.equal(lesson.run({ ...SHORT, lr: -1 })?.message, "the learning rate must be a finite number above 0; it is -1");
  assert.ok(lesson.advance().left > 0);
  lesson.run(SHORT);
  assert.deepEqual(nextRun(lesson), wholeRun(SHORT));
  assert.equal(lesson.read(({ steps }) => steps), 21);
}));

test("a run that was stopped is shown with the steps taken so far", () => withLesson((lesson) => {
  lesson.run(LONG);
  while (lesson.advance().left > 899_990) {
    // A busy machine takes a step or two in the time of a part.
  }
  assert.deepEqual(lesson.advance(true), { left: 0, done: true });
  const steps = lesson.read(({ steps }) => steps);
  assert.ok(steps > 3 && steps < 900_000, `${steps} steps`);
}));

test("a run is not repeated for another moment, but a stopped run is", () => withLesson((lesson) => {
  lesson.run(SHORT);
  const { runs } = lesson;
  lesson.run({ ...SHORT, at: { epoch: 1, sample: 2 } });
  assert.equal(lesson.runs, runs);
  lesson.run({ ...SHORT, init: { w: -0 } });
  lesson.run({ ...SHORT, lr: 0.02 });
  assert.equal(lesson.runs, runs + 2);
  assert.deepEqual(nextRun(lesson), wholeRun({ ...SHORT, lr: 0.02 }));
  lesson.run(LONG);
  lesson.advance(true);
  lesson.run(LONG);
  assert.ok(lesson.advance().left > 0);
}));
