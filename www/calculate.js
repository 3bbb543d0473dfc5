// One calculation in the engine, as plain data: function, derivative, lines, steps, values.

/**
 * @typedef {object} CalculusState
 * @property {string} model the formula, or a program of named lines
 * @property {string} by the variable
 * @property {number} order how often it is differentiated
 * @property {Record<string, number>} init the values of the names, where they are known
 *
 * @typedef {import("./pkg/core.js").Formula} Formula
 * @typedef {import("./pkg/core.js").FormulaLine} FormulaLine
 * @typedef {import("./pkg/core.js").DerivationStep} Step
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
 * @property {import("./pkg/core.js").PointValues | undefined} values where every name has one
 * @property {import("./pkg/core.js").ChainFactor[][]} paths the chain rule through the lines
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
    const { names } = handle;
    const known = names.filter((name) => Object.hasOwn(init, name));
    const numbers = Float64Array.from(known, (name) => init[name] ?? NaN);
    const complete = known.length === names.length;
    return {
      names,
      last: handle.last,
      symbol: `<mfrac><mi>d</mi><mrow><mi>d</mi>${core.nameMathml(by)}</mrow></mfrac>`,
      function: handle.function,
      derivative: handle.derivative,
      conditions: handle.conditions,
      lines: handle.lines(),
      steps: handle.steps(),
      values: complete ? handle.values(known, numbers) : undefined,
      paths: complete ? core.chainRule(model, by, known, numbers) : [],
    };
  } finally {
    handle.free();
  }
}
