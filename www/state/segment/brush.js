// Painting on a mask: strokes, areas and polygons. Points are in pixels, from the left and from the top.

import { squareFrom } from "../line.js";

/** @typedef {import("../line.js").Point} Point */
/** @typedef {readonly [rows: number, columns: number]} Size */
/** @typedef {{ top: number, left: number, height: number, width: number }} Area the smallest rectangle with all changes */

/** All of a picture. @param {Size} size @returns {Area} */
export function wholeOf([height, width]) {
  return { top: 0, left: 0, height, width };
}

/**
 * Paints every pixel whose centre is at most `radius` from a segment, and the pixel at its end.
 * @param {Uint8Array} mask
 * @param {Size} size
 * @param {Point} from
 * @param {Point} to
 * @param {number} radius
 * @param {number} value
 * @returns {Area | undefined} nothing if no pixel has changed
 */
export function paintLine(mask, size, from, to, radius, value) {
  const [low, high] = [0, 1].map((axis) => span(from[axis] ?? 0, to[axis] ?? 0, radius, size[1 - axis] ?? 0));
  const [column, row] = to.map(Math.floor);
  const isNear = (/** @type {number} */ x, /** @type {number} */ y) => squareFrom(x + 0.5, y + 0.5, from, to) <= radius * radius || (x === column && y === row);
  return painted(mask, size, low ?? [0, 0], high ?? [0, 0], value, isNear);
}

/** The pixels along an axis that a segment can reach. @param {number} a @param {number} b @param {number} radius @param {number} length @returns {[number, number]} */
function span(a, b, radius, length) {
  return [Math.max(0, Math.floor(Math.min(a, b) - radius)), Math.min(length, Math.floor(Math.max(a, b) + radius) + 1)];
}

/**
 * Paints the pixels whose centres are inside a polygon, by the even-odd rule.
 * @param {Uint8Array} mask
 * @param {Size} size
 * @param {Point[]} points
 * @param {number} value
 */
export function paintPolygon(mask, size, points, value) {
  const [across, down] = [0, 1].map((axis) => span(Math.min(...points.map((point) => point[axis] ?? 0)), Math.max(...points.map((point) => point[axis] ?? 0)), 0, size[1 - axis] ?? 0));
  return points.length < 3 ? undefined : painted(mask, size, across ?? [0, 0], down ?? [0, 0], value, (x, y) => isInside(x + 0.5, y + 0.5, points));
}

/** Whether a ray to the right crosses an odd number of edges. @param {number} x @param {number} y @param {Point[]} points */
function isInside(x, y, points) {
  return points.reduce((inside, [x1, y1], place) => {
    const [x2, y2] = points[(place + 1) % points.length] ?? [x1, y1];
    const crosses = y1 > y !== y2 > y && x < x1 + ((y - y1) / (y2 - y1)) * (x2 - x1);
    return crosses ? !inside : inside;
  }, false);
}

/**
 * Paints the area around a pixel that has its number.
 * @param {Uint8Array} mask
 * @param {Size} size
 * @param {[row: number, column: number]} at
 * @param {number} value
 */
export function fillArea(mask, [rows, columns], [row, column], value) {
  const before = mask[row * columns + column];
  if (before === undefined || before === value || column < 0 || column >= columns) {
    return undefined;
  }
  const area = new Grown();
  const waiting = [row * columns + column];
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    if (mask[place] === before) {
      mask[place] = value;
      const x = place % columns;
      area.add(x, (place - x) / columns);
      const sides = [x > 0 ? place - 1 : -1, x < columns - 1 ? place + 1 : -1, place - columns, place + columns];
      waiting.push(...sides.filter((side) => side >= 0 && side < rows * columns));
    }
  }
  return area.area;
}

/**
 * @param {Uint8Array} mask
 * @param {Size} size
 * @param {[number, number]} across the columns that are looked at
 * @param {[number, number]} down the rows
 * @param {number} value
 * @param {(x: number, y: number) => boolean} isMeant
 */
function painted(mask, [, columns], [left, right], [top, bottom], value, isMeant) {
  const area = new Grown();
  for (let y = top; y < bottom; y += 1) {
    for (let x = left; x < right; x += 1) {
      const place = y * columns + x;
      if (mask[place] !== value && isMeant(x, y)) {
        mask[place] = value;
        area.add(x, y);
      }
    }
  }
  return area.area;
}

/** A rectangle that grows with each pixel. */
class Grown {
  #left = Infinity;
  #top = Infinity;
  #right = -1;
  #bottom = -1;

  /** @param {number} x @param {number} y */
  add(x, y) {
    this.#left = Math.min(this.#left, x);
    this.#right = Math.max(this.#right, x);
    this.#top = Math.min(this.#top, y);
    this.#bottom = Math.max(this.#bottom, y);
  }

  /** @returns {Area | undefined} */
  get area() {
    return this.#right < 0 ? undefined : { top: this.#top, left: this.#left, height: this.#bottom - this.#top + 1, width: this.#right - this.#left + 1 };
  }
}
