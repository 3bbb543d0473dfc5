// Derivatives with their steps, simplification and roots, as plain data.

import { atPoint, checkText } from "./ask.js";
import { calculate } from "./calculate.js";

/** @typedef {import("./engine.js").Engine} Engine */

/**
 * @param {Engine} engine
 * @param {string} model
 * @param {string} by
 * @param {object} options
 */
export function differentiate(engine, model, by, options = {}) {
  const { order = 1, values = {} } = /** @type {{ order?: number, values?: object }} */ (options);
  checkText(by, "by");
  return atPoint(engine, model, values, (core, names, numbers) => {
    const init = Object.fromEntries(names.map((name, index) => [name, numbers[index] ?? NaN]));
    const { derivative, conditions, lines, steps, paths } = calculate(core, { model, by, order, init });
    return {
      derivative: derivative.text,
      latex: derivative.latex,
      python: derivative.python,
      mathml: derivative.mathml,
      conditions,
      lines: lines.map(({ text }) => text),
      steps: steps.map(({ before, after, result, ...step }) => ({ ...step, before: before.text, after: after.text, result: result.text })),
      chain: paths.map((path) => path.map(({ text, value }) => ({ derivative: text, value }))),
      roots: rootsOf(core, model, by, names, numbers).roots,
    };
  });
}

/**
 * @param {Engine} engine
 * @param {string} model
 */
export function simplify(engine, model) {
  return atPoint(engine, model, {}, (core) => {
    const { text, conditions } = core.simplify(model);
    return { text, conditions };
  });
}

/**
 * @param {Engine} engine
 * @param {string} model
 * @param {string} by
 * @param {object} values
 */
export function roots(engine, model, by, values) {
  checkText(by, "by");
  return atPoint(engine, model, values, (core, names, numbers) => rootsOf(core, model, by, names, numbers));
}

/**
 * @param {import("./engine.js").Core} core
 * @param {string} model
 * @param {string} by
 * @param {string[]} names
 * @param {Float64Array} numbers
 */
function rootsOf(core, model, by, names, numbers) {
  const { roots, ...rest } = core.roots(model, by, names, numbers);
  return { ...rest, roots: roots.map(({ mathml: _, ...root }) => root) };
}
