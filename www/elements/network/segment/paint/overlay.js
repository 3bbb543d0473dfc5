// Classes as colours over a picture. Each class has a pattern of its own too, so that colour is never the only sign.

import { make } from "../../../../parts/dom.js";
import { wholeOf } from "../../../../state/segment/brush.js";

/** @typedef {import("../../../../state/segment/project.js").Class} Class */
/** @typedef {import("../../../../state/segment/brush.js").Area} Area */
/** @typedef {[red: number, green: number, blue: number]} Color */

/** Where the pattern of each class is strong: diagonals, lines, squares, dots, a grid, and everywhere. @type {((x: number, y: number) => boolean)[]} */
const PATTERNS = [
  (x, y) => (x + y) % 4 < 2,
  (x, y) => (x - y + 4096) % 4 < 2,
  (_, y) => y % 4 < 2,
  (x) => x % 4 < 2,
  (x, y) => ((x >> 1) + (y >> 1)) % 2 === 0,
  (x, y) => x % 3 === 0 && y % 3 === 0,
  (x, y) => x % 4 === 0 || y % 4 === 0,
  () => true,
];
/** How opaque the strong and the weak places of a pattern are, 0..255: of what is painted, and of what is predicted. */
const STRONG = 255;
const [WEAK, FAINT] = [130, 205];

/** @param {string} color "#rrggbb" @returns {Color} */
function rgbOf(color) {
  return /** @type {Color} */ ([1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16)));
}

/** Sets the pixels of an area to the colours of their classes. @param {ImageData} image @param {ArrayLike<number>} labels 0 stays clear @param {Class[]} classes @param {Area} area @param {boolean} [isFaint] whether the patterns are faint */
export function colorArea(image, labels, classes, { top, left, height, width }, isFaint = false) {
  const colors = classes.map(({ color }) => rgbOf(color));
  for (let y = top; y < top + height; y += 1) {
    for (let x = left; x < left + width; x += 1) {
      colorPixel(image, x, y, labels[y * image.width + x] ?? 0, colors, isFaint ? FAINT : WEAK);
    }
  }
}

/** @param {ImageData} image @param {number} x @param {number} y @param {number} k @param {Color[]} colors @param {number} weak */
function colorPixel({ data, width }, x, y, k, colors, weak) {
  const [color, at] = [colors[k - 1], 4 * (y * width + x)];
  if (color) {
    [data[at], data[at + 1], data[at + 2]] = color;
  }
  data[at + 3] = color ? (PATTERNS[k - 1]?.(x, y) ? STRONG : weak) : 0;
}

/** The colours of a picture. @param {ImageData} image @param {Uint8Array} pixels red, green and blue of each */
export function colorPicture({ data }, pixels) {
  for (let place = 0; place < data.length / 4; place += 1) {
    data[4 * place] = pixels[3 * place] ?? 0;
    data[4 * place + 1] = pixels[3 * place + 1] ?? 0;
    data[4 * place + 2] = pixels[3 * place + 2] ?? 0;
    data[4 * place + 3] = 255;
  }
}

/** A picture as a canvas of its own size, for the eye only. @param {import("../../../../state/segment/project.js").Shot} shot */
export function pictureCanvas({ size: [rows, columns], pixels }) {
  const canvas = make("canvas", { width: String(columns), height: String(rows), "aria-hidden": "true" });
  const image = new ImageData(columns, rows);
  colorPicture(image, pixels);
  canvas.getContext("2d")?.putImageData(image, 0, 0);
  return canvas;
}

/** Black and white by turns where nothing is sure, which is seen on light and on dark; clear where everything is. @param {ImageData} image @param {Float32Array} sureness 0..1 */
export function colorDoubt({ data, width }, sureness) {
  for (let place = 0; place < sureness.length; place += 1) {
    const isWhite = (Math.floor(place / width) + place % width) % 2 === 0;
    data[4 * place] = data[4 * place + 1] = data[4 * place + 2] = isWhite ? 255 : 0;
    data[4 * place + 3] = 255 * (1 - (sureness[place] ?? 0));
  }
}

/** A small square with the colour and the pattern of a class. @param {HTMLCanvasElement} canvas @param {Class} own @param {number} k */
export function drawSwatch(canvas, own, k) {
  const image = new ImageData(canvas.width, canvas.height);
  const labels = new Uint8Array(canvas.width * canvas.height).fill(k);
  const classes = Array.from({ length: k }, () => own);
  colorArea(image, labels, classes, wholeOf([canvas.height, canvas.width]));
  canvas.getContext("2d")?.putImageData(image, 0, 0);
}
