// Tensors as nested lists, and the gradient of a tensor program as plain data.

import { DownhillError } from "./ask.js";

/** @typedef {import("./engine.js").Core} Core */
/** @typedef {number | Nested[]} Nested */

/**
 * Numbers, row by row, as nested lists of a shape.
 * @param {number[]} shape
 * @param {ArrayLike<number>} numbers
 * @returns {any}
 */
export function nested(shape, numbers) {
  const [size, ...inner] = shape;
  if (size === undefined) {
    return numbers[0];
  }
  const length = inner.reduce((product, each) => product * each, 1);
  return Array.from({ length: size }, (_, row) => nested(inner, Array.prototype.slice.call(numbers, row * length, (row + 1) * length)));
}

/**
 * The shape and the numbers of nested lists.
 * @param {string} name
 * @param {unknown} value
 * @returns {{ shape: number[], numbers: number[] }}
 */
export function flat(name, value) {
  if (typeof value === "number") {
    return { shape: [], numbers: [value] };
  }
  const rows = ArrayBuffer.isView(value) ? Array.from(/** @type {Float64Array} */ (value)) : value;
  if (!Array.isArray(rows)) {
    throw new DownhillError({ message: `the value of \`${name}\` must be a number or lists of numbers`, field: "values" });
  }
  const parts = rows.map((row) => flat(name, row));
  const inner = parts[0]?.shape ?? [];
  if (parts.some(({ shape }) => shape.join() !== inner.join())) {
    throw new DownhillError({ message: `the lists of \`${name}\` must be equally long`, field: "values" });
  }
  return { shape: [parts.length, ...inner], numbers: parts.flatMap(({ numbers }) => numbers) };
}

/**
 * A tensor program after its passes; the handle must be freed.
 * @param {Core} core
 * @param {string} model
 * @param {Record<string, unknown>} values
 */
export function runTensors(core, model, values) {
  const given = Object.entries(values).map(([name, value]) => ({ name, ...flat(name, value) }));
  const ranks = Uint32Array.from(given, ({ shape }) => shape.length);
  const sizes = Uint32Array.from(given.flatMap(({ shape }) => shape));
  const numbers = Float64Array.from(given.flatMap(({ numbers }) => numbers));
  return new core.Tensors(model, given.map(({ name }) => name), ranks, sizes, numbers);
}

/**
 * @param {Core} core
 * @param {string} model
 * @param {Record<string, unknown>} values
 */
export function tensorGradient(core, model, values) {
  const handle = runTensors(core, model, values);
  try {
    if (handle.problem !== undefined) {
      throw new DownhillError({ message: handle.problem, field: "model" });
    }
    const nodes = handle.nodes().map(({ value, gradient, text, ...node }) => ({
      ...node,
      operation: text ?? "given",
      value: nested(node.shape, value),
      gradient: gradient && nested(node.shape, gradient),
    }));
    const gradients = Object.fromEntries(nodes.filter(({ leaf }) => leaf).map(({ name, gradient }) => [name, gradient]));
    return { value: nodes.at(-1)?.value, gradients, nodes };
  } finally {
    handle.free();
  }
}
