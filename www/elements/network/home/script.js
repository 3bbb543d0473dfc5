// A network and its training so far as a PyTorch program, which prints the same losses.

import { optionsOf } from "../../../engine/options.js";
import { base64 } from "../../../state/base64.js";
import { doubles } from "../../../state/floats.js";
import { testSamples } from "../task.js";

/** @typedef {import("../../../pkg/core.js").ClassifierInput["samples"]} Samples */

/**
 * @template [Data=any]
 * @typedef {object} Run what a program is written from
 * @property {Data} data
 * @property {import("../task.js").Task} task
 * @property {any} state the settings of the network
 * @property {{ name: string, shape: number[] }[]} parameters
 * @property {Float64Array} initial the numbers of all parameters before the first step
 * @property {{ step: number, lr: number }[]} rates the learning rates, each with its first step
 * @property {number} steps
 * @property {string | undefined} scores the line of the class scores
 */

/**
 * What is different for each element.
 * @template [Data=any]
 * @typedef {object} Kind
 * @property {string} file the name of the files, without its ending
 * @property {[one: string, many: string]} words what the samples are called
 * @property {(data: Data) => number} lengthOf how long the data is
 * @property {(run: Run<Data>, training: number) => Samples} samplesOf the data that is used; so many samples are for training
 * @property {(run: Run<Data>) => Samples} outline the same with `LEFT_OUT` in the place of the data
 */

/** What stands in the place of data in a listing. */
export const LEFT_OUT = "...";

/**
 * The parts of the program: data, network, loss and optimizer, training, the test if there are samples for it, and for a
 * text how the network writes.
 * @param {import("../../../engine/engine.js").Core} core
 * @param {Kind} kind
 * @param {Run} run
 * @param {boolean} whole whether the data is written; without it the program is short, and can't be run
 */
export function scriptParts(core, kind, run, whole) {
  const { data, task, state, parameters, scores } = run;
  const { optimizer, optionNames, optionValues, batch, shuffle, seed } = optionsOf(state, { names: [], values: [] });
  const steps = stepsOf(run);
  const rates = changesOf(run, steps);
  const training = trainingOf(run);
  return core.classifierScript({
    samples: whole ? kind.samplesOf(run, training) : kind.outline(run),
    model: state.model,
    parameters: parameters.map(({ name }) => name),
    ranks: Uint32Array.from(parameters, ({ shape }) => shape.length),
    sizes: Uint32Array.from(parameters.flatMap(({ shape }) => shape)),
    scores: scores ?? "",
    training,
    test: testSamples(task).length,
    credit: data.credit,
    optimizer, optionNames, optionValues, batch, shuffle, seed, steps,
    rates: rates.map(({ lr }) => lr),
    rateSteps: rates.map(({ step }) => step),
    single: state.precision === "float32",
    weights: whole ? base64(doubles(run.initial)) : LEFT_OUT,
  });
}

/** The steps that were taken; before the first, those of one epoch. @param {Run} run */
function stepsOf(run) {
  return run.steps || Math.ceil(trainingOf(run) / run.state.batch);
}

/** How many samples are trained on. @param {Run} run */
function trainingOf({ task, state }) {
  return task.live?.chosen().length ?? Math.min(state.samples ?? task.training, task.training);
}

/** The learning rates that steps were taken with. @param {Run} run @param {number} steps */
function changesOf({ rates, state }, steps) {
  const used = rates.filter(({ step }, place) => step < steps && rates[place + 1]?.step !== step);
  const changes = used.filter(({ lr }, place) => used[place - 1]?.lr !== lr);
  return changes.length > 0 ? changes : [{ step: 0, lr: state.lr }];
}
