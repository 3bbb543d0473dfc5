// Exercises by number: the same number gives the same exercise in every browser.

import { randomNumbers } from "../../state/random.js";

/** @typedef {{ model: string, init: Record<string, number>, by: string[] }} Variant */

/** The deck's exercise 4-1. @type {Variant} */
export const DECK = { model: "y_hat = x*w\ns = y_hat - y\nloss = s^2", init: { x: 2, y: 4, w: 1 }, by: ["w"] };

const SHAPES = [
  { model: "y_hat = x*w\ns = y_hat - y\nloss = s^2", names: ["x", "y", "w"], by: ["w"] },
  { model: "p = x*w\ny_hat = p + b\ns = y_hat - y\nloss = s^2", names: ["x", "y", "w", "b"], by: ["w", "b"] },
  { model: "p = x*w\nq = p^2\nloss = q + p", names: ["x", "w"], by: ["w"] },
  { model: "q = w^2\np = q*x\nloss = p + b", names: ["x", "w", "b"], by: ["w", "b"] },
  { model: "p = w*v\nq = p + w\nloss = q^2", names: ["v", "w"], by: ["w", "v"] },
];

/**
 * @param {number} seed a whole number
 * @returns {Variant}
 */
export function variant(seed) {
  const random = randomNumbers(seed);
  const { model, names, by } = SHAPES[Math.floor(random() * SHAPES.length)] ?? /** @type {any} */ (SHAPES[0]);
  // Without zeros, and with few ones, so that a mistake changes the result.
  const numbers = [-3, -2, -1, 2, 3, 4, 5];
  const init = Object.fromEntries(names.map((/** @type {string} */ name) => [name, numbers[Math.floor(random() * numbers.length)] ?? 2]));
  return { model, init, by };
}
