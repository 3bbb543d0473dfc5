// The gradient of a tensor program as plain data.

import { flat, nested } from "../state/tensor.js";
import { DownhillError } from "./ask.js";

/** @typedef {import("./engine.js").Core} Core */
/**
 * A tensor program after its passes; the handle must be freed.
 * @param {Core} core
 * @param {string} model
 * @param {Record<string, unknown>} values
 */
export function runTensors(core, model, values) {
  const given = Object.entries(values).map(([name, value]) => ({ name, ...flat(name, value, "values") }));
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
