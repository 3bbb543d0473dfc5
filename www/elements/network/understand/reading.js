// Lines of the program for many samples, read in parts so short that a page stays responsive.

/** @typedef {import("../scene.js").Scene} Scene */

/** How long a part should take, in milliseconds. */
const PART = 3;
/** The samples of the first part, before it is known how long one takes, and the most of any. */
const FIRST = 16;
const MOST = 512;

/**
 * Reads lines for samples and hands over each part; returns whether it came to the end.
 * @param {Scene} scene
 * @param {string[]} lines
 * @param {readonly number[]} samples
 * @param {() => boolean} goesOn whether the network is still there and the answer still wanted
 * @param {(first: number, values: Float64Array[]) => void} take the place of the part's first sample among all, and each line's numbers
 */
export async function readInParts({ network }, lines, samples, goesOn, take) {
  let count = FIRST;
  for (let first = 0; first < samples.length;) {
    await new Promise((resolve) => setTimeout(resolve));
    if (!goesOn()) {
      return false;
    }
    const begun = performance.now();
    const part = samples.slice(first, first + count);
    take(first, lines.map((line) => network.read(line, part).values));
    first += part.length;
    count = Math.max(1, Math.min(MOST, Math.round((count * PART) / Math.max(0.1, performance.now() - begun)), 2 * count));
  }
  return true;
}

/**
 * Tells a moment of the weights from others: training counts steps, and between trainings weights can
 * be loaded.
 * @param {Scene} scene
 */
export function momentOf({ network, steps, isRunning }) {
  return isRunning ? String(steps) : `${steps} ${network.weights.reduce((sum, weight, place) => sum + weight * (1 + (place % 7)), 0)}`;
}

/** Whether a network is still the one that is shown. @param {import("../scene.js").Host} host @param {Scene} scene */
export function isPresent(host, { network }) {
  return network.isAlive && host.scene()?.network === network;
}

/** The samples of the test. @param {Scene} scene */
export function testSamples({ data }) {
  return Array.from({ length: data.labels.length - data.training }, (_, place) => data.training + place);
}

/** The samples that are trained with. @param {Scene} scene */
export function trainingSamples({ state, data }) {
  return Array.from({ length: Math.min(state.samples ?? Infinity, data.training) }, (_, place) => place);
}
