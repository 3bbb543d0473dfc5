// The losses of a run that has no end: at most so many numbers, each the mean of equally many steps.

/** How many means are kept at most. */
const MOST = 1024;

export class History {
  /** How many steps each mean is of. */
  stride = 1;
  /** @type {number[]} */
  means = [];
  /** The test loss, as pairs of a step and a loss. @type {number[]} */
  tests = [];
  /** How many losses wait for the next mean, and their sum. */
  #waiting = 0;
  #sum = 0;

  /** @param {ArrayLike<number>} losses of the next steps */
  add(losses) {
    for (let place = 0; place < losses.length; place += 1) {
      this.#sum += losses[place] ?? NaN;
      this.#waiting += 1;
      if (this.#waiting === this.stride) {
        this.means.push(this.#sum / this.stride);
        [this.#waiting, this.#sum] = [0, 0];
        this.#shorten();
      }
    }
  }

  /** @param {number} step @param {number} loss */
  addTest(step, loss) {
    this.tests.push(step, loss);
    if (this.tests.length > 4 * MOST) {
      // Every second pair is left out, but not the first and not the last.
      this.tests = this.tests.filter((_, place) => place % 4 < 2 || place >= this.tests.length - 2);
    }
  }

  /** The mean loss of the last steps. */
  get last() {
    return this.means.at(-1);
  }

  /** The losses of training and test, as pairs of a step and a loss. */
  get points() {
    return Float64Array.from(this.means.flatMap((loss, place) => [place * this.stride, loss]));
  }

  /** Two neighbours become one when there are too many. */
  #shorten() {
    if (this.means.length === MOST) {
      this.means = Array.from({ length: MOST / 2 }, (_, place) => ((this.means[2 * place] ?? NaN) + (this.means[2 * place + 1] ?? NaN)) / 2);
      this.stride *= 2;
    }
  }
}
