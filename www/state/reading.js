// Long texts are read by generators that pause after each part, so that the page stays responsive.

/**
 * A generator that pauses while it reads, and returns the result.
 * @template T
 * @typedef {Generator<undefined, T, undefined>} Reading
 */

/** How many numbers or cells are read between two pauses: a fraction of a millisecond. */
export const PART = 500;

/**
 * Reads to the end at once.
 * @template T
 * @param {Reading<T>} reading
 * @returns {T}
 */
export function finish(reading) {
  for (;;) {
    const { done, value } = reading.next();
    if (done) {
      return value;
    }
  }
}
