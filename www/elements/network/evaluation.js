// The loss and the accuracy on the test pictures, in parts that do not block the page.

/** @typedef {import("../../engine/network.js").Network} Network */
/** @typedef {{ step: number, loss: number, right: number, of: number }} Result */

/** How many samples are read at once, and how many scores at most if there are more than one. */
const PART = 64;
const MOST_SCORES = 100_000;

export class Evaluation {
  #network;
  #task;
  #scores;
  #samples;
  #done = 0;
  #loss = 0;
  #right = 0;
  #known = 0;
  #part;
  #step;

  /**
   * @param {Network} network
   * @param {import("./task.js").Task} task
   * @param {string | undefined} scores the line of the scores
   * @param {number} step
   * @param {number[]} samples at least one
   */
  constructor(network, task, scores, step, samples) {
    this.#network = network;
    this.#task = task;
    this.#scores = scores;
    this.#samples = samples;
    this.#part = Math.max(1, Math.min(PART, Math.floor(MOST_SCORES / (task.classes * task.answers))));
    this.#step = step;
  }

  /** Works until a time, and returns the result once it is complete. @param {number} end @returns {Result | undefined} */
  advance(end) {
    do {
      const part = this.#samples.slice(this.#done, this.#done + this.#part);
      this.#loss += this.#network.meanLoss(part) * part.length;
      this.#count(part);
      this.#done += part.length;
    } while (this.#done < this.#samples.length && performance.now() < end);
    const count = this.#samples.length;
    return this.#done < count ? undefined : { step: this.#step, loss: this.#loss / count, right: this.#right, of: this.#known };
  }

  /** Counts the answers to the samples, and those that are right. @param {number[]} samples */
  #count(samples) {
    const { answers, rightOf } = this.#task;
    const rights = samples.map(rightOf);
    this.#known += rights.reduce((sum, right) => sum + knownIn(right, answers), 0);
    if (this.#scores) {
      const { values } = this.#network.read(this.#scores, samples);
      const width = values.length / samples.length;
      rights.forEach((right, place) => (this.#right += rightAmong(values.subarray(place * width, (place + 1) * width), right, answers)));
    }
  }
}

/** How many of the right answers are known. @param {ArrayLike<number>} right @param {number} answers */
function knownIn(right, answers) {
  let count = 0;
  for (let answer = 0; answer < answers; answer += 1) {
    count += Number((right[answer] ?? -1) >= 0);
  }
  return count;
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
