// What the network says of each pixel of a picture: the most probable class, and how sure it is.

/** @typedef {import("./element.js").SegmentScene} Scene */
/**
 * @typedef {object} Prediction
 * @property {Uint8Array} labels the class of each pixel, counted from 1; 0 where the scores are no numbers
 * @property {Float32Array} sureness 1 - entropy / log(classes): 0 where all classes are equally probable, 1 where one is certain
 */

/** How long a prediction is kept while training goes on, in milliseconds. */
const PAUSE = 100;

/**
 * @param {ArrayLike<number>} scores class by class, with one for each pixel
 * @param {number} classes at least 2
 * @returns {Prediction}
 */
export function predictionOf(scores, classes) {
  const count = scores.length / classes;
  const [labels, sureness] = [new Uint8Array(count), new Float32Array(count)];
  const [chances, most] = [new Float64Array(classes), Math.log(classes)];
  for (let pixel = 0; pixel < count; pixel += 1) {
    const entropy = spread(chances, scores, pixel, count);
    // What is not a number is not sure, and has no class.
    labels[pixel] = Number.isNaN(entropy) ? 0 : 1 + winner(chances);
    sureness[pixel] = Number.isNaN(entropy) ? 0 : Math.max(0, 1 - entropy / most);
  }
  return { labels, sureness };
}

/** The probability of each class at a pixel. @param {ArrayLike<number>} scores @param {number} classes @param {number} pixel */
export function chancesAt(scores, classes, pixel) {
  const chances = new Float64Array(classes);
  spread(chances, scores, pixel, scores.length / classes);
  return chances;
}

/** Fills in the probabilities at a pixel, and returns their entropy. @param {Float64Array} chances @param {ArrayLike<number>} scores @param {number} pixel @param {number} count */
function spread(chances, scores, pixel, count) {
  let [most, sum, mean] = [-Infinity, 0, 0];
  for (let k = 0; k < chances.length; k += 1) {
    most = Math.max(most, scores[k * count + pixel] ?? NaN);
  }
  for (let k = 0; k < chances.length; k += 1) {
    // The largest is subtracted first, so that nothing overflows.
    const part = (scores[k * count + pixel] ?? NaN) - most;
    const weight = Math.exp(part);
    chances[k] = weight;
    sum += weight;
    mean += weight > 0 || Number.isNaN(weight) ? weight * part : 0;
  }
  for (let k = 0; k < chances.length; k += 1) {
    chances[k] = (chances[k] ?? NaN) / sum;
  }
  return Math.log(sum) - mean / sum;
}

/** @param {Float64Array} chances */
function winner(chances) {
  let best = 0;
  for (let k = 1; k < chances.length; k += 1) {
    best = (chances[k] ?? 0) > (chances[best] ?? 0) ? k : best;
  }
  return best;
}

/** The prediction for the picture that is shown, which follows the training. */
export class Predictor {
  /** @type {Prediction | undefined} */
  #last;
  #of = "";
  /** @type {Scene["network"] | undefined} */
  #network;
  #made = -Infinity;

  /** Nothing while the network has learned nothing, or has no scores. @param {Scene} scene @param {number} sample */
  of(scene, sample) {
    const { network, steps, scores, isFresh, isRunning } = scene;
    if (isFresh || !scores) {
      return undefined;
    }
    const isSame = network === this.#network && this.#of === `${sample} ${steps}`;
    const isEarly = isRunning && network === this.#network && this.#of.startsWith(`${sample} `) && performance.now() < this.#made + PAUSE;
    if (!isSame && !isEarly) {
      this.#last = predictionOf(network.read(scores, [sample]).values, scene.data.classes.length);
      [this.#network, this.#of, this.#made] = [network, `${sample} ${steps}`, performance.now()];
    }
    return this.#last;
  }
}
