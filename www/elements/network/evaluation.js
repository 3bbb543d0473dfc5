// The loss and the accuracy on the test pictures, in parts that do not block the page.

/** @typedef {import("../../engine/network.js").Network} Network */
/** @typedef {{ step: number, loss: number, right: number, of: number }} Result */

/** How many samples are read at once. */
const PART = 64;

export class Evaluation {
  #network;
  #task;
  #scores;
  #samples;
  #done = 0;
  #loss = 0;
  #right = 0;
  #step;

  /**
   * @param {Network} network
   * @param {import("./task.js").Task} task
   * @param {string | undefined} scores the line of the scores
   * @param {number} step
   */
  constructor(network, task, scores, step) {
    this.#network = network;
    this.#task = task;
    this.#scores = scores;
    this.#samples = Array.from({ length: task.count - task.training }, (_, place) => task.training + place);
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
    const count = this.#samples.length;
    return this.#done < count ? undefined : { step: this.#step, loss: this.#loss / count, right: this.#right, of: count * this.#task.answers };
  }

  /** How many answers to the samples are right. @param {number[]} samples */
  #count(samples) {
    if (!this.#scores || samples.length === 0) {
      return 0;
    }
    const { values } = this.#network.read(this.#scores, samples);
    const { answers, rightOf } = this.#task;
    const width = values.length / samples.length;
    const right = samples.map((sample, place) => rightAmong(values.subarray(place * width, (place + 1) * width), rightOf(sample), answers));
    return right.reduce((sum, each) => sum + each, 0);
  }
}

/**
 * How many of the right answers have the highest score; of equal ones, the first class wins.
 * @param {Float64Array} scores class by class, with one for each answer
 * @param {ArrayLike<number>} right
 * @param {number} answers
 */
function rightAmong(scores, right, answers) {
  if (scores.some(Number.isNaN)) {
    return 0;
  }
  let count = 0;
  for (let answer = 0; answer < answers; answer += 1) {
    let best = answer;
    for (let place = answer + answers; place < scores.length; place += answers) {
      best = (scores[place] ?? NaN) > (scores[best] ?? NaN) ? place : best;
    }
    count += Number(Math.floor(best / answers) === right[answer]);
  }
  return count;
}
