// What the network answers to many samples: the class it predicts, its probability and the loss.

import { predictedClass, probabilityOf } from "./confusion.js";
import { isPresent, momentOf, readInParts } from "./reading.js";

/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("../scene.js").Host} Host */

/**
 * @typedef {object} Survey
 * @property {number[]} samples
 * @property {number} classes how many the network tells apart
 * @property {Uint8Array} labels
 * @property {Int32Array} predicted -1 where a score is no number
 * @property {Float64Array} probabilities of the predicted classes
 * @property {Float64Array} losses
 */

/** @typedef {ReturnType<typeof surveys>} Surveys */

/**
 * Surveys of the test pictures and of the training pictures, which the panels share.
 * @param {Host} host
 */
export function surveys(host) {
  /** By the kind of the samples. @type {Map<string, { of: string, network: object, pending: Promise<Survey | undefined> }>} */
  const known = new Map();
  let isStopped = false;

  return {
    /**
     * The survey of some samples at this moment; nothing if the network is gone before it is complete.
     * @param {Scene} scene
     * @param {string} kind
     * @param {number[]} samples
     */
    of(scene, kind, samples) {
      const of = `${momentOf(scene)} ${samples.length}`;
      const before = known.get(kind);
      if (before?.of === of && before.network === scene.network) {
        return before.pending;
      }
      isStopped = false;
      const pending = survey(scene, samples, () => !isStopped && isPresent(host, scene));
      known.set(kind, { of, network: scene.network, pending });
      return pending;
    },
    stop() {
      isStopped = true;
      known.clear();
    },
  };
}

/** @param {Scene} scene @param {number[]} samples @param {() => boolean} goesOn @returns {Promise<Survey | undefined>} */
async function survey(scene, samples, goesOn) {
  const { network, data, scores = "" } = scene;
  const loss = network.lines.at(-1)?.name ?? "";
  const classes = network.lines.find(({ name }) => name === scores)?.shape.reduce((product, size) => product * size, 1) ?? 0;
  const found = { samples, classes, labels: Uint8Array.from(samples, (sample) => data.labels[sample] ?? 0), predicted: new Int32Array(samples.length), probabilities: new Float64Array(samples.length), losses: new Float64Array(samples.length) };
  const isWhole = await readInParts(scene, [scores, loss], samples, goesOn, (first, [values = new Float64Array(), losses = new Float64Array()]) => {
    found.losses.set(losses, first);
    losses.forEach((_, place) => {
      const predicted = predictedClass(values, classes, place);
      found.predicted[first + place] = predicted;
      found.probabilities[first + place] = probabilityOf(values, classes, place, predicted);
    });
  });
  return isWhole ? found : undefined;
}

/** The name of a class; -1 is none. @param {Scene} scene @param {number} predicted */
export function className({ data }, predicted) {
  return predicted < 0 ? "nothing" : (data.classes[predicted] ?? String(predicted));
}

/** A probability in per cent. @param {number} probability */
export function percent(probability) {
  return Number.isNaN(probability) ? "no probability" : `${(100 * probability).toFixed(1)} %`;
}
