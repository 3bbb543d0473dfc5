// The verdict on a run's learning rate: computed if the model allows it, otherwise measured.

/** @typedef {import("../pkg/core.js").Lesson} Handle */

/**
 * The computed verdict. It exists if the optimizer is linear and the run ended in a valley, where
 * the smallest learning rates converge.
 * @param {Handle} handle
 */
export function computedVerdict(handle) {
  const verdict = handle.verdict();
  return verdict && (verdict.exact || verdict.stable[0]?.[0] === 0) ? verdict : undefined;
}

/**
 * The verdict as plain data: computed, or measured on the run itself.
 * @param {Handle} handle
 * @returns {import("../downhill.d.ts").Verdict}
 */
export function verdictOf(handle) {
  const computed = computedVerdict(handle);
  if (computed) {
    return { measured: false, ...computed };
  }
  const factor = handle.settledRatio;
  const falls = handle.diverged === undefined && factor !== undefined && factor < 1;
  return { measured: true, fate: handle.diverged !== undefined ? "diverges" : falls ? "falls" : "does not fall", factor };
}
