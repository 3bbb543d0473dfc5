// A tensor in words: its shape, and the range of its numbers.

/** @typedef {import("../../engine/engine.js").Core} Core */

/** `shape (2, 3), from −1 to 2`; a single number is written. @param {Core} core @param {ArrayLike<number>} shape @param {ArrayLike<number>} numbers */
export function tensorWords(core, shape, numbers) {
  const list = Array.from(numbers);
  if (list.length === 1) {
    return core.shortNumber(list[0] ?? NaN);
  }
  const [least, most] = list.reduce(([least, most], number) => [Math.min(least, number), Math.max(most, number)], [Infinity, -Infinity]);
  return `${shapeWords(shape)}, from ${core.shortNumber(least)} to ${core.shortNumber(most)}`;
}

/** @param {ArrayLike<number>} shape */
function shapeWords(shape) {
  return `shape (${Array.from(shape).join(", ")})`;
}

/** The same inside of a formula. @param {Core} core @param {ArrayLike<number>} shape @param {ArrayLike<number>} numbers */
export function tensorMathml(core, shape, numbers) {
  const words = tensorWords(core, shape, numbers);
  return numbers.length === 1 ? `<mo>=</mo><mn>${words}</mn>` : `<mtext>: ${words}</mtext>`;
}
