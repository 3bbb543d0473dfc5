// The value of the derivative at one point, computed in three ways that must agree.

/**
 * @param {import("../../engine/engine.js").Core} core
 * @param {import("../../engine/calculate.js").CalculusState} state
 * @param {import("../../engine/calculate.js").Calculation} calculation
 */
export function pointText(core, { init }, { names, values }) {
  const missing = names.filter((name) => !Object.hasOwn(init, name));
  if (!values) {
    return `give ${missing.map((name) => `\`${name}\``).join(" and ")} a value to see numbers`;
  }
  const { derivative, autodiff, difference } = values;
  const place = names.map((name) => `${name} = ${core.shortNumber(init[name] ?? NaN)}`).join(", ");
  if (Number.isNaN(derivative)) {
    return `at ${place} the derivative is not defined`;
  }
  const short = (/** @type {number} */ value) => core.shortNumber(value);
  const witnesses = `autodiff gives ${short(autodiff)}, a central difference ${short(difference)}`;
  return `at ${place} it is ${short(derivative)}; ${witnesses}${verdict(values)}`;
}

/** @param {import("../../pkg/core.js").PointValues} values */
function verdict({ derivative, autodiff, difference }) {
  const near = (/** @type {number} */ value, /** @type {number} */ tolerance) => value === derivative || Math.abs(value - derivative) <= tolerance * Math.max(1, Math.abs(derivative));
  if (!near(autodiff, 1e-9)) {
    return ": autodiff differs, which happens at a kink or at the edge of a domain";
  }
  return near(difference, 1e-5) ? "" : ": the central difference is not close, which happens at a kink, a jump or a very steep place";
}
