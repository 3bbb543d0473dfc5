// What a network learns: the samples, and how its answers are counted.

/**
 * @typedef {object} Task
 * @property {import("../../engine/network.js").Column[]} columns of all samples, and of a spare one after them
 * @property {number} count how many samples there are; the spare one has this number
 * @property {number} training the first so many are for training, the others for the test
 * @property {number} classes
 * @property {number} answers how many answers the network gives for a sample
 * @property {(sample: number) => ArrayLike<number>} rightOf the right answers of a sample
 * @property {(sample: number) => string} nameOf a sample in words
 * @property {string} unit what a sample is, in the plural
 * @property {(test: import("./evaluation.js").Result, core: import("./scene.js").Core) => string} tell what a test came to, beside the loss
 */

/** The line of the scores, if it has one for each class and answer. @param {Task} task @param {{ name: string, shape: number[] }[]} lines @param {string | undefined} name */
export function scoresIn({ classes, answers }, lines, name) {
  const shape = lines.find((line) => line.name === name)?.shape.join();
  return shape === String(classes) || shape === `${classes},${answers}` ? name : undefined;
}
