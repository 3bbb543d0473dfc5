// The part of the plane of learning rates and initial values that the map of fates shows.

/** Ten to these are the learning rates that the slider has, and these the initial values. */
const EXPONENTS = /** @type {const} */ ([-4, 0]);
const STARTS = /** @type {const} */ ([-10, 10]);
/** How many times larger than the whole the map can be. */
const LARGEST = 4 ** 8;

export class FateRange {
  #zoom = 1;
  #middle = { exponent: 0, start: 0 };

  /** The factor by which the map is larger than the whole. */
  get zoom() {
    return this.#zoom;
  }

  /**
   * Looks at a run from nearer, or from farther away.
   * @param {number} zoom
   * @param {number} lr
   * @param {number} start
   */
  look(zoom, lr, start) {
    this.#zoom = Math.max(1, Math.min(LARGEST, zoom));
    this.#middle = { exponent: Math.log10(lr), start };
  }

  /** The ends of both axes. */
  get ends() {
    const exponents = this.#around(this.#middle.exponent, EXPONENTS);
    return { rates: exponents.map((exponent) => 10 ** exponent), starts: this.#around(this.#middle.start, STARTS) };
  }

  /** A part around the middle that does not leave the whole. @param {number} middle @param {readonly [number, number]} whole */
  #around(middle, [low, high]) {
    const width = (high - low) / this.#zoom;
    const from = Math.max(low, Math.min(high - width, middle - width / 2));
    return [from, from + width];
  }
}
