// Counting which classes a network takes for which.

/**
 * The first class with the largest score; -1 if a score is no number, because then none is larger.
 * @param {ArrayLike<number>} scores of many samples, one after the other
 * @param {number} classes how many scores a sample has
 * @param {number} sample
 */
export function predictedClass(scores, classes, sample) {
  let best = 0;
  for (let place = 0; place < classes; place += 1) {
    const score = scores[sample * classes + place] ?? NaN;
    if (Number.isNaN(score)) {
      return -1;
    }
    best = score > (scores[sample * classes + best] ?? NaN) ? place : best;
  }
  return classes > 0 ? best : -1;
}

/**
 * The probability that softmax gives to a class.
 * @param {ArrayLike<number>} scores
 * @param {number} classes
 * @param {number} sample
 * @param {number} picked
 */
export function probabilityOf(scores, classes, sample, picked) {
  const score = scores[sample * classes + picked] ?? NaN;
  let sum = 0;
  for (let place = 0; place < classes; place += 1) {
    const other = scores[sample * classes + place] ?? NaN;
    // Equal scores count alike, also where they are infinite.
    sum += other === score ? 1 : Math.exp(other - score);
  }
  return 1 / sum;
}

/**
 * How often each class is taken for each: a row for each true class, a column for each predicted one,
 * and a last column for samples without a prediction.
 * @param {ArrayLike<number>} labels
 * @param {ArrayLike<number>} predicted
 * @param {number} rows how many classes the data have
 * @param {number} columns how many classes the network predicts
 */
export function confusionOf(labels, predicted, rows, columns) {
  const counts = new Uint32Array(rows * (columns + 1));
  for (let sample = 0; sample < labels.length; sample += 1) {
    const [row, column] = [labels[sample] ?? 0, predicted[sample] ?? -1];
    const cell = row * (columns + 1) + (column < 0 ? columns : column);
    counts[cell] = (counts[cell] ?? 0) + 1;
  }
  return counts;
}

/** How many samples are right. @param {ArrayLike<number>} labels @param {ArrayLike<number>} predicted */
export function rightOf(labels, predicted) {
  return Array.prototype.filter.call(labels, (label, sample) => predicted[sample] === label).length;
}

/** The places of the largest numbers, largest first; what is no number is worse than any. @param {ArrayLike<number>} numbers @param {number} most */
export function largest(numbers, most) {
  const rank = (/** @type {number} */ place) => (Number.isNaN(numbers[place]) ? Infinity : (numbers[place] ?? 0));
  const places = Array.from(numbers, (_, place) => place);
  return places.sort((one, other) => (rank(one) === rank(other) ? one - other : rank(other) - rank(one))).slice(0, most);
}
