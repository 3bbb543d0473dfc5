// A network with its pictures, trained in parts of a frame.

import { networkOf } from "../../engine/network.js";
import { Evaluation } from "./evaluation.js";
import { History } from "./history.js";
import { scoresOf } from "./scene.js";

/** @typedef {import("./scene.js").Dataset} Dataset */
/** @typedef {import("./scene.js").NetworkState} NetworkState */
/** @typedef {import("./evaluation.js").Result} Result */

/** How many steps a frame has at most, so that a small network can be watched too. */
const MOST_STEPS = 16;
/** How many are taken between two looks at the clock. */
const TOGETHER = 2;
/** How long they may take, and how long the test may take of a frame, in milliseconds. */
const STEPS = 8;
const TEST = 6;
/** How long nothing is tested after a test. */
const PAUSE = 300;
/** How much a measured time counts beside the earlier ones. */
const SHARE = 0.1;

export class Trainer {
  history = new History();
  /** From which step on which learning rate was used. @type {{ step: number, lr: number }[]} */
  rates = [];
  steps = 0;
  /** The time of a step in milliseconds, as a moving average. */
  pace = NaN;
  /** The step that had no finite result. @type {number | undefined} */
  failed;
  /** @type {Result | undefined} */
  test;
  /** @type {Evaluation | undefined} */
  #evaluation;
  #tested = -Infinity;

  /**
   * @param {import("../../engine/engine.js").Engine} engine
   * @param {Dataset} data
   * @param {NetworkState} state
   * @param {Float64Array} [weights] to begin with, in the place of the initial values
   */
  constructor(engine, data, state, weights) {
    this.data = data;
    /** The row for drawings, after the last picture. */
    this.spare = data.labels.length;
    /** How many pictures are trained with. */
    this.samples = Math.min(state.samples ?? Infinity, data.training);
    this.network = networkOf(engine, state, columnsOf(data), { precision: state.precision, compiled: true, samples: this.samples });
    if (weights) {
      this.network.load(weights);
    }
    this.initial = this.network.weights;
    this.scores = this.#hasScores(scoresOf(state.model));
  }

  /** Takes steps for a part of a frame. @param {number} lr */
  advance(lr) {
    const now = performance.now();
    if (this.#isDue(now)) {
      this.evaluate(now + TEST);
      return;
    }
    for (let taken = 0; taken < MOST_STEPS && performance.now() < now + STEPS && this.failed === undefined; taken += TOGETHER) {
      this.take(TOGETHER, lr);
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
    this.history.add(good);
    this.failed = isWhole ? undefined : this.steps + 1;
    const pace = (performance.now() - begun) / losses.length;
    this.pace = Number.isNaN(this.pace) ? pace : this.pace + SHARE * (pace - this.pace);
  }

  /** Tests until a time, and returns whether the result is of the present step. @param {number} end */
  evaluate(end) {
    const { data, network, scores, steps: step } = this;
    if (this.test?.step === step) {
      return true;
    }
    this.#evaluation ??= new Evaluation(network, { labels: data.labels, scores, from: data.training, to: data.labels.length, step });
    const result = this.#evaluation.advance(end);
    if (result) {
      this.test = result;
      this.history.addTest(result.step, result.loss);
      this.#evaluation = undefined;
      this.#tested = performance.now();
    }
    return result !== undefined;
  }

  /** No step is taken during a test, so that all of it is of one moment. @param {number} now */
  #isDue(now) {
    return this.test?.step !== this.steps && (this.#evaluation !== undefined || now > this.#tested + PAUSE);
  }

  /** The line of the scores, if it has one for each class. @param {string | undefined} name */
  #hasScores(name) {
    const line = this.network.lines.find((line) => line.name === name);
    return line?.shape.join() === String(this.data.classes.length) ? name : undefined;
  }

  free() {
    this.network.free();
  }
}

/** The pictures and their labels, with a row for drawings at the end. @param {Dataset} data */
function columnsOf({ pixels, labels, levels, size: [rows, columns] }) {
  const count = labels.length + 1;
  const picture = new Float64Array(count * rows * columns);
  pixels.forEach((pixel, place) => (picture[place] = pixel / levels));
  const label = new Float64Array(count);
  label.set(labels);
  return [{ name: "picture", shape: [count, 1, rows, columns], numbers: picture }, { name: "label", shape: [count], numbers: label }];
}
