// A network and its training so far as a PyTorch program, which prints the same losses.

import { optionsOf } from "../../../engine/options.js";
import { base64 } from "../../../state/base64.js";
import { doubles } from "../../../state/floats.js";

/**
 * @typedef {object} Run what a program is written from
 * @property {import("../../../engine/dataset.js").Dataset} data
 * @property {any} state the settings of the network
 * @property {{ name: string, shape: number[] }[]} parameters
 * @property {Float64Array} initial the numbers of all parameters before the first step
 * @property {{ step: number, lr: number }[]} rates the learning rates, each with its first step
 * @property {number} steps
 * @property {string | undefined} scores the line of the class scores
 */

/** What stands in the place of bytes in a listing. */
const LEFT_OUT = "...";

/**
 * The parts of the program: data, network, loss and optimizer, training, and the test if there are pictures for it.
 * @param {import("../../../engine/engine.js").Core} core
 * @param {Run} run
 * @param {boolean} whole whether the data is written; without it the program is short, and can't be run
 */
export function scriptParts(core, run, whole) {
  const { data, state, parameters, scores } = run;
  const { optimizer, optionNames, optionValues, batch, shuffle, seed } = optionsOf(state, { names: [], values: [] });
  const steps = stepsOf(run);
  const rates = changesOf(run, steps);
  return core.classifierScript({
    model: state.model,
    parameters: parameters.map(({ name }) => name),
    ranks: Uint32Array.from(parameters, ({ shape }) => shape.length),
    sizes: Uint32Array.from(parameters.flatMap(({ shape }) => shape)),
    scores: scores ?? "",
    rows: data.size[0],
    columns: data.size[1],
    levels: data.levels,
    training: trainingOf(run),
    test: data.labels.length - data.training,
    credit: data.credit,
    optimizer, optionNames, optionValues, batch, shuffle, seed, steps,
    rates: rates.map(({ lr }) => lr),
    rateSteps: rates.map(({ step }) => step),
    single: state.precision === "float32",
    ...(whole ? bytesOf(run) : { pictures: LEFT_OUT, labels: LEFT_OUT, weights: LEFT_OUT }),
  });
}

/** The steps that were taken; before the first, those of one epoch. @param {Run} run */
function stepsOf(run) {
  return run.steps || Math.ceil(trainingOf(run) / run.state.batch);
}

/** How many pictures are trained on. @param {Run} run */
function trainingOf({ data, state }) {
  return Math.min(state.samples ?? data.training, data.training);
}

/** The learning rates that steps were taken with. @param {Run} run @param {number} steps */
function changesOf({ rates, state }, steps) {
  const used = rates.filter(({ step }, place) => step < steps && rates[place + 1]?.step !== step);
  const changes = used.filter(({ lr }, place) => used[place - 1]?.lr !== lr);
  return changes.length > 0 ? changes : [{ step: 0, lr: state.lr }];
}

/** The pictures that are used, their labels and the initial weights. @param {Run} run */
function bytesOf(run) {
  const { data, initial } = run;
  const width = data.size[0] * data.size[1];
  return {
    pictures: base64(without(data.pixels, trainingOf(run) * width, data.training * width)),
    labels: base64(without(data.labels, trainingOf(run), data.training)),
    weights: base64(doubles(initial)),
  };
}

/** @param {Uint8Array} bytes @param {number} begin @param {number} end */
function without(bytes, begin, end) {
  const rest = new Uint8Array(bytes.length - (end - begin));
  rest.set(bytes.subarray(0, begin));
  rest.set(bytes.subarray(end), begin);
  return rest;
}
