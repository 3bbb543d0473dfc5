// The lines of the program with their gradients, read one by one: all operations at once would be too
// many numbers for a large picture, and would take too long for one frame.

import { isBeingPainted, paintedIn } from "./painted.js";
import { shotIn } from "./task.js";

/** @typedef {import("./element.js").SegmentScene} Scene */
/** @typedef {{ shape: number[], value: Float64Array, gradient: Float64Array | null }} Seen */

/** How long no other line is read while training goes on, in milliseconds. */
const PAUSE = 100;

/** The loss is one number, and stands in the curve. @param {import("./element.js").Host} host @returns {(scene: Scene) => Map<string, Seen>} */
export function linesOf(host) {
  /** @type {Map<string, Seen>} */
  let read = new Map();
  /** @type {string[]} */
  let waiting = [];
  /** Lines that no parameter has changed yet are only the picture once more. */
  const bare = new Set();
  let [of, at] = ["", -Infinity];
  /** @type {Scene["network"] | undefined} */
  let last;

  /** @param {Scene["network"]} network */
  function begin(network) {
    const names = network.lines.filter(({ shape }) => shape.length > 0).map(({ name }) => name);
    read = new Map([...read].filter(([name]) => names.includes(name)));
    bare.clear();
    [last, of, waiting] = [network, "", []];
  }

  return ({ network, sample, steps, isRunning, task }) => {
    if (network !== last) {
      begin(network);
    }
    const shot = shotIn(task, sample);
    const now = `${sample} ${steps} ${shot && paintedIn(shot)}`;
    const isBusy = isBeingPainted() || (isRunning && performance.now() < at + PAUSE);
    if (!isBusy && waiting.length === 0 && now !== of) {
      of = now;
      waiting = network.lines.filter(({ name, shape }) => shape.length > 0 && !bare.has(name)).map(({ name }) => name);
    }
    const name = isBusy ? undefined : waiting.shift();
    if (name !== undefined) {
      at = performance.now();
      const seen = network.inspect(name, sample);
      read = seen.gradient ? new Map(read).set(name, seen) : read;
      bare.add(seen.gradient ? "" : name);
    }
    if (waiting.length > 0 || now !== of) {
      host.redraw();
    }
    return read;
  };
}
