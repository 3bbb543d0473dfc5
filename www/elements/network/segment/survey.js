// What the network predicts for all pictures, read one in each frame, so that painting stays quick.

import { isBeingPainted, paintedIn } from "./painted.js";
import { predictionOf } from "./predict.js";
import { firstOf } from "./task.js";

/** @typedef {import("./element.js").SegmentScene} Scene */
/** @typedef {import("../../../state/segment/project.js").Shot} Shot */
/** @typedef {Map<Shot, Uint8Array>} Survey the predicted class of each pixel, counted from 1 */

/** How long nothing is read after a survey while training goes on, in milliseconds. */
const PAUSE = 1000;

export class Surveyor {
  /** @type {Survey} */
  #found = new Map();
  /** @type {Shot[]} */
  #waiting = [];
  #of = "";
  /** @type {Scene["network"] | undefined} */
  #network;
  #ended = -Infinity;

  /** Whether a survey is not complete. */
  get isBusy() {
    return this.#waiting.length > 0;
  }

  /**
   * Reads the next picture; the whole survey once it is complete.
   * @param {Scene} scene
   * @param {Shot[]} shots the pictures that can be measured
   * @returns {Survey | undefined}
   */
  advance(scene, shots) {
    // What is painted later no longer counts.
    const of = [scene.steps, ...shots.map((shot) => paintedIn(shot)[0])].join();
    const isOther = scene.network !== this.#network;
    if (isOther || (!this.isBusy && of !== this.#of && (!scene.isRunning || performance.now() > this.#ended + PAUSE))) {
      [this.#network, this.#of, this.#waiting, this.#found] = [scene.network, of, [...shots], new Map()];
    }
    const shot = isBeingPainted() ? undefined : this.#waiting.pop();
    if (!shot || !scene.scores) {
      return undefined;
    }
    const { values } = scene.network.read(scene.scores, [firstOf(scene.task, shot)]);
    this.#found.set(shot, predictionOf(values, scene.data.classes.length).labels);
    this.#ended = performance.now();
    return this.isBusy ? undefined : this.#found;
  }
}
