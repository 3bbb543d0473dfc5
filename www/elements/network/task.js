// What a network learns: the samples, and how its answers are counted.

/**
 * @typedef {object} Task
 * @property {import("../../engine/network.js").Column[]} columns of all samples, and of a spare one after them
 * @property {number} count how many samples there are; the spare one has this number
 * @property {number} training the first so many are for training, the others for the test
 * @property {number} classes
 * @property {number} answers how many answers the network gives for a sample
 * @property {(sample: number) => ArrayLike<number>} rightOf the right answers of a sample; those below 0 are not known, and not counted
 * @property {(sample: number) => string} nameOf a sample in words
 * @property {string} unit what a sample is, in the plural
 * @property {(test: import("./evaluation.js").Result, core: import("./scene.js").Core) => string} tell what a test came to, beside the loss
 * @property {Live} [live] where the samples change while the network is trained
 */

/**
 * What a person has given so far, who goes on giving while the network is trained.
 * @typedef {object} Live
 * @property {() => string} missing what must be given before a step makes sense, as a sentence; empty if nothing
 * @property {() => number[]} chosen the samples that are trained with
 * @property {() => number[]} tested the samples that are tested with
 * @property {() => boolean} isBusy whether the person gives something right now, so that frames must be short
 */

/** The samples that a test takes now. @param {Task} task @returns {number[]} */
export function testSamples({ count, training, live }) {
  return live?.tested() ?? Array.from({ length: count - training }, (_, place) => training + place);
}

/** The line of the scores, if it has one for each class and answer. @param {Task} task @param {{ name: string, shape: number[] }[]} lines @param {string | undefined} name */
export function scoresIn({ classes, answers }, lines, name) {
  const [first, ...rest] = lines.find((line) => line.name === name)?.shape ?? [];
  return first === classes && rest.reduce((product, size) => product * size, 1) === answers ? name : undefined;
}
