// The relation between a value and the position of a slider's thumb.

/**
 * @typedef {object} Scale
 * @property {number} min the first position
 * @property {number} max the last position
 * @property {number} step the distance between positions
 * @property {(position: number) => number} value
 * @property {(value: number) => number} position
 */

/**
 * A linear scale: equal distances are equal differences.
 * @param {number} min
 * @param {number} max
 * @param {number} step
 * @returns {Scale}
 */
export function linear(min, max, step) {
  return { min, max, step, value: (position) => position, position: (value) => value };
}

/**
 * A logarithmic scale: equal distances are equal ratios, with a hundred positions for each power of
 * ten and three digits.
 * @param {number} min
 * @param {number} max
 * @returns {Scale}
 */
export function logarithmic(min, max) {
  return {
    min: Math.round(100 * Math.log10(min)),
    max: Math.round(100 * Math.log10(max)),
    step: 1,
    value: (position) => Number((10 ** (position / 100)).toPrecision(3)),
    position: (value) => Math.round(100 * Math.log10(Math.max(value, Number.MIN_VALUE))),
  };
}
