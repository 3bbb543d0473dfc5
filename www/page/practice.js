// Ten exercises of mixed kinds from a seed: the engine computes their answers.

import { randomNumbers } from "../state/random.js";

/**
 * @typedef {object} Task
 * @property {string} title
 * @property {string} ask
 * @property {Record<string, string>} attributes of the question
 * @property {Record<string, string>} [lab] attributes of a lab beside it
 */

/** Small numbers without 0, and without 1 and −1, so that a mistake changes the result. */
const NUMBERS = [-4, -3, -2, 2, 3, 4, 5];
/** Learning rates, of which each next one is larger. */
const RATES = [0.01, 0.02, 0.05, 0.1];

/** @typedef {{ number: () => number, rate: () => number }} Draw */

/** @type {((draw: Draw) => Task)[]} */
const KINDS = [
  forward, local, backward, update, learningRate, secondStep, throughTwo, steps, readingCurve, sketching,
];

/** The tasks of a seed, in an order of its own. @param {number} seed a whole number @returns {Task[]} */
export function practice(seed) {
  const random = randomNumbers(seed);
  const one = (/** @type {number[]} */ list) => list[Math.floor(random() * list.length)] ?? 2;
  const draw = { number: () => one(NUMBERS), rate: () => one(RATES) };
  const tasks = KINDS.map((kind) => ({ task: kind(draw), place: random() }));
  return tasks.sort((left, right) => left.place - right.place).map(({ task }) => task);
}

/** @param {Draw} draw @returns {Task} */
function forward({ number }) {
  const [x, w] = [number(), number()];
  return { title: "Forward pass", ask: `The model predicts x times w. What does it predict for x = ${x} with w = ${w}, before any training?`, attributes: { of: `predict ${x} before`, init: `w = ${w}` } };
}

/** @param {Draw} draw @returns {Task} */
function local({ number }) {
  const s = number();
  return { title: "Local derivative", ask: `What is the derivative of s² with respect to s where s = ${s}?`, attributes: { of: "gradient 1", model: "loss = s^2", data: "", init: `s = ${s}` } };
}

/** @param {Draw} draw @returns {Task} */
function backward({ number }) {
  const [x, y, w] = [number(), number(), number()];
  return { title: "Backward pass", ask: `The loss is (x·w − y)². What is its derivative with respect to w for x = ${x}, y = ${y} and w = ${w}?`, attributes: { of: "gradient 1", data: `x = ${x}; y = ${y}`, init: `w = ${w}` } };
}

/** @param {Draw} draw @returns {Task} */
function update({ number, rate }) {
  const [x, y, lr] = [number(), number(), rate()];
  return { title: "Update", ask: `The loss is (x·w − y)², w begins at 1, and the learning rate is ${lr}. What is w after one step with x = ${x} and y = ${y}?`, attributes: { of: "after w 1", data: `x = ${x}; y = ${y}`, lr: String(lr) } };
}

/** @param {Draw} draw @returns {Task} */
function learningRate({ number }) {
  const [x, y] = [number(), number()];
  return { title: "Choosing a learning rate", ask: `The loss is (x·w − y)² with x = ${x} and y = ${y}. Below which learning rate does every run converge?`, attributes: { of: "limit", data: `x = ${x}; y = ${y}` } };
}

/** @param {Draw} draw @returns {Task} */
function secondStep({ number, rate }) {
  const [x, y, lr] = [number(), number(), rate()];
  return { title: "Two steps", ask: `The loss is (x·w − y)², w begins at 1, and the learning rate is ${lr}. What is w after two steps, both with x = ${x} and y = ${y}?`, attributes: { of: "after w 2", data: `x = ${x}; y = ${y}`, lr: String(lr) } };
}

/** @param {Draw} draw @returns {Task} */
function throughTwo({ number }) {
  const [x, v, w] = [number(), number(), number()];
  return { title: "Chain rule", ask: `h = w·x, and loss = (v·h)². What is the derivative of the loss with respect to w for x = ${x}, w = ${w} and v = ${v}?`, attributes: { of: "gradient 1", model: "h = w*x; loss = (v*h)^2", data: `x = ${x}`, init: `w = ${w}, v = ${v}` } };
}

/** @param {Draw} draw @returns {Task} */
function steps({ number }) {
  const [samples, epochs] = [Math.abs(number()) + 3, 10 * Math.abs(number())];
  const column = Array.from({ length: samples }, (_, index) => index + 1).join(", ");
  return { title: "Steps", ask: `${samples} samples in batches of 2, and ${epochs} epochs: how many steps does the run take?`, attributes: { of: "steps", data: `x = ${column}; y = ${column}`, batch: "2", epochs: String(epochs) } };
}

/** @param {Draw} draw @returns {Task} */
function readingCurve({ number }) {
  const lr = number() > 0 ? "0.05" : "0.25";
  return { title: "Reading a loss curve", ask: "This is the loss of a run. What becomes of it if it goes on?", attributes: { of: "loss end", lr, epochs: "40", choices: "it comes near 0: < 0.01; it stays where it is: 0.01..100; it grows without end: > 100" }, lab: { views: "curve", lr, epochs: "4" } };
}

/** @param {Draw} draw @returns {Task} */
function sketching({ rate }) {
  const lr = Math.min(rate(), 0.05);
  return { title: "Sketch", ask: `The deck’s data, w = 1, and a learning rate of ${lr}: draw how the loss goes in 10 epochs.`, attributes: { of: "curve", lr: String(lr) } };
}
