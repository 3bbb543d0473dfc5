// How many pixels of each class a mask has, counted again only where it has changed.

import { LIMITS } from "../../../state/segment/project.js";
import { countsOf } from "../../../state/segment/samples.js";

/** @typedef {import("../../../state/segment/project.js").Shot} Shot */

/** So long after a change more is expected to be painted, in milliseconds. */
const PAUSE = 150;

/** @type {WeakMap<Shot, Uint32Array>} */
const counted = new WeakMap();
let changed = -Infinity;

/** The number of pixels of each class, and of those that are not painted at 0. @param {Shot} shot */
export function paintedIn(shot) {
  const counts = counted.get(shot) ?? countsOf(shot.mask, LIMITS.classes);
  counted.set(shot, counts);
  return counts;
}

/** Whether anything is painted. @param {Shot} shot */
export function isPainted(shot) {
  return (paintedIn(shot)[0] ?? 0) < shot.mask.length;
}

/** How many classes are painted in some of the pictures. @param {Shot[]} shots */
export function classesIn(shots) {
  const counts = shots.map(paintedIn);
  return Array.from({ length: LIMITS.classes }, (_, place) => place + 1).filter((k) => counts.some((each) => (each[k] ?? 0) > 0)).length;
}

/** A mask was painted on. @param {Shot} shot */
export function forgetPainted(shot) {
  counted.delete(shot);
  changed = performance.now();
}

/** Whether somebody paints: what takes long waits, so that the strokes follow the hand. */
export function isBeingPainted() {
  return performance.now() < changed + PAUSE;
}
