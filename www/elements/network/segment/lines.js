// The lines of the program with their gradients, read one by one: all operations at once would be too
// many numbers for a large picture.

import { paintedIn } from "./painted.js";
import { shotIn } from "./task.js";

/** @typedef {import("./element.js").SegmentScene} Scene */
/** @typedef {{ shape: number[], value: Float64Array, gradient: Float64Array | null }} Seen */

/** How long the numbers are kept while training goes on, in milliseconds. */
const PAUSE = 500;

/** The loss is one number, and stands in the curve. @returns {(scene: Scene) => Map<string, Seen>} */
export function linesOf() {
  /** @type {Map<string, Seen>} */
  let read = new Map();
  let [of, at] = ["", -Infinity];
  /** @type {Scene["network"] | undefined} */
  let last;
  return ({ network, sample, steps, isRunning, task }) => {
    const shot = shotIn(task, sample);
    const now = `${sample} ${steps} ${shot && paintedIn(shot)}`;
    const isOther = network !== last || !of.startsWith(`${sample} `);
    if (isOther || (now !== of && (!isRunning || performance.now() > at + PAUSE))) {
      const seen = network.lines.filter(({ shape }) => shape.length > 0).map(({ name }) => /** @type {const} */ ([name, network.inspect(name, sample)]));
      // What no parameter has changed yet is only the picture once more.
      read = new Map(seen.filter(([, { gradient }]) => gradient));
      [of, at, last] = [now, performance.now(), network];
    }
    return read;
  };
}
