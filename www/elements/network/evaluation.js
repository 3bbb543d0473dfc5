// The loss and the accuracy on the test pictures, in parts that do not block the page.

/** @typedef {import("../../engine/network.js").Network} Network */
/** @typedef {{ step: number, loss: number, right: number, of: number }} Result */

/** How many samples are read at once. */
const PART = 64;

export class Evaluation {
  #network;
  #labels;
  #scores;
  #samples;
  #done = 0;
  #loss = 0;
  #right = 0;
  #step;

  /**
   * @param {Network} network
   * @param {{ labels: Uint8Array, scores: string | undefined, from: number, to: number, step: number }} test the labels of all samples, the line of the scores, and which samples are for the test
   */
  constructor(network, { labels, scores, from, to, step }) {
    this.#network = network;
    this.#labels = labels;
    this.#scores = scores;
    this.#samples = Array.from({ length: to - from }, (_, place) => from + place);
    this.#step = step;
  }

  /** Works until a time, and returns the result once it is complete. @param {number} end @returns {Result | undefined} */
  advance(end) {
    do {
      const part = this.#samples.slice(this.#done, this.#done + PART);
      this.#loss += part.length === 0 ? 0 : this.#network.meanLoss(part) * part.length;
      this.#right += this.#count(part);
      this.#done += part.length;
    } while (this.#done < this.#samples.length && performance.now() < end);
    const of = this.#samples.length;
    return this.#done < of ? undefined : { step: this.#step, loss: this.#loss / of, right: this.#right, of };
  }

  /** How many of the samples have the highest score at their label. @param {number[]} samples */
  #count(samples) {
    if (!this.#scores || samples.length === 0) {
      return 0;
    }
    const { values } = this.#network.read(this.#scores, samples);
    const classes = values.length / samples.length;
    return samples.filter((sample, place) => winnerOf(values.subarray(place * classes, (place + 1) * classes)) === this.#labels[sample]).length;
  }
}

/** The place of the highest score; of equal ones the first. @param {ArrayLike<number>} scores */
function winnerOf(scores) {
  let best = 0;
  for (let place = 1; place < scores.length; place += 1) {
    best = (scores[place] ?? NaN) > (scores[best] ?? NaN) ? place : best;
  }
  return best;
}
