// What the engine computes for a question: the truth, and the numbers that wrong answers come from.

import { calculate } from "../../engine/calculate.js";
import { Lesson } from "../../engine/lesson.js";
import { tensorGradient } from "../../engine/tensors.js";
import { verdictOf } from "../../engine/verdict.js";
import { NUMBER_FORMS, numberOf, numberOfTensor } from "../../parts/numbers.js";
import { TextError } from "../../state/text.js";

/** @typedef {import("../../engine/engine.js").Engine} Engine */
/** @typedef {import("../../state/settings.js").State} State */
/** @typedef {number | string} Value */

/** A run of the engine with the settings of a question. */
export class Facts {
  /**
   * @param {Engine} engine
   * @param {State} state
   */
  constructor(engine, state) {
    this.lesson = new Lesson(engine);
    this.state = state;
    this.take(state);
  }

  /** Runs with other settings of the same question. @param {State} state */
  take(state) {
    const problem = this.lesson.run(state);
    if (problem) {
      throw new TextError(problem.message, problem.field);
    }
    this.lesson.finish();
    this.state = state;
  }

  get run() {
    return this.lesson.read(({ parameters, weights, gradients, losses }) => ({ parameters, weights, gradients, losses }));
  }

  get verdict() {
    return this.lesson.read(verdictOf);
  }

  /** @param {number} input */
  predict(input) {
    return this.lesson.read((handle) => ({ before: handle.predict(input, 0), after: handle.predict(input, handle.steps) }));
  }

  /** The mean loss before training, and the mean of the losses in each epoch. */
  get curve() {
    return this.lesson.read((handle) => {
      const { losses, batches } = handle;
      const epochs = Array.from({ length: losses.length / batches }, (_, epoch) => losses.slice(epoch * batches, (epoch + 1) * batches));
      return [handle.meanLosses()[0] ?? NaN, ...epochs.map((own) => own.reduce((sum, loss) => sum + loss, 0) / batches)];
    });
  }

  /** The forward values of the lines, and their gradients, in a step counted from 1. @param {number} step */
  nodes(step) {
    return this.lesson.read((handle) => {
      const [forward = 0, backward = 0] = handle.steps >= step && step > 0 ? handle.phaseCounts : [];
      const phases = Array.from({ length: forward + backward + 2 }, (_, place) => handle.explain(step - 1, place));
      return phases.filter(({ kind }) => kind === "backward").map(({ name = "", value = NaN, upstream = NaN }) => ({ name, value, gradient: upstream }));
    });
  }

  free() {
    this.lesson.free();
  }
}

/**
 * The truth of a run. An unknown name is an error of the author.
 * @param {Facts} facts
 * @param {string} of
 * @returns {number}
 */
export function truthOfRun(facts, of) {
  const truth = numberOf(facts, of);
  if (typeof truth !== "number") {
    throw new TextError(`there is no number \`${of}\` in this run; the numbers are written like ${NUMBER_FORMS.join(", ")}`, "of");
  }
  // A loss that has overflowed is as wrong as can be.
  return Number.isNaN(truth) ? Infinity : truth;
}

/**
 * The truth of a tensor program.
 * @param {Engine} engine
 * @param {string} model
 * @param {string} of
 * @returns {number}
 */
export function truthOfTensors(engine, model, of) {
  const truth = engine.use((core) => numberOfTensor(tensorGradient(core, model, {}), of));
  if (typeof truth !== "number") {
    throw new TextError(`there is no number \`${of}\` in this program; the numbers are written like value u 0, gradient x 0`, "of");
  }
  return truth;
}

/** What can be asked of a derivative. @type {Record<string, (calculation: import("../../engine/calculate.js").Calculation) => Value | undefined>} */
const OF_DERIVATIVE = {
  "first rule": ({ steps }) => steps.at(-1)?.rule,
  factors: ({ paths }) => paths[0]?.length,
  lines: ({ lines }) => lines.length,
};

/**
 * The truth of a derivative.
 * @param {Engine} engine
 * @param {import("../../engine/calculate.js").CalculusState} state
 * @param {string} of
 * @returns {Value}
 */
export function truthOfDerivative(engine, state, of) {
  const truth = Object.hasOwn(OF_DERIVATIVE, of) ? engine.use((core) => OF_DERIVATIVE[of]?.(calculate(core, state))) : undefined;
  if (truth === undefined) {
    throw new TextError(`there is nothing named \`${of}\` in this derivative; ask for ${Object.keys(OF_DERIVATIVE).join(", ")}`, "of");
  }
  return truth;
}
