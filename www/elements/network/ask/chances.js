// Probabilities from scores, and what they mean in words.

/** How far the two best may be from each other when the network is not sure. */
const CLOSE = 0.2;

/** The probabilities of scores; large scores do not overflow. @param {ArrayLike<number>} scores */
export function softmax(scores) {
  const list = Array.from(scores);
  const most = Math.max(...list);
  const powers = list.map((score) => Math.exp(score - most));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/** The classes, the most probable first. @param {number[]} chances */
export function ranked(chances) {
  return chances.map((_, place) => place).sort((a, b) => (chances[b] ?? 0) - (chances[a] ?? 0));
}

/**
 * What the network says of a picture.
 * @param {number[]} chances
 * @param {string[]} classes
 * @param {(number: number) => string} short
 */
export function saying(chances, classes, short) {
  if (!chances.every(Number.isFinite)) {
    return "The scores are not finite numbers, so there are no probabilities. Reset the network, and take a smaller learning rate.";
  }
  const [first = 0, second = 0] = ranked(chances);
  const told = (/** @type {number} */ place) => `${classes[place]} (probability ${short(chances[place] ?? NaN)})`;
  if (chances.length > 1 && (chances[first] ?? 0) - (chances[second] ?? 0) < CLOSE) {
    return `The network is not sure: ${told(first)} or ${told(second)}.`;
  }
  return `The network says ${told(first)}.`;
}
