// How many pixels of each class a mask has, counted again only where it has changed.

/** @typedef {import("../../../state/segment/project.js").Shot} Shot */

/** The largest number of classes, and a place for what is not painted. */
const CLASSES = 9;

/** @type {WeakMap<Shot, Uint32Array>} */
const counted = new WeakMap();

/** The number of pixels of each class, and of those that are not painted at 0. @param {Shot} shot */
export function paintedIn(shot) {
  const counts = counted.get(shot) ?? countsOf(shot.mask);
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
  return Array.from({ length: CLASSES - 1 }, (_, place) => place + 1).filter((k) => counts.some((each) => (each[k] ?? 0) > 0)).length;
}

/** A mask was painted on. @param {Shot} shot */
export function forgetPainted(shot) {
  counted.delete(shot);
}

/** @param {Uint8Array} mask */
function countsOf(mask) {
  const counts = new Uint32Array(CLASSES);
  for (let place = 0; place < mask.length; place += 1) {
    const k = mask[place] ?? 0;
    counts[k] = (counts[k] ?? 0) + 1;
  }
  return counts;
}
