// The chain rule through a program's lines: each factor in symbols, and below it in numbers.

import { make, setText } from "./dom.js";
import { setFormula } from "./formula.js";

/** @typedef {import("../pkg/core.js").ChainFactor} ChainFactor */

const TIMES = "<mo>⋅</mo>";
const EQUALS = "<mo>=</mo>";

/** The rows are kept while the program stays, so that only numbers change in a drag. */
export function chainView() {
  const symbols = make("div");
  const numbers = make("p", { class: "chain-numbers" });
  const element = make("div", { class: "chain", tabindex: "0", role: "group", "aria-label": "through the graph" }, symbols, numbers);
  return {
    element,
    /**
     * @param {import("../engine/engine.js").Core} core
     * @param {string} whole the left side, as MathML
     * @param {ChainFactor[][]} paths
     */
    show(core, whole, paths) {
      setFormula(symbols, `${whole}${EQUALS}${sum(paths, (factor) => factor.symbol)}${EQUALS}${sum(paths, written)}`, "large");
      setText(numbers, paths.length > 0 ? `= ${inNumbers(core, paths)}` : "= 0: the last line does not depend on it.");
    },
  };
}

/**
 * @param {ChainFactor[][]} paths
 * @param {(factor: ChainFactor) => string} write
 */
function sum(paths, write) {
  return paths.map((path) => path.map(write).join(TIMES)).join("<mo>+</mo>") || "<mn>0</mn>";
}

/** @param {ChainFactor} factor */
function written({ text, mathml }) {
  return /[-+]/.test(text) ? `<mrow><mo>(</mo>${mathml}<mo>)</mo></mrow>` : mathml;
}

/**
 * @param {import("../engine/engine.js").Core} core
 * @param {ChainFactor[][]} paths
 */
function inNumbers(core, paths) {
  const short = (/** @type {number} */ value) => core.shortNumber(value);
  const bracketed = (/** @type {ChainFactor} */ { value }, /** @type {number} */ place) => (place > 0 && value < 0 ? `(${short(value)})` : short(value));
  const total = paths.map((path) => path.reduce((product, { value }) => product * value, 1)).reduce((sum, value) => sum + value, 0);
  const products = paths.map((path) => path.map(bracketed).join(" · "));
  const single = paths.length === 1 && paths[0]?.length === 1;
  return single ? short(total) : `${products.join(" + ")} = ${short(total)}`;
}
