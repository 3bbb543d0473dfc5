// PNG files: masks with a colour for each class, and pictures. Compression and its check sums are fflate's.

import { unzlibSync, zlibSync } from "fflate";
import { TextError } from "../text.js";

/** @typedef {import("./brush.js").Size} Size */
/** @typedef {{ size: [rows: number, columns: number], depth: number, kind: number, numbers: Uint8Array }} Decoded numbers row by row, pixel by pixel: for a palette its places */

const SIGNATURE = [137, 80, 78, 71, 13, 10, 26, 10];
/** The colour types of the format, and how many numbers a pixel of each has. */
const CHANNELS = new Map([[0, 1], [2, 3], [3, 1]]);
/** The most pixels that are decoded. */
const MOST = 4_000_000;

/** A mask as a PNG with a palette: black for what is not painted, then the colours of the classes. @param {Uint8Array} mask @param {Size} size @param {string[]} colors */
export function indexedPng(mask, size, colors) {
  const palette = Uint8Array.from(["#000000", ...colors].flatMap((color) => [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16))));
  return pngOf(mask, size, 3, [chunk("PLTE", palette)]);
}

/** A picture as a PNG. @param {Uint8Array} pixels red, green and blue of each pixel @param {Size} size */
export function rgbPng(pixels, size) {
  return pngOf(pixels, size, 2, []);
}

/** @param {Uint8Array} numbers @param {Size} size @param {number} kind @param {Uint8Array[]} others */
function pngOf(numbers, [rows, columns], kind, others) {
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
  return joined([Uint8Array.from(SIGNATURE), chunk("IHDR", head), ...others, chunk("IDAT", zlibSync(lines)), chunk("IEND", new Uint8Array(0))]);
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

/** @param {Uint8Array[]} parts */
function joined(parts) {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let place = 0;
  for (const part of parts) {
    bytes.set(part, place);
    place += part.length;
  }
  return bytes;
}

const SUMS = Uint32Array.from({ length: 256 }, (_, byte) => Array.from({ length: 8 }).reduce((/** @type {number} */ sum) => (sum & 1 ? 0xedb88320 ^ (sum >>> 1) : sum >>> 1), byte));

/** The CRC-32 of ISO 3309, as the format asks for it. @param {Uint8Array} bytes */
function checkSum(bytes) {
  return (bytes.reduce((sum, byte) => (SUMS[(sum ^ byte) & 255] ?? 0) ^ (sum >>> 8), 0xffffffff) ^ 0xffffffff) >>> 0;
}

/**
 * The classes in a mask file, with a palette or in grey: each number is a class, and 0 means that nothing is painted.
 * @param {Uint8Array} bytes
 * @param {Size} size of the picture
 * @param {number} classes
 */
export function readMask(bytes, [rows, columns], classes) {
  const { size, kind, numbers } = decodedPng(bytes);
  if (kind === 2) {
    throw new TextError("the mask has red, green and blue; save it with a palette or in grey, with the number of the class at each pixel");
  }
  if (size[0] !== rows || size[1] !== columns) {
    throw new TextError(`the mask has ${size[0]} × ${size[1]} pixels, and the picture ${rows} × ${columns}; they must have the same size`);
  }
  const place = numbers.findIndex((number) => number > classes);
  if (place >= 0) {
    throw new TextError(`the mask has the class ${numbers[place]} in row ${Math.floor(place / columns) + 1}, column ${(place % columns) + 1}, and there are only ${classes} classes`);
  }
  return numbers;
}

/** The pixels of a picture that this program has written. @param {Uint8Array} bytes @returns {{ size: [number, number], pixels: Uint8Array }} */
export function readRgb(bytes) {
  const { size, kind, numbers } = decodedPng(bytes);
  if (kind !== 2) {
    throw new TextError("the picture is not in red, green and blue");
  }
  return { size, pixels: numbers };
}

/** @param {Uint8Array} bytes @returns {Decoded} */
function decodedPng(bytes) {
  const head = chunkNamed(bytes, "IHDR");
  if (!SIGNATURE.every((byte, place) => bytes[place] === byte) || head?.length !== 13) {
    throw new TextError("the file is not a PNG");
  }
  const view = new DataView(head.buffer, head.byteOffset);
  const [columns, rows] = [view.getUint32(0), view.getUint32(4)];
  const [depth = 0, kind = 0, , , interlaced] = head.subarray(8);
  const channels = CHANNELS.get(kind);
  if (!channels || depth > 8 || (kind === 2 && depth !== 8) || interlaced) {
    throw new TextError("this kind of PNG can’t be read: at most 8 bits, without transparency, and not interlaced");
  }
  if (rows * columns === 0 || rows * columns > MOST) {
    throw new TextError(`the PNG has ${rows} × ${columns} pixels; at most ${MOST / 1e6} million are read`);
  }
  const lines = unfiltered(inflated(bytes, rows * (1 + Math.ceil((columns * channels * depth) / 8))), rows, Math.ceil((columns * channels * depth) / 8), Math.max(1, (channels * depth) >> 3));
  return { size: [rows, columns], depth, kind, numbers: unpacked(lines, rows, columns * channels, depth) };
}

/** The data of a chunk, or of all with this name. @param {Uint8Array} bytes @param {string} name */
function chunkNamed(bytes, name) {
  const [view, parts] = [new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), /** @type {Uint8Array[]} */ ([])];
  for (let place = 8; place + 12 <= bytes.length; ) {
    const length = view.getUint32(place);
    if (String.fromCharCode(...bytes.subarray(place + 4, place + 8)) === name) {
      parts.push(bytes.subarray(place + 8, place + 8 + length));
    }
    place += 12 + length;
  }
  return parts.length > 1 ? joined(parts) : parts[0];
}

/** @param {Uint8Array} bytes @param {number} length that it must have */
function inflated(bytes, length) {
  // A file that would become larger than its size says is cut off there.
  const lines = new Uint8Array(length);
  try {
    const found = unzlibSync(chunkNamed(bytes, "IDAT") ?? new Uint8Array(0), { out: lines });
    if (found.length === length) {
      return found;
    }
  } catch {
    // Said below.
  }
  throw new TextError("the PNG is damaged: its pixels can’t be unpacked");
}

/** Takes back what each line was made smaller with. @param {Uint8Array} lines @param {number} rows @param {number} width in bytes @param {number} step from pixel to pixel */
function unfiltered(lines, rows, width, step) {
  const plain = new Uint8Array(rows * width);
  for (let row = 0; row < rows; row += 1) {
    const filter = lines[row * (width + 1)] ?? 0;
    for (let x = 0; x < width; x += 1) {
      const at = row * width + x;
      const left = x >= step ? (plain[at - step] ?? 0) : 0;
      const above = row > 0 ? (plain[at - width] ?? 0) : 0;
      const corner = row > 0 && x >= step ? (plain[at - width - step] ?? 0) : 0;
      plain[at] = (lines[row * (width + 1) + 1 + x] ?? 0) + predicted(filter, left, above, corner);
    }
  }
  return plain;
}

/** @param {number} filter @param {number} left @param {number} above @param {number} corner */
function predicted(filter, left, above, corner) {
  const known = [0, left, above, (left + above) >> 1, nearest(left, above, corner)][filter];
  if (known === undefined) {
    throw new TextError(`the PNG is damaged: there is no filter ${filter}`);
  }
  return known;
}

/** Paeth’s choice of the format. @param {number} left @param {number} above @param {number} corner */
function nearest(left, above, corner) {
  const far = (/** @type {number} */ number) => Math.abs(left + above - corner - number);
  return far(left) <= far(above) && far(left) <= far(corner) ? left : far(above) <= far(corner) ? above : corner;
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
