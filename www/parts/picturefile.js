// Reading picture files, with any format that the browser knows.

import { TextError } from "../state/text.js";
import { make } from "./dom.js";

/** The most pixels that are decoded. */
const MOST_PIXELS = 100_000_000;
/** A picture has at least so many rows and columns. */
const LEAST_SIDE = 4;
/** A larger picture is halved until its sides are at most this long, so that no detail is skipped. */
const SIDE = 256;

/**
 * The colours of a picture file, with sides of at most 256 pixels; of an animation its first picture. Throws a TextError.
 * @param {Blob} file
 * @returns {Promise<ImageData>}
 */
export async function decoded(file) {
  const name = file instanceof File ? `\`${file.name.slice(0, 60)}\`` : "this file";
  if (file.size === 0) {
    throw new TextError(`${name} is empty; choose a picture, such as PNG or JPEG`);
  }
  await checkSides(file, name);
  const bitmap = await createImageBitmap(file).catch(() => undefined);
  if (!bitmap) {
    throw unreadable(name);
  }
  try {
    return dataOf(bitmap);
  } finally {
    bitmap.close();
  }
}

/** @param {string} name */
function unreadable(name) {
  return new TextError(`${name} is not a picture that this browser can read; PNG and JPEG can be read by all`);
}

/** An image element knows its sides before it is decoded. @param {Blob} file @param {string} name */
async function checkSides(file, name) {
  const address = URL.createObjectURL(file);
  try {
    const [height, width] = await sidesOf(address, name);
    const size = `${name} has ${width} × ${height} pixels`;
    if (width * height > MOST_PIXELS) {
      throw new TextError(`${size}; at most ${MOST_PIXELS / 1e6} million are read`);
    }
    if (Math.min(height, width) < LEAST_SIDE) {
      throw new TextError(`${size}; a picture needs at least ${LEAST_SIDE} × ${LEAST_SIDE}`);
    }
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** @param {string} address @param {string} name @returns {Promise<[height: number, width: number]>} */
function sidesOf(address, name) {
  return new Promise((resolve, reject) => {
    const image = make("img");
    image.onload = () => resolve([image.naturalHeight, image.naturalWidth]);
    image.onerror = () => reject(unreadable(name));
    image.src = address;
  });
}

/** Half by half, each pixel of a step is the mean of four. @param {ImageBitmap} bitmap */
function dataOf(bitmap) {
  /** @type {CanvasImageSource} */
  let picture = bitmap;
  let { width, height } = bitmap;
  while (Math.max(width, height) > SIDE) {
    [width, height] = [Math.ceil(width / 2), Math.ceil(height / 2)];
    picture = drawn(picture, width, height);
  }
  const context = drawn(picture, width, height).getContext("2d");
  return /** @type {CanvasRenderingContext2D} */ (context).getImageData(0, 0, width, height);
}

/** @param {CanvasImageSource} picture @param {number} width @param {number} height */
function drawn(picture, width, height) {
  const canvas = make("canvas", { width: String(width), height: String(height) });
  const context = canvas.getContext("2d");
  if (!context) {
    throw new Error("This browser has no memory left for a picture; close other pages, and try again.");
  }
  context.drawImage(picture, 0, 0, width, height);
  return canvas;
}
