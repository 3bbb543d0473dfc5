// Weights as safetensors files: round trips, a file of the Python package, and files that lie.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { weightsFrom, writeSafetensors } from "../../www/state/safetensors.js";
import { drawn } from "./integers.js";

const PARAMETERS = [{ name: "K", shape: [2, 1, 2] }, { name: "W_1", shape: [3] }, { name: "θ", shape: [] }];

/** @param {number[]} numbers for K, W_1 and θ */
function tensorsOf(numbers) {
  return PARAMETERS.map(({ name, shape }, place) => ({ name, shape, values: numbers.slice([0, 4, 7][place], [4, 7, 8][place]) }));
}

/** A file with this header, as an object or a text, and so many bytes of zeros after it. @param {unknown} header @param {number} [length] */
function fileOf(header, length = 0) {
  const json = new TextEncoder().encode(typeof header === "string" ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + json.length + length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
  bytes.set(json, 8);
  return bytes;
}

test("what is written is read: doubles exactly, singles rounded", () => {
  const numbers = [0, -0, 1e300, 5e-324, 0.1, -1 / 3, 2 ** 53, -7];
  const file = writeSafetensors(tensorsOf(numbers), "F64");
  assert.equal(file.length % 8, 0);
  assert.deepEqual(weightsFrom(file, PARAMETERS), Float64Array.from(numbers));
  const small = numbers.map((number) => (number === 1e300 ? 1e30 : number));
  assert.deepEqual(weightsFrom(writeSafetensors(tensorsOf(small), "F32"), PARAMETERS), Float64Array.from(small, Math.fround));
});

test("the parameters' order counts, and not the file's", () => {
  const file = writeSafetensors(tensorsOf([1, 2, 3, 4, 5, 6, 7, 8]), "F64");
  assert.deepEqual(weightsFrom(file, [...PARAMETERS].reverse()), Float64Array.of(8, 5, 6, 7, 1, 2, 3, 4));
  // A file that begins in the middle of a buffer.
  const shifted = new Uint8Array(file.length + 3);
  shifted.set(file, 3);
  assert.deepEqual(weightsFrom(shifted.subarray(3), PARAMETERS), Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8));
});

test("names are names, whatever they mean elsewhere", () => {
  const tensors = ["__proto__", "constructor", "toString", "1", "\ud83d\ude00\"\\"].map((name, place) => ({ name, shape: [], values: [place] }));
  assert.deepEqual(weightsFrom(writeSafetensors(tensors, "F64"), tensors), Float64Array.of(0, 1, 2, 3, 4));
  assert.throws(() => weightsFrom(fileOf('{"__proto__":{"dtype":"F64","shape":[],"data_offsets":[0,8]}}', 8), [{ name: "W", shape: [] }]), { message: "the file has no tensor `W`; it has `__proto__`" });
});

test("a file of the Python package is read, with each kind of number", async () => {
  const file = new Uint8Array(await readFile(new URL("../golden/weights.safetensors", import.meta.url)));
  const parameters = Object.entries({ K1: [2, 1, 3, 3], K2: [3, 2, 2, 2], W: [4, 3], b: [4], scale: [] }).map(([name, shape]) => ({ name, shape }));
  // Python's remainder is never negative.
  const small = (/** @type {number} */ number) => (((number % 257) + 257) % 257 - 128) / 64;
  const expected = parameters.flatMap(({ shape }, place) => drawn(place + 1, shape, 1024).map(small));
  assert.deepEqual(weightsFrom(file, parameters), Float64Array.from(expected));
});

test("the smallest and largest numbers of 16 bits", () => {
  const bits = { F16: [0x0001, 0x8000, 0x03ff, 0x0400, 0x3555, 0x7bff, 0xfbff], BF16: [0x0001, 0x8000, 0x3f80, 0x7f7f, 0xc020] };
  const values = { F16: [2 ** -24, -0, 1023 * 2 ** -24, 2 ** -14, 0.333251953125, 65504, -65504], BF16: [2 ** -133, -0, 1, 255 * 2 ** 120, -2.5] };
  for (const kind of /** @type {const} */ (["F16", "BF16"])) {
    const count = bits[kind].length;
    const file = fileOf({ W: { dtype: kind, shape: [count], data_offsets: [0, 2 * count] } }, 2 * count);
    const view = new DataView(file.buffer, file.length - 2 * count);
    bits[kind].forEach((number, place) => view.setUint16(2 * place, number, true));
    assert.deepEqual(weightsFrom(file, [{ name: "W", shape: [count] }]), Float64Array.from(values[kind]));
  }
});

const W = { dtype: "F64", shape: [2], data_offsets: [0, 16] };
const X = { dtype: "F64", shape: [1], data_offsets: [16, 24] };
const NO_HEADER = "the header of the file is not JSON, so it is not a safetensors file";

/** A header's length alone. @param {bigint} length @param {number} [more] */
function headless(length, more = 0) {
  const bytes = new Uint8Array(8 + more);
  new DataView(bytes.buffer).setBigUint64(0, length, true);
  return bytes;
}

/** What is refused, and with which message. @type {[Uint8Array, string][]} */
const REFUSED = [
  [new Uint8Array(), "the file is empty"],
  [new Uint8Array(7), "the file has only 7 bytes, so it is not a safetensors file"],
  [headless(9n, 8), "according to its first eight bytes, the file has a header of 9 bytes, but only 8 bytes follow; it is cut off, or not a safetensors file"],
  [headless(100_000_001n), "according to its first eight bytes, the file has a header of 100000001 bytes, and at most 100000000 are allowed; it is probably not a safetensors file"],
  [headless(2n ** 64n - 1n), "according to its first eight bytes, the file has a header of 18446744073709551615 bytes, and at most 100000000 are allowed; it is probably not a safetensors file"],
  [headless(0n), NO_HEADER],
  [fileOf("{"), NO_HEADER],
  [fileOf("["), NO_HEADER],
  [headless(8n, 8).fill(0xff, 8), NO_HEADER],
  [fileOf("[".repeat(1_000_000)), NO_HEADER],
  [fileOf("[]"), "the header of the file is not a JSON object with the names of tensors"],
  [fileOf("null"), "the header of the file is not a JSON object with the names of tensors"],
  [fileOf("[".repeat(100_000) + "]".repeat(100_000)), "the header of the file is not a JSON object with the names of tensors"],
  [fileOf('{"W":{"dtype":"F64","shape":[2],"data_offsets":[0,16]},"\\u0057" : 1}', 16), "the header of the file has the name `W` twice"],
  [fileOf('{"W":{"dtype":"F64","shape":[2],"data_offsets":[0,16],"shape":[2]}}', 16), "the header of the file has the name `shape` twice"],
  [fileOf({ W: 1 }), "the header does not give a dtype, a shape and two data_offsets for `W`"],
  [fileOf({ W: { ...W, shape: [-2] } }, 16), "the header does not give a dtype, a shape and two data_offsets for `W`"],
  [fileOf({ W: { ...W, shape: [1.5] } }, 16), "the header does not give a dtype, a shape and two data_offsets for `W`"],
  [fileOf({ W: { ...W, shape: "2" } }, 16), "the header does not give a dtype, a shape and two data_offsets for `W`"],
  [fileOf({ W: { ...W, data_offsets: [0, 8, 16] } }, 16), "the header does not give a dtype, a shape and two data_offsets for `W`"],
  [fileOf({ W: { ...W, data_offsets: [0, null] } }, 16), "the header does not give a dtype, a shape and two data_offsets for `W`"],
  [fileOf({ W: { ...W, dtype: "F63" } }, 16), "`W` has the unknown dtype `F63`; F64, F32, F16 and BF16 are read"],
  [fileOf({ W: { ...W, dtype: "toString" } }, 16), "`W` has the unknown dtype `toString`; F64, F32, F16 and BF16 are read"],
  [fileOf({ W: { ...W, dtype: "I64" } }, 16), "`W` consists of I64 numbers; F64, F32, F16 and BF16 are read"],
  [fileOf({ W: { ...W, shape: [3] } }, 16), "`W` has the shape (3,) of F64 numbers, which is 24 bytes, but its data_offsets are 0 and 16"],
  [fileOf({ W: { ...W, data_offsets: [16, 0] } }, 16), "`W` has the shape (2,) of F64 numbers, which is 16 bytes, but its data_offsets are 16 and 0"],
  [fileOf({ W: { ...W, shape: [2 ** 40, 2 ** 40] } }, 16), "`W` has the shape (1099511627776, 1099511627776) of F64 numbers, which is more than any file has, but its data_offsets are 0 and 16"],
  [fileOf({ W: { ...W, shape: [...Array.from({ length: 40 }, () => 2 ** 40), 0] } }, 16), `\`W\` has the shape (${"1099511627776, ".repeat(8)}…) of F64 numbers, which is more than any file has, but its data_offsets are 0 and 16`],
  [fileOf({ W }, 15), "`W` ends at byte 16, but the file has only 15 bytes of numbers"],
  [fileOf({ W }, 17), "the tensors end at byte 16, but the file has 17 bytes of numbers"],
  [fileOf({ W: { ...W, data_offsets: [8, 24] } }, 24), "`W` begins at byte 8, but the tensor before it ends at 0"],
  [fileOf({ W, X: { ...X, data_offsets: [8, 16] } }, 16), "`X` begins at byte 8, inside the tensor before it, which ends at 16"],
  [fileOf({ W, X: { ...X, data_offsets: [24, 32] } }, 32), "`X` begins at byte 24, but the tensor before it ends at 16"],
  [fileOf({}), "the file has no tensor `W`; it has none"],
  [fileOf({ X: { ...X, data_offsets: [0, 8] } }, 8), "the file has no tensor `W`; it has `X`"],
  [fileOf({ __metadata__: { format: "pt" }, W, X }, 24), "the file has a tensor `X`, but the parameters of this network are `W`"],
  [fileOf({ W: { ...W, shape: [1, 2] } }, 16), "`W` has the shape (1, 2) in the file and (2,) in this network"],
  [fileOf(Object.fromEntries(Array.from({ length: 12 }, (_, place) => [`${place}`.repeat(50), { dtype: "U8", shape: [0], data_offsets: [0, 0] }]))), `the file has no tensor \`W\`; it has ${Array.from({ length: 8 }, (_, place) => `\`${`${place}`.repeat(50).slice(0, 40)}…\``).join(", ")} and 4 more`],
];

for (const [place, [file, message]] of REFUSED.entries()) {
  test(`refused ${place}: ${message.slice(0, 100)}`, () => assert.throws(() => weightsFrom(file, [{ name: "W", shape: [2] }]), { name: "Error", message, field: "weights" }));
}

test("numbers that are not finite are refused, with their place", () => {
  const file = fileOf({ W }, 16);
  for (const number of [NaN, Infinity, -Infinity]) {
    new DataView(file.buffer, file.length - 8).setFloat64(0, number, true);
    assert.throws(() => weightsFrom(file, [{ name: "W", shape: [2] }]), { message: `number 2 of \`W\` is ${number}; weights must be finite` });
    assert.throws(() => writeSafetensors([{ name: "W", shape: [1], values: [number] }], "F64"), { message: `\`W\` contains ${number}, which can’t be written as a finite F64 number` });
  }
  assert.throws(() => writeSafetensors([{ name: "W", shape: [1], values: [1e300] }], "F32"), { message: "`W` contains 1e+300, which can’t be written as a finite F32 number" });
});

test("a file that is cut off anywhere is refused", () => {
  const file = writeSafetensors(tensorsOf([1, 2, 3, 4, 5, 6, 7, 8]), "F32");
  for (let length = 0; length < file.length; length += 1) {
    assert.throws(() => weightsFrom(file.subarray(0, length), PARAMETERS), { field: "weights" }, `${length} bytes`);
  }
});

test("a header of the longest length is read in seconds", { timeout: 20_000 }, () => {
  const spaces = fileOf(`{${" ".repeat(99_999_998)}}`);
  assert.throws(() => weightsFrom(spaces, [{ name: "W", shape: [2] }]), { message: "the file has no tensor `W`; it has none" });
});
