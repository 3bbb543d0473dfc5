// Zip files. What is written is not compressed, because the PNG files inside already are; what is read may be, since
// people unpack and pack again.

import { TextError } from "../text.js";
import { checkSum, inflated, joined } from "./packed.js";

/** @typedef {{ name: string, method: number, sum: number, packed: number, length: number, offset: number }} Entry a file inside: how it is packed, its check sum, how long it is packed and unpacked, and where it is */

/** What begins the head of a file, its line in the list of contents, and the end of the list. */
const [FILE, LINE, END] = [0x04034b50, 0x02014b50, 0x06054b50];
/** How many bytes each of them has, apart from names. */
const [FILE_LENGTH, LINE_LENGTH, END_LENGTH] = [30, 46, 22];
/** The longest comment that may follow. */
const COMMENT = 65_535;
const STORED = 0;
const DEFLATED = 8;
/** The format's first day: what is saved twice is the same file. */
const DAY = 33;

/** @param {Record<string, Uint8Array>} files by names in ASCII */
export function zipOf(files) {
  const entries = Object.entries(files).map(([name, content]) => ({ name: new TextEncoder().encode(name), content, about: aboutOf(name, content) }));
  let offset = 0;
  const lines = entries.map(({ name, content, about }) => {
    const line = joined([numbers([4, LINE], [2, 20]), about, numbers([2, 0], [2, 0], [2, 0], [4, 0], [4, offset]), name]);
    offset += FILE_LENGTH + name.length + content.length;
    return line;
  });
  const list = joined(lines);
  const end = numbers([4, END], [4, 0], [2, lines.length], [2, lines.length], [4, list.length], [4, offset], [2, 0]);
  return joined([...entries.flatMap(({ name, content, about }) => [numbers([4, FILE]), about, name, content]), list, end]);
}

/** What the head of a file and its line have in common. @param {string} name @param {Uint8Array} content */
function aboutOf(name, content) {
  return numbers([2, 20], [2, 0], [2, STORED], [2, 0], [2, DAY], [4, checkSum(content)], [4, content.length], [4, content.length], [2, name.length], [2, 0]);
}

/** Whole numbers of so many bytes each, the lowest byte first. @param {[bytes: number, number: number][]} list */
function numbers(...list) {
  return Uint8Array.from(list.flatMap(([bytes, number]) => Array.from({ length: bytes }, (_, place) => (number >>> (8 * place)) & 255)));
}

/**
 * The files in a zip.
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {(entries: Entry[]) => void} check is asked before anything is unpacked, and throws if it is too much
 * @returns {Promise<Map<string, Uint8Array<ArrayBuffer>>>}
 */
export async function filesIn(bytes, check) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries = entriesIn(view);
  check(entries);
  return new Map(await Promise.all(entries.map(async (entry) => /** @type {const} */ ([entry.name, await contentOf(bytes, view, entry)]))));
}

/** @param {DataView} view */
function entriesIn(view) {
  try {
    const end = endIn(view);
    const count = view.getUint16(end + 10, true);
    const entries = /** @type {Entry[]} */ ([]);
    for (let place = view.getUint32(end + 16, true); entries.length < count; place += lineLength(view, place)) {
      entries.push(entryAt(view, place));
    }
    return entries;
  } catch {
    // Something lies beyond the end of the file.
    throw new TextError("this is not a project file, or it is damaged: it can’t be unpacked");
  }
}

/** Where the list of contents ends. @param {DataView} view */
function endIn(view) {
  let place = view.byteLength - END_LENGTH;
  while (view.getUint32(place, true) !== END && place > view.byteLength - END_LENGTH - COMMENT) {
    place -= 1;
  }
  return expected(view, place, END);
}

/** @param {DataView} view @param {number} place @param {number} sign */
function expected(view, place, sign) {
  if (view.getUint32(place, true) !== sign) {
    throw new RangeError("there is no zip");
  }
  return place;
}

/** @param {DataView} view @param {number} place */
function lineLength(view, place) {
  return LINE_LENGTH + [28, 30, 32].reduce((sum, at) => sum + view.getUint16(place + at, true), 0);
}

/** @param {DataView} view @param {number} place @returns {Entry} */
function entryAt(view, place) {
  const number = (/** @type {number} */ at) => view.getUint32(expected(view, place, LINE) + at, true);
  const name = new Uint8Array(view.buffer, view.byteOffset + place + LINE_LENGTH, view.getUint16(place + 28, true));
  return { name: new TextDecoder().decode(name), method: number(10) & 0xffff, sum: number(16), packed: number(20), length: number(24), offset: number(42) };
}

/** @param {Uint8Array<ArrayBuffer>} bytes @param {DataView} view @param {Entry} entry */
async function contentOf(bytes, view, { name, method, sum, packed, length, offset }) {
  const begin = offset + FILE_LENGTH;
  const names = begin <= bytes.length ? view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true) : 0;
  const own = bytes.subarray(begin + names, begin + names + packed);
  const content = method === DEFLATED ? await inflated(own, length, "deflate-raw") : method === STORED ? own : undefined;
  if (content?.length !== length || checkSum(content) !== sum) {
    throw new TextError(`\`${name.slice(0, 60)}\` in the file is damaged: it can’t be unpacked`);
  }
  return content;
}
