// The painted pictures in the network that trains: what is painted counts from the next step on.

import { seededStrokes } from "../../../state/segment/strokes.js";
import { forgetPainted } from "./painted.js";
import { rowIn, samplesFor } from "./task.js";

/** @typedef {import("./element.js").SegmentScene} Scene */
/** @typedef {import("../../../state/segment/project.js").Shot} Shot */

/** Which part of a picture is painted when the page paints. */
const SHARE = 0.02;

/**
 * A mask has changed: the row of its picture is replaced, and at the end of a stroke those of its copies too.
 * @param {Scene | undefined} scene
 * @param {Shot} shot
 * @param {boolean} isWhole
 */
export function putPainted(scene, shot, isWhole) {
  forgetPainted(shot);
  if (scene) {
    const samples = samplesFor(scene.task, shot);
    samples.slice(0, isWhole ? samples.length : 1).forEach((sample) => scene.network.replace(sample, rowIn(scene.task, sample)));
  }
}

/** The mask of a picture with a few strokes more, as a person could paint them; those that are there stay. @param {Shot} shot @param {number} seed */
export function withStrokes({ mask, truth = mask, size }, seed) {
  const strokes = seededStrokes(truth, size, { share: SHARE, seed });
  return mask.map((k, place) => k || (strokes[place] ?? 0));
}
