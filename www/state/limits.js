// The least and the largest of the whole numbers that say what a network is like.

import { TextError } from "./text.js";

/** Throws a TextError at the first number that is not whole or not between its limits. @param {object} shape @param {Readonly<Record<string, [least: number, most: number]>>} limits */
export function checkLimits(shape, limits) {
  for (const [name, [least, most]] of Object.entries(limits)) {
    const value = /** @type {Record<string, unknown>} */ (shape)[name];
    if (!(Number.isInteger(value) && Number(value) >= least && Number(value) <= most)) {
      throw new TextError(`\`${name}\` must be a whole number from ${least} to ${most}; it is ${String(value).slice(0, 40)}`, name);
    }
  }
}
