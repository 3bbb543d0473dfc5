// Picture files in colour, for a project: scaled to the size of its pictures, with the proportions kept.

import { decoded } from "./picturefile.js";

/** @typedef {[rows: number, columns: number]} Size */

/** The sides of a picture are multiples of this, so that they can be halved three times. */
const STEP = 8;
/** Transparent places become white. */
const PAPER = 255;

/** The size of a picture whose longer side has at most so many pixels. @param {Size} from @param {number} longest @returns {Size} */
function sizeWithin([rows, columns], longest) {
  const scale = Math.min(1, longest / Math.max(rows, columns));
  const fit = (/** @type {number} */ side) => Math.max(STEP, Math.round((side * scale) / STEP) * STEP);
  return [fit(rows), fit(columns)];
}

/**
 * The colours of a picture file, in a size or in one of its own.
 * @param {Blob} file
 * @param {Size | undefined} size
 * @param {number} longest the longer side of one of its own
 * @returns {Promise<{ size: Size, pixels: Uint8Array }>} red, green and blue of each pixel
 */
export async function colorsOf(file, size, longest) {
  const { width, height, data } = await decoded(file);
  const to = size ?? sizeWithin([height, width], longest);
  return { size: to, pixels: scaled(data, [height, width], to) };
}

/** Each pixel is the mean of the area that it covers, above white. @param {Uint8ClampedArray} data red, green, blue and opacity @param {Size} from @param {Size} to */
function scaled(data, [high, wide], [rows, columns]) {
  const pixels = new Uint8Array(3 * rows * columns);
  const scale = Math.max(high / rows, wide / columns);
  const [top, left] = [(high - scale * rows) / 2, (wide - scale * columns) / 2];
  for (let place = 0; place < rows * columns; place += 1) {
    const [row, column] = [Math.floor(place / columns), place % columns];
    const area = [top + scale * row, top + scale * (row + 1), left + scale * column, left + scale * (column + 1)];
    pixels.set(meanOf(data, high, wide, area), 3 * place);
  }
  return pixels;
}

/** @param {Uint8ClampedArray} data @param {number} high @param {number} wide @param {number[]} area top, bottom, left, right */
function meanOf(data, high, wide, [top = 0, bottom = 0, left = 0, right = 0]) {
  const sums = [0, 0, 0];
  let count = 0;
  for (let y = Math.floor(top); y < Math.max(Math.floor(top) + 1, Math.ceil(bottom)); y += 1) {
    for (let x = Math.floor(left); x < Math.max(Math.floor(left) + 1, Math.ceil(right)); x += 1) {
      const at = 4 * (y * wide + x);
      const isInside = y >= 0 && x >= 0 && y < high && x < wide;
      const opacity = isInside ? (data[at + 3] ?? 0) / 255 : 0;
      sums.forEach((sum, channel) => (sums[channel] = sum + opacity * (data[at + channel] ?? 0) + (1 - opacity) * PAPER));
      count += 1;
    }
  }
  return sums.map((sum) => Math.round(sum / count));
}
