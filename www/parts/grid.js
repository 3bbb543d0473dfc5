// A tensor as a small grid: values, and below each its gradient; an element can be picked.

import { make } from "./dom.js";

/** @typedef {import("../pkg/core.js").TensorNode} TensorNode */

/** Larger tensors are only printed. */
const MOST_CELLS = 64;

/**
 * @param {import("../engine/engine.js").Core} core
 * @param {TensorNode} node
 * @param {number} tensor the tensor's place in its program
 * @param {{ tensor: number, element: number } | undefined} pick
 */
export function grid(core, node, tensor, pick) {
  const { shape, value } = node;
  if (value.length > MOST_CELLS || value.length === 0) {
    return make("p", { class: "quiet" }, value.length === 0 ? "no elements" : `${value.length} elements; they are printed below`);
  }
  const columns = shape.at(-1) ?? 1;
  const rows = Array.from({ length: value.length / columns }, (_, row) => row);
  const cellOf = (/** @type {number} */ element) => cell(core, node, tensor, element, pick?.tensor === tensor && pick.element === element);
  const table = make("table", { class: "grid" }, ...rows.map((row) => make("tr", { class: startsBlock(shape, row) ? "block" : undefined }, ...Array.from({ length: columns }, (_, column) => cellOf(row * columns + column)))));
  table.setAttribute("aria-label", `${node.name}, shape ${shape.length > 0 ? shape.join(" by ") : "of one number"}`);
  return table;
}

/**
 * Whether a row begins another matrix of a tensor of rank 3 or 4.
 * @param {number[]} shape
 * @param {number} row
 */
function startsBlock(shape, row) {
  const height = shape.at(-2) ?? 1;
  return shape.length > 2 && row > 0 && row % height === 0;
}

/**
 * @param {import("../engine/engine.js").Core} core
 * @param {TensorNode} node
 * @param {number} tensor
 * @param {number} element
 * @param {boolean} picked
 */
function cell(core, { name, shape, value, gradient }, tensor, element, picked) {
  const number = (/** @type {number} */ value) => core.shortNumber(value);
  const forward = make("span", { class: "forward" }, number(value[element] ?? NaN));
  const backward = make("span", { class: "backward" }, gradient ? number(gradient[element] ?? NaN) : "\u00A0");
  const place = `${name}${indexText(shape, element)}`;
  const label = make("span", { class: "spoken" }, `${place}: value `);
  const middle = make("span", { class: "spoken" }, gradient ? ", gradient " : ", no gradient");
  const title = `${place} = ${value[element]}${gradient ? `, gradient ${gradient[element]}` : ""}`;
  const button = make("button", { type: "button", class: "cell", title, "aria-pressed": String(picked), "data-pick": `${tensor},${element}` }, label, forward, middle, backward);
  return make("td", {}, button);
}

/**
 * `[0, 1]`, and nothing for a single number.
 * @param {number[]} shape
 * @param {number} element
 */
export function indexText(shape, element) {
  let rest = element;
  const index = shape.toReversed().map((size) => {
    const at = rest % size;
    rest = Math.floor(rest / size);
    return at;
  });
  return index.length > 0 ? `[${index.toReversed().join(", ")}]` : "";
}
