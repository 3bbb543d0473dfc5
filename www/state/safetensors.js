// Weights as a safetensors file: https://github.com/huggingface/safetensors#format. Eight bytes with the
// length of the header, the header as JSON, then the numbers of all tensors, little-endian and row by row.

import { decoded } from "./floats.js";
import { repeatedKey } from "./repeated.js";
import { TextError } from "./text.js";

/**
 * @typedef {{ name: string, shape: number[] }} Parameter
 * @typedef {Parameter & { values: ArrayLike<number> }} Tensor
 * @typedef {{ dtype: string, shape: number[], data_offsets: [number, number] }} Entry
 */

/** The bytes of a number of each kind. @type {ReadonlyMap<string, number>} */
const SIZES = new Map([
  ...["BOOL", "U8", "I8", "F8_E5M2", "F8_E4M3", "F8_E8M0"].map((kind) => /** @type {const} */ ([kind, 1])),
  ...["I16", "U16", "F16", "BF16"].map((kind) => /** @type {const} */ ([kind, 2])),
  ...["I32", "U32", "F32"].map((kind) => /** @type {const} */ ([kind, 4])),
  ...["I64", "U64", "F64", "C64"].map((kind) => /** @type {const} */ ([kind, 8])),
]);

/** Where the format says something about the file itself, and not about a tensor. */
const ABOUT = "__metadata__";
/** The limit of the format. */
const MOST_HEADER = 100_000_000;
/** How many names, or sizes of a shape, a message contains. */
const MOST_SHOWN = 8;

/**
 * A file with these tensors.
 * @param {Tensor[]} tensors
 * @param {"F64" | "F32"} dtype
 */
export function writeSafetensors(tensors, dtype) {
  const size = SIZES.get(dtype) ?? 8;
  /** @type {[string, unknown][]} */
  const entries = [];
  let end = 0;
  for (const { name, shape, values } of tensors) {
    const begin = end;
    end += values.length * size;
    entries.push([name, { dtype, shape, data_offsets: [begin, end] }]);
  }
  const head = headOf(entries);
  const file = new Uint8Array(head.length + end);
  file.set(head);
  writeNumbers(new DataView(file.buffer, head.length), tensors, dtype);
  return file;
}

/** The length and the header, with spaces so that the numbers begin at a multiple of eight. @param {[string, unknown][]} entries */
function headOf(entries) {
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)));
  const head = new Uint8Array(8 + Math.ceil(json.length / 8) * 8).fill(0x20);
  new DataView(head.buffer).setBigUint64(0, BigInt(head.length - 8), true);
  head.set(json, 8);
  return head;
}

/** @param {DataView} view @param {Tensor[]} tensors @param {"F64" | "F32"} dtype */
function writeNumbers(view, tensors, dtype) {
  let place = 0;
  for (const { name, values } of tensors) {
    for (const number of Array.from(values)) {
      if (!Number.isFinite(dtype === "F32" ? Math.fround(number) : number)) {
        throw new TextError(`\`${name}\` contains ${number}, which can’t be written as a finite ${dtype} number`, "weights");
      }
      dtype === "F32" ? view.setFloat32(place, number, true) : view.setFloat64(place, number, true);
      place += SIZES.get(dtype) ?? 8;
    }
  }
}

/**
 * The weights that a file has for these parameters, one parameter after the other.
 * @param {Uint8Array} bytes the file
 * @param {readonly Parameter[]} parameters
 */
export function weightsFrom(bytes, parameters) {
  const { entries, numbers } = readSafetensors(bytes);
  checkNames(entries, parameters);
  const parts = parameters.map(({ name, shape }) => {
    const entry = /** @type {Entry} */ (entries.get(name));
    if (!isSame(entry.shape, shape)) {
      throw wrong(`\`${name}\` has the shape ${tuple(entry.shape)} in the file and ${tuple(shape)} in this network`);
    }
    return valuesOf(name, entry, numbers);
  });
  return Float64Array.from(parts.flatMap((part) => Array.from(part)));
}

/** @param {ReadonlyMap<string, Entry>} entries @param {readonly Parameter[]} parameters */
function checkNames(entries, parameters) {
  const wanted = parameters.map(({ name }) => name);
  const missing = wanted.filter((name) => !entries.has(name));
  if (missing.length > 0) {
    throw wrong(`the file has no tensor ${listed(missing)}; it has ${listed([...entries.keys()])}`);
  }
  const unknown = [...entries.keys()].filter((name) => !wanted.includes(name));
  if (unknown.length > 0) {
    throw wrong(`the file has a tensor ${listed(unknown)}, but the parameters of this network are ${listed(wanted)}`);
  }
}

/** @param {string} name @param {Entry} entry @param {DataView} numbers */
function valuesOf(name, { dtype, data_offsets: [begin, end] }, numbers) {
  const values = decoded(dtype, new DataView(numbers.buffer, numbers.byteOffset + begin, end - begin));
  if (!values) {
    throw wrong(`\`${name}\` consists of ${dtype} numbers; F64, F32, F16 and BF16 are read`);
  }
  const place = values.findIndex((number) => !Number.isFinite(number));
  if (place >= 0) {
    throw wrong(`number ${place + 1} of \`${name}\` is ${values[place]}; weights must be finite`);
  }
  return values;
}

/** What a file says about its tensors, and their bytes. @param {Uint8Array} bytes */
function readSafetensors(bytes) {
  const length = headerLength(bytes);
  const header = parsed(bytes.subarray(8, 8 + length));
  const numbers = new DataView(bytes.buffer, bytes.byteOffset + 8 + length, bytes.length - 8 - length);
  const given = Object.entries(header).filter(([name]) => name !== ABOUT);
  const entries = new Map(given.map(([name, entry]) => [name, checkedEntry(name, entry)]));
  checkPlaces([...entries], numbers.byteLength);
  return { entries, numbers };
}

/** @param {Uint8Array} bytes */
function headerLength(bytes) {
  if (bytes.length < 8) {
    throw wrong(bytes.length === 0 ? "the file is empty" : `the file has only ${bytes.length} bytes, so it is not a safetensors file`);
  }
  const length = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  if (length > BigInt(MOST_HEADER)) {
    throw wrong(`according to its first eight bytes, the file has a header of ${length} bytes, and at most ${MOST_HEADER} are allowed; it is probably not a safetensors file`);
  }
  if (length > BigInt(bytes.length - 8)) {
    throw wrong(`according to its first eight bytes, the file has a header of ${length} bytes, but only ${bytes.length - 8} bytes follow; it is cut off, or not a safetensors file`);
  }
  return Number(length);
}

/** @param {Uint8Array} header @returns {Record<string, unknown>} */
function parsed(header) {
  let text, value;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(header);
    value = JSON.parse(text);
  } catch {
    throw wrong("the header of the file is not JSON, so it is not a safetensors file");
  }
  if (!isObject(value)) {
    throw wrong("the header of the file is not a JSON object with the names of tensors");
  }
  const repeated = repeatedKey(text);
  if (repeated !== undefined) {
    throw wrong(`the header of the file has the name ${quoted(repeated)} twice`);
  }
  return value;
}

/** @param {string} name @param {unknown} entry @returns {Entry} */
function checkedEntry(name, entry) {
  const { dtype, shape, data_offsets: offsets } = isObject(entry) ? entry : {};
  const said = quoted(name);
  if (typeof dtype !== "string" || !isWholes(shape) || !isWholes(offsets) || offsets.length !== 2) {
    throw wrong(`the header does not give a dtype, a shape and two data_offsets for ${said}`);
  }
  const size = SIZES.get(dtype);
  if (size === undefined) {
    throw wrong(`${said} has the unknown dtype ${quoted(dtype)}; F64, F32, F16 and BF16 are read`);
  }
  const [begin = 0, end = 0] = offsets;
  const needed = shape.reduce((product, axis) => product * axis, size);
  if (begin > end || needed !== end - begin) {
    const count = Number.isSafeInteger(needed) ? `${needed} bytes` : "more than any file has";
    throw wrong(`${said} has the shape ${tuple(shape)} of ${dtype} numbers, which is ${count}, but its data_offsets are ${begin} and ${end}`);
  }
  return { dtype, shape, data_offsets: [begin, end] };
}

/** Tensors lie one after the other, without holes, up to the end. @param {[string, Entry][]} entries @param {number} length */
function checkPlaces(entries, length) {
  let place = 0;
  for (const [name, { data_offsets: [begin, end] }] of entries.sort(byPlace)) {
    if (end > length) {
      throw wrong(`${quoted(name)} ends at byte ${end}, but the file has only ${length} bytes of numbers`);
    }
    if (begin !== place) {
      throw wrong(`${quoted(name)} begins at byte ${begin}, ${begin < place ? "inside the tensor before it, which ends" : "but the tensor before it ends"} at ${place}`);
    }
    place = end;
  }
  if (place !== length) {
    throw wrong(`the tensors end at byte ${place}, but the file has ${length} bytes of numbers`);
  }
}

/** @param {[string, Entry]} a @param {[string, Entry]} b */
function byPlace([, { data_offsets: [a, b] }], [, { data_offsets: [c, d] }]) {
  return a - c || b - d;
}

/** @param {unknown} value @returns {value is Record<string, unknown>} */
function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @param {unknown} value @returns {value is number[]} */
function isWholes(value) {
  return Array.isArray(value) && value.every((number) => Number.isSafeInteger(number) && number >= 0);
}

/** @param {number[]} a @param {number[]} b */
function isSame(a, b) {
  return a.length === b.length && a.every((size, axis) => size === b[axis]);
}

/** `(3, 2)`, `(3,)` or `()`; of many sizes, the first few. @param {number[]} shape */
function tuple(shape) {
  const sizes = shape.slice(0, MOST_SHOWN).join(", ");
  return shape.length === 1 ? `(${sizes},)` : `(${sizes}${shape.length > MOST_SHOWN ? ", …" : ""})`;
}

/** `a`, `b` and so on; of many, the first few. @param {string[]} names */
function listed(names) {
  const shown = names.slice(0, MOST_SHOWN).map(quoted).join(", ");
  return names.length === 0 ? "none" : names.length > MOST_SHOWN ? `${shown} and ${names.length - MOST_SHOWN} more` : shown;
}

/** @param {string} name */
function quoted(name) {
  return `\`${name.length > 40 ? `${name.slice(0, 40)}…` : name}\``;
}

/** @param {string} message */
function wrong(message) {
  return new TextError(message, "weights");
}
