// PNG files: masks with a colour for each class, and pictures.

import { TextError } from "../text.js";
import { checkSum, deflated, inflated, joined } from "./packed.js";
import { LIMITS } from "./project.js";

/** @typedef {import("./brush.js").Size} Size */
/** @typedef {{ size: [rows: number, columns: number], depth: number, kind: number }} Head how many bits a number has, and the format’s colour type */

const SIGNATURE = [137, 80, 78, 71, 13, 10, 26, 10];
/** The colour types that are read, and how many numbers a pixel of each has. */
const GREY = 0;
const RGB = 2;
const PALETTE = 3;
const CHANNELS = new Map([[GREY, 1], [RGB, 3], [PALETTE, 1]]);

/** A mask as a PNG with a palette: black for what is not painted, then the colours of the classes. @param {Uint8Array} mask @param {Size} size @param {string[]} colors */
export function indexedPng(mask, size, colors) {
  const palette = Uint8Array.from(["#000000", ...colors].flatMap((color) => [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16))));
  return pngOf(mask, size, PALETTE, [chunk("PLTE", palette)]);
}

/** A picture as a PNG. @param {Uint8Array} pixels red, green and blue of each pixel @param {Size} size */
export function rgbPng(pixels, size) {
  return pngOf(pixels, size, RGB, []);
}

/** The numbers are read before anything is waited for, so they may be changed at once. @param {Uint8Array} numbers @param {Size} size @param {number} kind @param {Uint8Array[]} others */
async function pngOf(numbers, [rows, columns], kind, others) {
  const head = new Uint8Array(13);
  const view = new DataView(head.buffer);
  view.setUint32(0, columns);
  view.setUint32(4, rows);
  head.set([8, kind], 8);
  const width = columns * (CHANNELS.get(kind) ?? 1);
  const lines = new Uint8Array(rows * (width + 1));
  for (let row = 0; row < rows; row += 1) {
    lines.set(numbers.subarray(row * width, (row + 1) * width), row * (width + 1) + 1);
  }
  return joined([Uint8Array.from(SIGNATURE), chunk("IHDR", head), ...others, chunk("IDAT", await deflated(lines)), chunk("IEND", new Uint8Array(0))]);
}

/** @param {string} name @param {Uint8Array} data */
function chunk(name, data) {
  const bytes = new Uint8Array(data.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set([...name].map((sign) => sign.charCodeAt(0)), 4);
  bytes.set(data, 8);
  view.setUint32(data.length + 8, checkSum(bytes.subarray(4, data.length + 8)));
  return bytes;
}

/**
 * The classes in a mask file, with a palette or in grey: each number is a class, and 0 means that nothing is painted.
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {Size} size of the picture
 * @param {number} classes
 */
export async function readMask(bytes, [rows, columns], classes) {
  const head = headOf(bytes);
  refuse(head.kind === RGB, "the mask has red, green and blue; save it with a palette or in grey, with the number of the class at each pixel");
  refuse(head.size[0] !== rows || head.size[1] !== columns, `the mask has ${head.size.join(" × ")} pixels, and the picture ${rows} × ${columns}; they must have the same size`);
  const numbers = await numbersIn(bytes, head);
  const place = numbers.findIndex((number) => number > classes);
  refuse(place >= 0, `the mask has the class ${numbers[place]} in row ${Math.floor(place / columns) + 1}, column ${(place % columns) + 1}, and there are only ${classes} classes`);
  return numbers;
}

/** A picture that this program has written. @param {Uint8Array<ArrayBuffer>} bytes */
export async function readRgb(bytes) {
  const head = headOf(bytes);
  refuse(head.kind !== RGB, "the picture is not in red, green and blue");
  refuse(head.size.some((side) => side > LIMITS.side), `the picture has ${head.size.join(" × ")} pixels; sides have at most ${LIMITS.side}`);
  return { size: head.size, pixels: await numbersIn(bytes, head) };
}

/** @param {boolean} isWrong @param {string} message */
function refuse(isWrong, message) {
  if (isWrong) {
    throw new TextError(message);
  }
}

/** @param {Uint8Array<ArrayBuffer>} bytes @returns {Head} */
function headOf(bytes) {
  const head = SIGNATURE.every((byte, place) => bytes[place] === byte) ? chunkNamed(bytes, "IHDR") : undefined;
  if (head?.length !== 13) {
    throw new TextError("the file is not a PNG");
  }
  const view = new DataView(head.buffer, head.byteOffset);
  const [depth = 0, kind = 0, , , interlaced] = head.subarray(8);
  const isRead = (kind === RGB ? [8] : [1, 2, 4, 8]).includes(depth) && CHANNELS.has(kind) && interlaced === 0;
  refuse(!isRead, "this kind of PNG can’t be read: at most 8 bits, without transparency, and not interlaced");
  return { size: [view.getUint32(4), view.getUint32(0)], depth, kind };
}

/** The data of all chunks with a name, one after the other. @param {Uint8Array<ArrayBuffer>} bytes @param {string} name */
function chunkNamed(bytes, name) {
  const [view, parts] = [new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), /** @type {Uint8Array[]} */ ([])];
  for (let place = 8; place + 12 <= bytes.length; place += 12 + view.getUint32(place)) {
    if (String.fromCharCode(...bytes.subarray(place + 4, place + 8)) === name) {
      parts.push(bytes.subarray(place + 8, place + 8 + view.getUint32(place)));
    }
  }
  return joined(parts);
}

/** The numbers row by row, pixel by pixel; of a palette its places. @param {Uint8Array<ArrayBuffer>} bytes @param {Head} head */
async function numbersIn(bytes, { size: [rows, columns], depth, kind }) {
  const count = columns * (CHANNELS.get(kind) ?? 1);
  const width = Math.ceil((count * depth) / 8);
  const lines = await inflated(chunkNamed(bytes, "IDAT"), rows * (width + 1), "deflate");
  if (!lines) {
    throw new TextError("the PNG is damaged: its pixels can’t be unpacked");
  }
  return unpacked(unfiltered(lines, rows, width, kind === RGB ? 3 : 1), rows, count, depth);
}

/** What the filters of the format expect from the bytes to the left, above, and above to the left. @type {((left: number, above: number, corner: number) => number)[]} */
const EXPECTED = [() => 0, (left) => left, (left, above) => above, (left, above) => (left + above) >> 1, nearest];

/** Adds to each byte what its line’s filter expects. @param {Uint8Array} lines @param {number} rows @param {number} width in bytes @param {number} step from pixel to pixel */
function unfiltered(lines, rows, width, step) {
  const plain = new Uint8Array(rows * width);
  for (let row = 0; row < rows; row += 1) {
    const expect = EXPECTED[lines[row * (width + 1)] ?? 0] ?? noFilter();
    for (let x = 0; x < width; x += 1) {
      const at = row * width + x;
      const left = x >= step ? (plain[at - step] ?? 0) : 0;
      const above = row > 0 ? (plain[at - width] ?? 0) : 0;
      const corner = row > 0 && x >= step ? (plain[at - width - step] ?? 0) : 0;
      plain[at] = (lines[at + row + 1] ?? 0) + expect(left, above, corner);
    }
  }
  return plain;
}

/** @returns {never} */
function noFilter() {
  throw new TextError("the PNG is damaged: one of its lines has an unknown filter");
}

/** Paeth’s choice of the format. @param {number} left @param {number} above @param {number} corner */
function nearest(left, above, corner) {
  const [fromLeft, fromAbove, fromCorner] = [Math.abs(above - corner), Math.abs(left - corner), Math.abs(left + above - 2 * corner)];
  return fromLeft <= fromAbove && fromLeft <= fromCorner ? left : fromAbove <= fromCorner ? above : corner;
}

/** Numbers of fewer than eight bits, each in a byte of its own. @param {Uint8Array} lines @param {number} rows @param {number} count of numbers in a row @param {number} depth */
function unpacked(lines, rows, count, depth) {
  const width = Math.ceil((count * depth) / 8);
  return depth === 8 ? lines : Uint8Array.from({ length: rows * count }, (_, place) => {
    const bit = (place % count) * depth;
    const byte = lines[Math.floor(place / count) * width + (bit >> 3)] ?? 0;
    return (byte >> (8 - depth - (bit & 7))) & ((1 << depth) - 1);
  });
}
