// Calls of the engine for a program at one point, and its errors for bad input.

import { TextError } from "../state/text.js";

/** @typedef {import("./engine.js").Engine} Engine */

/** What is wrong with an input: a sentence, the setting, and the place in its text. */
export class DownhillError extends Error {
  /** @param {import("../pkg/core.js").Problem} problem */
  constructor({ message, field, start, end }) {
    super(message);
    this.name = "DownhillError";
    this.field = field;
    this.start = start;
    this.end = end;
  }
}

/**
 * @param {unknown} value
 * @param {string} field
 */
export function checkText(value, field) {
  if (typeof value !== "string") {
    throw new DownhillError({ message: `\`${field}\` must be a text`, field });
  }
}

/**
 * @template T
 * @param {Engine} engine
 * @param {string} model
 * @param {object} values
 * @param {(core: import("./engine.js").Core, names: string[], numbers: Float64Array) => T} work
 */
export function atPoint(engine, model, values, work) {
  const entries = Object.entries(values ?? {});
  checkText(model, "model");
  const wrong = entries.find(([, value]) => typeof value !== "number");
  if (wrong) {
    throw new DownhillError({ message: `the value of \`${wrong[0]}\` must be a number`, field: "values" });
  }
  return asking(() => engine.use((core) => work(core, entries.map(([name]) => name), Float64Array.from(entries, ([, value]) => value))));
}

/**
 * Calls the engine; a problem that it returns becomes an error.
 * @template T
 * @param {() => T} work
 */
export function asking(work) {
  try {
    return work();
  } catch (problem) {
    throw problem instanceof Error && !(problem instanceof TextError) ? problem : new DownhillError(/** @type {any} */ (problem));
  }
}
