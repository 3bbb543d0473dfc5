// A project without one of its pictures, or without one of its classes.

/** @typedef {import("../../../state/segment/project.js").Project} Project */

/** @param {Project} project @param {number} place */
export function withoutShot(project, place) {
  return { ...project, shots: project.shots.filter((_, other) => other !== place) };
}

/** The classes after it move up, and what was painted with it is not painted any more. @param {Project} project @param {number} k counted from 1 */
export function withoutClass(project, k) {
  const moved = (/** @type {Uint8Array} */ mask) => mask.map((own) => (own === k ? 0 : own > k ? own - 1 : own));
  const shots = project.shots.map((shot) => ({ ...shot, mask: moved(shot.mask), ...(shot.truth && { truth: moved(shot.truth) }) }));
  return { ...project, classes: project.classes.filter((_, place) => place !== k - 1), shots };
}
