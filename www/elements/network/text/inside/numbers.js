// Numbers about a matrix whose columns are the positions of a text.

/** @typedef {{ shape: number[], value: Float64Array, gradient: Float64Array | null }} Seen a tensor with its gradient */

/** The length of a vector. @param {ArrayLike<number>} values */
export function norm(values) {
  return Math.sqrt(Array.from(values, (value) => value * value).reduce((sum, square) => sum + square, 0));
}

/**
 * A column of a matrix.
 * @param {ArrayLike<number>} values row by row
 * @param {number} columns how many there are
 * @param {number} column
 */
export function columnOf(values, columns, column) {
  return Float64Array.from({ length: Math.floor(values.length / columns) }, (_, row) => values[row * columns + column] ?? NaN);
}

/** The length of each column. @param {ArrayLike<number>} values row by row @param {number} columns */
export function columnNorms(values, columns) {
  return Array.from({ length: columns }, (_, column) => norm(columnOf(values, columns, column)));
}

/** The probabilities that belong to scores. @param {Float64Array} scores */
export function softmax(scores) {
  // The largest is subtracted first, so that no power is infinite.
  const most = scores.reduce((a, b) => Math.max(a, b), -Infinity);
  const powers = scores.map((score) => Math.exp(score - most));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}
