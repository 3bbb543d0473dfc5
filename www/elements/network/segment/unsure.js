// Where to paint next: the largest region in which the network is least sure.

/** @typedef {[rows: number, columns: number]} Size */
/** @typedef {{ row: number, column: number, pixels: number, sureness: number }} Region a pixel in its middle, counted from 0, how many pixels it has, and how sure the network is of them in the mean */

/** The part of the pixels that counts as least sure, and how sure the network may be of them. */
const PART = 0.1;
const SURE = 0.95;
/** As many parts has the scale from unsure to sure. */
const BINS = 256;

/**
 * Nothing where the network is sure of everything that is not painted.
 * @param {ArrayLike<number>} sureness of each pixel, 0 to 1
 * @param {ArrayLike<number>} mask 0 where nothing is painted
 * @param {Size} size
 * @returns {Region | undefined}
 */
export function unsureRegion(sureness, mask, size) {
  const limit = Math.min(SURE, limitOf(sureness, mask));
  const isUnsure = (/** @type {number} */ place) => !mask[place] && (sureness[place] ?? 1) <= limit;
  const seen = new Uint8Array(sureness.length);
  const stack = new Int32Array(sureness.length);
  /** @type {Int32Array | undefined} */
  let largest;
  for (let place = 0; place < sureness.length; place += 1) {
    if (!seen[place] && isUnsure(place)) {
      const count = connected(place, size, isUnsure, seen, stack);
      largest = count > (largest?.length ?? 0) ? stack.slice(0, count) : largest;
    }
  }
  return largest && described(largest, sureness, size);
}

/** The sureness that a tenth of what is not painted does not exceed. @param {ArrayLike<number>} sureness @param {ArrayLike<number>} mask */
function limitOf(sureness, mask) {
  const counts = new Uint32Array(BINS);
  let count = 0;
  for (let place = 0; place < sureness.length; place += 1) {
    if (!mask[place]) {
      const bin = Math.min(BINS - 1, Math.floor((sureness[place] ?? 1) * BINS));
      counts[bin] = (counts[bin] ?? 0) + 1;
      count += 1;
    }
  }
  let [bin, below] = [0, counts[0] ?? 0];
  while (below < PART * count) {
    bin += 1;
    below += counts[bin] ?? 0;
  }
  return (bin + 1) / BINS;
}

/**
 * Fills in the places that hang together with one, and returns how many they are.
 * @param {number} start
 * @param {Size} size
 * @param {(place: number) => boolean} belongs
 * @param {Uint8Array} seen
 * @param {Int32Array} stack
 */
function connected(start, [rows, columns], belongs, seen, stack) {
  let count = 1;
  stack[0] = start;
  seen[start] = 1;
  for (let next = 0; next < count; next += 1) {
    const place = stack[next] ?? 0;
    const [row, column] = [Math.floor(place / columns), place % columns];
    for (const [other, isInside] of /** @type {[number, boolean][]} */ ([[place - columns, row > 0], [place + columns, row < rows - 1], [place - 1, column > 0], [place + 1, column < columns - 1]])) {
      if (isInside && !seen[other] && belongs(other)) {
        seen[other] = 1;
        stack[count] = other;
        count += 1;
      }
    }
  }
  return count;
}

/** @param {Int32Array} places @param {ArrayLike<number>} sureness @param {Size} size @returns {Region} */
function described(places, sureness, [, columns]) {
  const mean = (/** @type {(place: number) => number} */ of) => places.reduce((sum, place) => sum + of(place), 0) / places.length;
  const [middleRow, middleColumn] = [mean((place) => Math.floor(place / columns)), mean((place) => place % columns)];
  const far = (/** @type {number} */ place) => Math.hypot(Math.floor(place / columns) - middleRow, (place % columns) - middleColumn);
  // The middle of a ring is not in it.
  const nearest = places.reduce((best, place) => (far(place) < far(best) ? place : best), places[0] ?? 0);
  return { row: Math.floor(nearest / columns), column: nearest % columns, pixels: places.length, sureness: mean((place) => sureness[place] ?? 1) };
}
