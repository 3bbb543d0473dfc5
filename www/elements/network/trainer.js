// A network with its samples, trained in parts of a frame.

import { networkOf } from "../../engine/network.js";
import { Evaluation } from "./evaluation.js";
import { History } from "./history.js";
import { scoresOf } from "./scene.js";
import { scoresIn, testSamples } from "./task.js";

/** @typedef {import("./task.js").Task} Task */
/** The settings that every network has. @typedef {Omit<import("./scene.js").NetworkState, "preset" | "data">} TrainerState */
/** @typedef {import("./evaluation.js").Result} Result */

/** How many steps a frame has at most, so that a small network can be watched too. */
const MOST_STEPS = 16;
/** How long they may take, and how long the test may take of a frame, in milliseconds. */
const STEPS = 8;
const TEST = 6;
/** How long nothing is tested after a test, in milliseconds, and how many times as long as it took. */
const PAUSE = 300;
const PAUSES = 3;
/** How much a measured time counts beside the earlier ones. */
const SHARE = 0.1;

export class Trainer {
  history = new History();
  /** From which step on which learning rate was used. @type {{ step: number, lr: number }[]} */
  rates = [];
  steps = 0;
  /** Whether the weights are still the initial values of the settings. */
  isFresh = true;
  /** The time of a step in milliseconds, as a moving average. */
  pace = NaN;
  /** The step that had no finite result. @type {number | undefined} */
  failed;
  /** @type {Result | undefined} */
  test;
  /** @type {Evaluation | undefined} */
  #evaluation;
  /** From when on there may be another test, and how long the last one has taken. */
  #next = -Infinity;
  #spent = 0;
  /** The samples that are trained with, where a live task chooses them. */
  #chosen = "";
  /** The samples of the test. @type {number[]} */
  #tests = [];

  /**
   * @param {import("../../engine/engine.js").Engine} engine
   * @param {Task} task
   * @param {TrainerState} state
   * @param {Float64Array} [weights] to begin with, in the place of the initial values
   */
  constructor(engine, task, state, weights) {
    this.task = task;
    /** The row for what a person draws or types, after the last sample. */
    this.spare = task.count;
    /** How many samples are trained with. */
    this.samples = Math.min(state.samples ?? Infinity, task.training);
    this.network = networkOf(engine, state, task.columns, { precision: state.precision, compiled: true, samples: this.samples });
    if (weights) {
      this.#begin(weights);
      this.isFresh = false;
    }
    // All samples are there from the beginning.
    this.#chosen = Array.from({ length: task.training }, (_, sample) => sample).join();
    this.follow(true);
    this.initial = this.network.weights;
    this.scores = scoresIn(task, this.network.lines, scoresOf(state.model));
  }

  /** What must be given before a step makes sense, as a sentence; empty if nothing. */
  get missing() {
    return this.task.live?.missing() ?? "";
  }

  /** Trains with the samples that a live task has now. @param {boolean} isRetested whether those of the test have changed */
  follow(isRetested) {
    const chosen = this.task.live?.chosen() ?? [];
    if (chosen.length > 0 && chosen.join() !== this.#chosen) {
      this.network.select(chosen);
      this.#chosen = chosen.join();
      this.samples = chosen.length;
    }
    if (isRetested) {
      this.#tests = testSamples(this.task);
      [this.test, this.#evaluation] = [undefined, undefined];
    }
  }

  /** @param {Float64Array} weights */
  #begin(weights) {
    try {
      this.network.load(weights);
    } catch (problem) {
      this.free();
      throw problem;
    }
  }

  /** Takes steps for a part of a frame. @param {number} lr */
  advance(lr) {
    const now = performance.now();
    if (this.#isDue(now)) {
      this.evaluate(now + TEST);
      return;
    }
    const most = this.task.live?.isBusy() ? 1 : MOST_STEPS;
    for (let taken = 0; taken < most && performance.now() < now + STEPS && this.failed === undefined; taken += 1) {
      this.take(1, lr);
    }
  }

  /** Takes steps. @param {number} count @param {number} lr */
  take(count, lr) {
    if (this.rates.at(-1)?.lr !== lr) {
      this.rates.push({ step: this.steps, lr });
    }
    // A test that is not complete is of no use once the parameters have changed.
    this.#evaluation = undefined;
    const begun = performance.now();
    const losses = this.network.step(count, lr);
    const isWhole = Number.isFinite(losses.at(-1) ?? NaN);
    const good = isWhole ? losses : losses.subarray(0, -1);
    this.steps += good.length;
    this.isFresh &&= good.length === 0;
    this.history.add(good);
    this.failed = isWhole ? undefined : this.steps + 1;
    // The weights may be earlier ones again.
    this.test = isWhole ? this.test : undefined;
    const pace = (performance.now() - begun) / losses.length;
    this.pace = Number.isNaN(this.pace) ? pace : this.pace + SHARE * (pace - this.pace);
  }

  /** Tests until a time, and returns whether the result is of the present step. @param {number} end */
  evaluate(end) {
    const { task, network, scores, steps: step } = this;
    if (this.test?.step === step || this.#tests.length === 0) {
      return true;
    }
    const begun = performance.now();
    this.#spent = this.#evaluation ? this.#spent : 0;
    this.#evaluation ??= new Evaluation(network, task, scores, step, this.#tests);
    const result = this.#evaluation.advance(end);
    this.#spent += performance.now() - begun;
    if (result) {
      this.test = result;
      this.history.addTest(result.step, result.loss);
      this.#evaluation = undefined;
      this.#next = performance.now() + Math.max(PAUSE, PAUSES * this.#spent);
    }
    return result !== undefined;
  }

  /** No step is taken during a test, so that all of it is of one moment. @param {number} now */
  #isDue(now) {
    return this.#tests.length > 0 && this.test?.step !== this.steps && (this.#evaluation !== undefined || now > this.#next);
  }

  free() {
    this.network.free();
  }
}
