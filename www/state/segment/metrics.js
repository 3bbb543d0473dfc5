// How well predicted classes agree with the true ones.

/**
 * @typedef {object} Metrics
 * @property {number[]} iou of each class: the pixels that are of it and predicted as it, in parts of those that are one or the other; NaN where there are none
 * @property {number} accuracy the part of the known pixels whose class is predicted; NaN where none is known
 * @property {number[][]} confusion how many pixels of each true class, a row each, are predicted as each class, a column each
 */

/**
 * Counts all pixels whose true class is known. A pixel without a predicted class is wrong, and in no column.
 * @param {ArrayLike<number>[]} predicted for each picture the class of each pixel, counted from 1; 0 where there is none
 * @param {ArrayLike<number>[]} truths the same; 0 where the class is not known
 * @param {number} classes
 * @returns {Metrics}
 */
export function metricsOf(predicted, truths, classes) {
  // A column more, for pixels without a predicted class.
  const counts = Array.from({ length: classes }, () => Array(classes + 1).fill(0));
  truths.forEach((truth, place) => count(counts, predicted[place] ?? [], truth));
  const rows = counts.map((row) => sum(row));
  const right = counts.map((row, k) => row[k + 1] ?? 0);
  const iou = right.map((both, k) => both / ((rows[k] ?? 0) + sum(counts.map((row) => row[k + 1] ?? 0)) - both));
  return { iou, accuracy: sum(right) / sum(rows), confusion: counts.map((row) => row.slice(1)) };
}

/** @param {number[][]} counts @param {ArrayLike<number>} predicted @param {ArrayLike<number>} truth */
function count(counts, predicted, truth) {
  for (let pixel = 0; pixel < truth.length; pixel += 1) {
    const row = counts[(truth[pixel] ?? 0) - 1];
    if (row) {
      row[predicted[pixel] ?? 0] = (row[predicted[pixel] ?? 0] ?? 0) + 1;
    }
  }
}

/** @param {number[]} numbers */
function sum(numbers) {
  return numbers.reduce((sum, number) => sum + number, 0);
}
