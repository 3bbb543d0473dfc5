// Painted pictures as a task: each pixel with a known class is a question.

import { rowOf, samplesOf } from "../../../state/segment/samples.js";
import { classesIn, isBeingPainted, isPainted } from "./painted.js";

/** @typedef {import("../../../state/segment/project.js").Project} Project */
/** @typedef {import("../../../state/segment/project.js").Shot} Shot */
/** @typedef {import("../../../state/segments.js").SegmentState} State */
/** @typedef {import("../task.js").Task} Task */
/** @typedef {{ shots: Shot[], turns: number[], project: Project, state: State }} Made the picture of each sample, and how it is turned */

/** What is missing before anything can be learned. */
const MISSING = "Paint at least two classes.";

/** What the samples of each task are made of. @type {WeakMap<Task, Made>} */
const made = new WeakMap();

/** @param {Project} project @param {State} state @returns {Task} */
export function segmentTask(project, state) {
  const known = project.shots.map(asKnown);
  const { columns, training, count, shotOf, turnOf } = samplesOf({ ...project, shots: known }, state);
  const samples = Array.from({ length: count }, (_, sample) => sample);
  const shots = samples.map((sample) => /** @type {Shot} */ (project.shots[known.indexOf(/** @type {Shot} */ (shotOf(sample)))]));
  const [learned, tested] = [shots.slice(0, training), shots.slice(training)];
  const [rows = 0, wide = 0] = project.shots[0]?.size ?? [];
  /** @type {Task} */
  const task = {
    columns, count, training, classes: project.classes.length, answers: rows * wide, unit: state.copies === "none" ? "pictures" : "pictures and copies",
    rightOf: (sample) => Int16Array.from(knownIn(/** @type {Shot} */ (shots[sample])), (k) => k - 1),
    nameOf: (sample) => nameOf(shots, sample),
    tell: ({ right, of }) => `${((100 * right) / of).toFixed(1)} % of the known pixels of the test are right`,
    live: {
      missing: () => (classesIn(learned) < 2 ? MISSING : ""),
      chosen: () => placesOf(learned, isPainted, 0),
      tested: () => placesOf(tested, (shot) => shot.truth !== undefined || isPainted(shot), training),
      isBusy: isBeingPainted,
    },
  };
  made.set(task, { shots, turns: samples.map(turnOf), project, state });
  return task;
}

/** @param {Shot[]} shots @param {(shot: Shot) => boolean} isMeant @param {number} first the number of the first one */
function placesOf(shots, isMeant, first) {
  return shots.flatMap((shot, place) => (isMeant(shot) ? [first + place] : []));
}

/** @param {Shot[]} shots of the samples @param {number} sample */
function nameOf(shots, sample) {
  const shot = shots[sample];
  const copy = shot && shots.indexOf(shot) < sample ? ", a copy" : "";
  return shot ? `${shot.isTest ? "test" : "training"} picture “${shot.name}”${copy}` : "the pixel that is pointed at";
}

/** The picture that a sample is made of; nothing for the spare one. @param {Task} task @param {number} sample @returns {Shot | undefined} */
export function shotIn(task, sample) {
  return made.get(task)?.shots[sample];
}

/** The samples that are made of a picture: as it is, and then its copies. @param {Task} task @param {Shot} shot */
export function samplesFor(task, shot) {
  return Array.from({ length: task.count }, (_, sample) => sample).filter((sample) => shotIn(task, sample) === shot);
}

/** What a sample is for the network now: its picture, and which pixels count. @param {Task} task @param {number} sample */
export function rowIn(task, sample) {
  const { shots, turns, project, state } = /** @type {Made} */ (made.get(task));
  return rowOf(asKnown(/** @type {Shot} */ (shots[sample])), project, state, turns[sample]);
}

/** The sample that shows a picture as it is. @param {Task} task @param {Shot} shot */
export function firstOf(task, shot) {
  return samplesFor(task, shot)[0] ?? 0;
}

/** The class of each pixel that counts: in the test all that is known, otherwise what is painted. @param {Shot} shot */
export function knownIn({ isTest, mask, truth = mask }) {
  return isTest ? truth : mask;
}

/** A picture with what counts as its mask. @param {Shot} shot @returns {Shot} */
function asKnown(shot) {
  return knownIn(shot) === shot.mask ? shot : { ...shot, mask: knownIn(shot) };
}
