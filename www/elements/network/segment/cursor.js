// The pixel that the arrow keys go to.

/** @typedef {[row: number, column: number]} Pixel */

/** How far the arrow keys go, alone and with Shift. */
const [NEAR, FAR] = [1, 10];
/** @type {Record<string, Pixel>} */
const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/** Where an arrow key leads from a pixel; nothing for another key. @param {Pixel} from @param {KeyboardEvent} event @param {readonly [rows: number, columns: number]} size of the picture */
export function stepped(from, { key, shiftKey }, size) {
  const move = MOVES[key];
  const far = shiftKey ? FAR : NEAR;
  return move && nearestIn([from[0] + far * move[0], from[1] + far * move[1]], size);
}

/** The pixel, or the nearest one in the picture. @param {Pixel} wanted @param {readonly [rows: number, columns: number]} size @returns {Pixel} */
export function nearestIn([row, column], [rows, columns]) {
  const fit = (/** @type {number} */ at, /** @type {number} */ length) => Math.max(0, Math.min(length - 1, at));
  return [fit(row, rows), fit(column, columns)];
}
