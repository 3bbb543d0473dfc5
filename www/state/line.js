// A straight line between two points, of a stroke.

/** @typedef {[x: number, y: number]} Point */

/** The square of how far a point is from a segment. @param {number} x @param {number} y @param {Point} from @param {Point} to */
export function squareFrom(x, y, from, to) {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const along = ((x - from[0]) * dx + (y - from[1]) * dy) / (dx * dx + dy * dy || 1);
  const part = Math.max(0, Math.min(1, along));
  return (x - from[0] - part * dx) ** 2 + (y - from[1] - part * dy) ** 2;
}
