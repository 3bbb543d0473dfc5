// From the strokes of a drawing to a picture as the data has it.

import { squareFrom } from "../state/line.js";

/** The points of a stroke, in pixels of the picture from its upper left corner. @typedef {[x: number, y: number][]} Stroke */
/** @typedef {[rows: number, columns: number]} Size */

/** The grey of a pixel is how many of its 4 x 4 parts have ink. */
const PARTS = 4;
/** Drawings that are smaller than this part of the field stay small. */
const LEAST = 1 / 4;

/**
 * How pictures are made from drawings.
 * @typedef {object} Custom
 * @property {Size} room the part of the height and of the width that a drawing fills
 * @property {number} stretch how many times wider than high, or higher than wide, a drawing can be made
 * @property {[least: number, most: number]} pen the width of a stroke, as a part of the drawing's longer side
 * @property {number} ink the part of the picture that has ink; thinner or thicker strokes make it so, as far as `pen` allows
 * @property {boolean} isBalanced whether the centre of mass is in the middle, and not the middle of the drawing
 */

/** The UCI digits: scaled to a box of 20 x 32 in a bitmap of 32 x 32, with strokes of equal weight. @type {Custom} */
const COARSE = { room: [1, 20 / 32], stretch: 1.5, pen: [2 / 11, 1 / 3], ink: 0.305, isBalanced: false };
/** MNIST: scaled to a box of 20 x 20 in 28 x 28. @type {Custom} */
const FINE = { room: [20 / 28, 20 / 28], stretch: 1, pen: [1 / 8, 1 / 8], ink: 0, isBalanced: true };
/** The ink grows a little less than the pen, so that its width is found in a few attempts. */
const ATTEMPTS = 3;
/** With fewer rows, a picture is made as the UCI digits are. */
const FINE_ROWS = 16;

/**
 * Where the parts of pixels lie on a drawing: part = point * scale + offset.
 * @typedef {object} Lens
 * @property {[x: number, y: number]} scale
 * @property {[x: number, y: number]} offset
 * @property {number} radius of the pen, on the drawing
 */

/**
 * The strokes scaled and moved as the data is: numbers from 0 to 1.
 * @param {Stroke[]} strokes
 * @param {Size} size
 */
export function picturedAsData(strokes, size) {
  const custom = size[0] < FINE_ROWS ? COARSE : FINE;
  const bitmap = weighted(strokes, size, custom);
  return counted(bitmap, size, custom.isBalanced ? imbalance(bitmap, size) : [0, 0]);
}

/**
 * The strokes where they were drawn.
 * @param {Stroke[]} strokes
 * @param {Size} size
 * @param {number} width of the pen, in pixels of the picture
 */
export function picturedInPlace(strokes, size, width) {
  return counted(inked(strokes, size, { scale: [PARTS, PARTS], offset: [0, 0], radius: width / 2 }), size, [0, 0]);
}

/** The bitmap with the pen that gives it the ink of the data. @param {Stroke[]} strokes @param {Size} size @param {Custom} custom */
function weighted(strokes, size, custom) {
  const [least, most] = custom.pen;
  let pen = least;
  let bitmap = inked(strokes, size, lensOf(strokes, size, custom, pen));
  for (let attempt = 0; attempt < ATTEMPTS && least < most && bitmap.includes(1); attempt += 1) {
    const ink = bitmap.reduce((sum, part) => sum + part, 0) / bitmap.length;
    pen = Math.max(least, Math.min(most, (pen * custom.ink) / ink));
    bitmap = inked(strokes, size, lensOf(strokes, size, custom, pen));
  }
  return bitmap;
}

/** @param {Stroke[]} strokes @param {Size} size @param {Custom} custom @param {number} pen @returns {Lens} */
function lensOf(strokes, [rows, columns], { room, stretch }, pen) {
  const points = strokes.flat();
  const [left, width] = extent(points.map(([x]) => x));
  const [top, height] = extent(points.map(([, y]) => y));
  const least = LEAST * Math.max(rows, columns);
  const thickness = pen * Math.max(width, height, least);
  const fit = (/** @type {number} */ length, /** @type {number} */ space) => (PARTS * space) / Math.max(length + thickness, least);
  const [across, down] = [fit(width, columns * room[1]), fit(height, rows * room[0])];
  const [sx, sy] = [Math.min(across, stretch * down), Math.min(down, stretch * across)];
  const offset = (/** @type {number} */ scale, /** @type {number} */ middle, /** @type {number} */ length) => (PARTS * length) / 2 - scale * middle;
  return { scale: [sx, sy], offset: [offset(sx, left + width / 2, columns), offset(sy, top + height / 2, rows)], radius: thickness / 2 };
}

/** The least of some numbers, and how far the largest is from it. @param {number[]} numbers @returns {[number, number]} */
function extent(numbers) {
  const [least, most] = numbers.reduce(([least, most], number) => [Math.min(least, number), Math.max(most, number)], [Infinity, -Infinity]);
  return numbers.length > 0 ? [least, most - least] : [0, 0];
}

/** A bitmap of the parts: 1 where there is ink. @param {Stroke[]} strokes @param {Size} size @param {Lens} lens */
function inked(strokes, [rows, columns], lens) {
  const bitmap = new Uint8Array(PARTS * rows * PARTS * columns);
  for (const stroke of strokes) {
    stroke.forEach((point, place) => inkSegment(bitmap, PARTS * rows, PARTS * columns, lens, stroke[place - 1] ?? point, point));
  }
  return bitmap;
}

/**
 * @param {Uint8Array} bitmap
 * @param {number} height
 * @param {number} width
 * @param {Lens} lens
 * @param {[number, number]} from
 * @param {[number, number]} to
 */
function inkSegment(bitmap, height, width, { scale: [sx, sy], offset: [ox, oy], radius }, from, to) {
  const first = (/** @type {number} */ a, /** @type {number} */ b, /** @type {number} */ scale, /** @type {number} */ offset) => Math.max(0, Math.floor((Math.min(a, b) - radius) * scale + offset));
  const last = (/** @type {number} */ a, /** @type {number} */ b, /** @type {number} */ scale, /** @type {number} */ offset, /** @type {number} */ length) => Math.min(length, Math.ceil((Math.max(a, b) + radius) * scale + offset));
  const [right, below] = [last(from[0], to[0], sx, ox, width), last(from[1], to[1], sy, oy, height)];
  for (let row = first(from[1], to[1], sy, oy); row < below; row += 1) {
    for (let column = first(from[0], to[0], sx, ox); column < right; column += 1) {
      if (squareFrom((column + 0.5 - ox) / sx, (row + 0.5 - oy) / sy, from, to) <= radius ** 2) {
        bitmap[row * width + column] = 1;
      }
    }
  }
}

/** How many parts to move so that the centre of mass is in the middle. @param {Uint8Array} bitmap @param {Size} size @returns {[x: number, y: number]} */
function imbalance(bitmap, [rows, columns]) {
  const [width, height] = [PARTS * columns, PARTS * rows];
  let [mass, x, y] = [0, 0, 0];
  bitmap.forEach((ink, place) => {
    mass += ink;
    x += ink * (place % width);
    y += ink * Math.floor(place / width);
  });
  return mass > 0 ? [Math.round((width - 1) / 2 - x / mass), Math.round((height - 1) / 2 - y / mass)] : [0, 0];
}

/** The pixels of a bitmap that is moved by some parts. @param {Uint8Array} bitmap @param {Size} size @param {[number, number]} move */
function counted(bitmap, [rows, columns], [right, down]) {
  const pixels = new Float64Array(rows * columns);
  const width = PARTS * columns;
  bitmap.forEach((ink, place) => {
    const [x, y] = [(place % width) + right, Math.floor(place / width) + down];
    if (ink && x >= 0 && y >= 0 && x < width && y < PARTS * rows) {
      const pixel = Math.floor(y / PARTS) * columns + Math.floor(x / PARTS);
      pixels[pixel] = (pixels[pixel] ?? 0) + 1 / PARTS ** 2;
    }
  });
  return pixels;
}
