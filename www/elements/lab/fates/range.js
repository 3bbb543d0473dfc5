// The part of the plane of learning rates and initial values that the map of fates shows.

/** The ranges of the sliders: the exponents of ten of the learning rates, and the initial values. */
const EXPONENTS = /** @type {const} */ ([-4, 0]);
const STARTS = /** @type {const} */ ([-10, 10]);
/** The largest zoom of the map. */
const LARGEST = 4 ** 8;

export class FateRange {
  #zoom = 1;
  #middle = { exponent: 0, start: 0 };

  /** The zoom. */
  get zoom() {
    return this.#zoom;
  }

  /**
   * Zooms in on a run, or out.
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

  /** A part around the middle, inside the whole range. @param {number} middle @param {readonly [number, number]} whole */
  #around(middle, [low, high]) {
    const width = (high - low) / this.#zoom;
    const from = Math.max(low, Math.min(high - width, middle - width / 2));
    return [from, from + width];
  }
}
