// One calculation in the engine, as plain data: function, derivative, lines, steps, values.

/**
 * @typedef {object} CalculusState
 * @property {string} model the formula, or a program of named lines
 * @property {string} by the variable
 * @property {number} order how often it is differentiated
 * @property {Record<string, number>} init the values of the names, where they are known
 *
 * @typedef {import("../pkg/core.js").Formula} Formula
 * @typedef {import("../pkg/core.js").FormulaLine} FormulaLine
 *
 * @typedef {object} Step one step: a rule, and the derivatives of its parts, which are earlier steps
 * @property {string} rule
 * @property {string} reason
 * @property {FormulaLine} before
 * @property {FormulaLine} after
 * @property {FormulaLine} result
 * @property {number[]} parts
 *
 * @typedef {object} Calculation
 * @property {string[]} names the free names of the formula
 * @property {string} last the name of the last line
 * @property {string} symbol `d/dw` as MathML
 * @property {Formula} function
 * @property {Formula} derivative
 * @property {string[]} conditions
 * @property {FormulaLine[]} lines
 * @property {Step[]} steps
 * @property {import("../pkg/core.js").PointValues | undefined} values where every name has one
 * @property {import("../pkg/core.js").ChainFactor[][]} paths the chain rule through the lines
 */

/**
 * Throws a problem where the formula can't be read or differentiated.
 * @param {import("./engine.js").Core} core
 * @param {CalculusState} state
 * @returns {Calculation}
 */
export function calculate(core, { model, by, order, init }) {
  const handle = new core.Calculus(model, by, order);
  try {
    const report = unpack(handle.report());
    const { names } = report;
    const known = names.filter((name) => Object.hasOwn(init, name));
    const numbers = Float64Array.from(known, (name) => init[name] ?? NaN);
    const complete = known.length === names.length;
    return {
      ...report,
      symbol: `<mfrac><mi>d</mi><mrow><mi>d</mi>${core.nameMathml(by)}</mrow></mfrac>`,
      values: complete ? handle.values(known, numbers) : undefined,
      paths: complete ? core.chainRule(model, by, known, numbers) : [],
    };
  } finally {
    handle.free();
  }
}

/**
 * Reads a report in the order in which the engine wrote it.
 * @param {import("../pkg/core.js").PackedReport} packed
 */
function unpack({ text, ends, numbers }) {
  let place = 0;
  let start = 0;
  const next = () => text.slice(start, (start = ends[place++] ?? start));
  let at = 0;
  const number = () => numbers[at++] ?? 0;
  /** @template T @param {() => T} read @returns {T[]} */
  const list = (read, count = number()) => Array.from({ length: count }, read);
  const formula = () => ({ text: next(), latex: next(), python: next(), mathml: next() });

  const names = list(next);
  const head = { names, last: next(), function: formula(), derivative: formula(), conditions: list(next) };
  const rules = list(() => ({ rule: next(), reason: next() }), number() / 2);
  const formulas = list(() => ({ text: next(), mathml: next() }), number() / 2);
  const one = () => /** @type {FormulaLine} */ (formulas[number()]);
  const lines = list(one);
  const step = () => ({ .../** @type {{ rule: string, reason: string }} */ (rules[number()]), before: one(), after: one(), result: one(), parts: list(number) });
  return { ...head, lines, steps: list(step) };
}
