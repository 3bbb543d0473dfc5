// The forward step of a convolution at one place, in numbers: the products of window and kernel, and
// their sum.

import { make, setText } from "../../../parts/dom.js";
import { counted } from "../../../state/text.js";
import { digits } from "./digits.js";
import { channelSums, isNear, kernelOf, products, rowAndColumn, total, windowAt } from "./window.js";

/** @typedef {import("./stepper.js").Moment} Moment */

/** The most terms of a sum that are written out. */
const TERMS = 8;

export function forwardNumbers() {
  const [window, kernel, product] = [digits("value"), digits("parameter"), digits("value")];
  const [ofChannel, ofAll, found] = [make("p"), make("p"), make("p", { class: "said" })];
  const row = equation("forward step in numbers", window.element, sign("×"), kernel.element, sign("="), product.element);
  const element = make("div", { class: "side sentences" }, row, ofChannel, ofAll, found);

  return {
    element,
    /** @param {Moment} moment */
    show(moment) {
      const { core, convolution, sliding, input, kernels, filter, channel, place } = moment;
      const [seen, weights] = [windowAt(sliding, input.value, channel, place), kernelOf(sliding, kernels.value, filter, channel)];
      window.show(core, `window of ${convolution.input}[${channel}]`, seen, sliding.kernel);
      kernel.show(core, `kernel ${convolution.kernels}[${filter}, ${channel}]`, weights, sliding.kernel);
      product.show(core, "products", products(seen, weights), sliding.kernel);
      const sums = channelSums(sliding, input.value, kernels.value, filter, place);
      setText(ofChannel, `The products add up to ${core.shortNumber(sums[channel] ?? NaN)}.`);
      ofAll.hidden = sums.length < 2;
      setText(ofAll, `All ${counted(sums.length, "channel")} together: ${written(core, sums)} = ${core.shortNumber(total(sums))}.`);
      setText(found, endOf(moment, sums));
    },
  };
}

/** The number of the output, as the sum with the bias and as the engine has it. @param {Moment} moment @param {Float64Array} sums */
function endOf({ core, convolution, sliding, output, bias, filter, place }, sums) {
  const at = [filter, ...rowAndColumn(sliding, place)];
  const added = bias ? broadcast(bias, at) : 0;
  const [sum, engine] = [total(sums) + added, output.value[(at[0] ?? 0) * sliding.output[0] * sliding.output[1] + place] ?? NaN];
  const plus = bias ? `With ${convolution.bias} = ${core.shortNumber(added)}: ${core.shortNumber(sum)}. ` : "";
  const isSame = isNear(sum, engine, total(sums.map((sum) => Math.abs(sum))) + Math.abs(added));
  return `${plus}The network has ${convolution.line}[${at.join(", ")}] = ${core.shortNumber(engine)}${isSame ? ", the same." : "."}`;
}

/** The element of a tensor that stands for a place after broadcasting. @param {{ shape: number[], value: Float64Array }} tensor @param {number[]} at */
function broadcast({ shape, value }, at) {
  const own = shape.map((size, axis) => (size === 1 ? 0 : (at[at.length - shape.length + axis] ?? 0)));
  return value[shape.reduce((index, size, axis) => index * size + (own[axis] ?? 0), 0)] ?? NaN;
}

/** `0.5 + 0.25 − 1`, cut where it is long. @param {import("../../../engine/engine.js").Core} core @param {Float64Array} terms */
function written(core, terms) {
  const [first = 0, ...others] = terms.subarray(0, TERMS);
  const more = terms.length > TERMS ? " + …" : "";
  return `${core.shortNumber(first)}${others.map((term) => (term < 0 ? ` − ${core.shortNumber(-term)}` : ` + ${core.shortNumber(term)}`)).join("")}${more}`;
}

/** A row of tables and signs, which may be wider than the page. @param {string} label @param {Node[]} parts */
export function equation(label, ...parts) {
  return make("div", { class: "equation", role: "group", "aria-label": label, tabindex: "0" }, ...parts);
}

/** @param {string} text */
export function sign(text) {
  return make("span", { class: "sign" }, text);
}
