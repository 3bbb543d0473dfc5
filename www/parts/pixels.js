// Pictures as numbers from 0 to 1: scaled, centred, moved, mirrored. Background is 0, ink is 1.

import { inkOf } from "./grey.js";
import { largest } from "./heat.js";
import { decoded } from "./picturefile.js";

/** @typedef {[rows: number, columns: number]} Size */

/**
 * The part of a picture that another picture shows, in pixels of the first; it may go beyond its edges.
 * @typedef {object} Frame
 * @property {number} top
 * @property {number} left
 * @property {number} height
 * @property {number} width
 */

/**
 * A picture file, scaled down to this size with its proportions kept.
 * @param {Blob} file
 * @param {Size} size
 * @returns {Promise<Float64Array>}
 */
export async function pixelsOf(file, size) {
  const { width, height, data } = await decoded(file);
  return framed(inkOf(data, [height, width]), [height, width], size, wholeFrame([height, width], size));
}

/** The frame that shows a whole picture in the middle. @param {Size} from @param {Size} to @returns {Frame} */
function wholeFrame([rows, columns], to) {
  const scale = Math.min(to[0] / rows, to[1] / columns);
  return frameAround(rows / 2, columns / 2, [scale, scale], to);
}

/** @param {number} row @param {number} column of the middle @param {Size} scale how many pixels one becomes @param {Size} to @returns {Frame} */
function frameAround(row, column, [down, across], to) {
  const [height, width] = [to[0] / down, to[1] / across];
  return { top: row - height / 2, left: column - width / 2, height, width };
}

/**
 * A part of a picture in another size. Each pixel is the mean of the area that it covers.
 * @param {ArrayLike<number>} pixels
 * @param {Size} from
 * @param {Size} to
 * @param {Frame} [frame] by default the whole picture, stretched
 */
export function framed(pixels, [rows, columns], to, { top, left, height, width } = { top: 0, left: 0, height: rows, width: columns }) {
  // Rows first, then columns: lines of the picture are averaged, and then the numbers within each.
  const lower = averaged(pixels, { lines: 1, length: rows, inside: columns }, to[0], top, height);
  const means = averaged(lower, { lines: to[0], length: columns, inside: 1 }, to[1], left, width);
  // Sums of shares can be above 1 by a rounding.
  return means.map((mean) => Math.min(1, mean));
}

/**
 * Averages along the middle one of three axes, over `count` equal parts of a range.
 * @param {ArrayLike<number>} pixels
 * @param {{ lines: number, length: number, inside: number }} axes
 * @param {number} count
 * @param {number} start
 * @param {number} range
 */
function averaged(pixels, { lines, length, inside }, count, start, range) {
  const means = new Float64Array(lines * count * inside);
  const part = range / count;
  for (let index = 0; index < count; index += 1) {
    const [from, to] = [start + index * part, start + (index + 1) * part];
    for (let place = Math.max(0, Math.floor(from)); place < Math.min(length, to); place += 1) {
      const share = (Math.min(to, place + 1) - Math.max(from, place)) / part;
      for (let line = 0; line < lines; line += 1) {
        addLine(means, (line * count + index) * inside, pixels, (line * length + place) * inside, inside, share);
      }
    }
  }
  return means;
}

/**
 * @param {Float64Array} sums
 * @param {number} at
 * @param {ArrayLike<number>} pixels
 * @param {number} from
 * @param {number} count
 * @param {number} share
 */
function addLine(sums, at, pixels, from, count, share) {
  for (let place = 0; place < count; place += 1) {
    sums[at + place] = (sums[at + place] ?? 0) + share * (pixels[from + place] ?? 0);
  }
}

/** Fainter pixels than this part of the strongest do not count as drawn. */
const FAINT = 0.1;
/** A picture with fewer rows is made as the UCI digits are: 20 of 32 parts wide, as high as possible, stretched; others as MNIST is: in 20 of 28. */
const FINE_ROWS = 16;
const [COARSE_WIDTH, COARSE_STRETCH, FINE_ROOM] = [20 / 32, 2.5, 20 / 28];

/**
 * What is drawn in a picture, cut out and scaled with the margins of the data sets. In a fine picture the centre of mass is in the
 * middle.
 * @param {ArrayLike<number>} pixels
 * @param {Size} from
 * @param {Size} to
 */
export function centred(pixels, from, to) {
  const drawn = extentOf(pixels, from);
  if (!drawn) {
    return new Float64Array(to[0] * to[1]);
  }
  const { top, left, height, width } = drawn;
  const isFine = to[0] >= FINE_ROWS;
  const [row, column] = isFine ? massOf(pixels, from, drawn) : [top + height / 2, left + width / 2];
  return framed(pixels, from, to, frameAround(row, column, isFine ? fineScale(drawn, to) : coarseScale(drawn, to), to));
}

/** @param {Frame} drawn @param {Size} to @returns {Size} */
function fineScale({ height, width }, [rows, columns]) {
  const scale = FINE_ROOM * Math.min(rows / height, columns / width);
  return [scale, scale];
}

/** @param {Frame} drawn @param {Size} to @returns {Size} */
function coarseScale({ height, width }, [rows, columns]) {
  const [down, across] = [rows / height, (COARSE_WIDTH * columns) / width];
  return [Math.min(down, COARSE_STRETCH * across), Math.min(across, COARSE_STRETCH * down)];
}

/** The smallest part of a picture with everything drawn; nothing if it is empty. @param {ArrayLike<number>} pixels @param {Size} size @returns {Frame | undefined} */
function extentOf(pixels, [rows, columns]) {
  const faint = FAINT * largest(pixels);
  let [top, left, bottom, right] = [rows, columns, 0, 0];
  for (let place = 0; place < pixels.length; place += 1) {
    if ((pixels[place] ?? 0) > faint) {
      const [row, column] = [Math.floor(place / columns), place % columns];
      [top, left, bottom, right] = [Math.min(top, row), Math.min(left, column), Math.max(bottom, row + 1), Math.max(right, column + 1)];
    }
  }
  return bottom > 0 ? { top, left, height: bottom - top, width: right - left } : undefined;
}

/** The centre of mass of a part. @param {ArrayLike<number>} pixels @param {Size} size @param {Frame} part @returns {[row: number, column: number]} */
function massOf(pixels, [, columns], { top, left, height, width }) {
  let [mass, down, across] = [0, 0, 0];
  for (let row = top; row < top + height; row += 1) {
    for (let column = left; column < left + width; column += 1) {
      const pixel = pixels[row * columns + column] ?? 0;
      mass += pixel;
      down += pixel * (row + 0.5);
      across += pixel * (column + 0.5);
    }
  }
  return [down / mass, across / mass];
}

/**
 * A picture that is moved by some pixels; what comes in from outside is background.
 * @param {ArrayLike<number>} pixels
 * @param {Size} size
 * @param {number} dx to the right
 * @param {number} dy down
 */
export function moved(pixels, [rows, columns], dx, dy) {
  return Float64Array.from({ length: rows * columns }, (_, place) => {
    const [row, column] = [Math.floor(place / columns) - dy, (place % columns) - dx];
    const isInside = row >= 0 && column >= 0 && row < rows && column < columns;
    return isInside ? (pixels[row * columns + column] ?? 0) : 0;
  });
}

/** A picture with left and right exchanged. @param {ArrayLike<number>} pixels @param {Size} size */
export function mirrored(pixels, [rows, columns]) {
  return Float64Array.from({ length: rows * columns }, (_, place) => pixels[place + columns - 1 - 2 * (place % columns)] ?? 0);
}
