// Both passes of a network for a picture, in its spare row.

import { ranked, softmax } from "./chances.js";

/** @typedef {import("../scene.js").Scene} Scene */

/**
 * @typedef {object} Answer
 * @property {number[]} chances the probability of each class
 * @property {number} winner
 * @property {number} loss for the class that was asked for
 * @property {Float64Array} gradient of this loss by the picture
 */

/**
 * What the network computes for a picture, and the derivatives of the loss that a class has.
 * @param {Scene} scene
 * @param {ArrayLike<number>} picture
 * @param {number} label
 * @returns {Answer}
 */
export function asked({ network, spare, scores = "" }, picture, label) {
  network.put(spare, picture, label);
  const seen = network.see(spare);
  // A line that only gives another name to a tensor is not among what is seen.
  const chances = softmax(seen.get(scores)?.value ?? network.read(scores, [spare]).values);
  const loss = seen.get(network.lines.at(-1)?.name ?? "")?.value[0] ?? NaN;
  return { chances, loss, winner: ranked(chances)[0] ?? 0, gradient: Float64Array.from(seen.get("picture")?.gradient ?? []) };
}

/**
 * The same with the winner as the class: it is asked again if it is another one than before.
 * @param {Scene} scene
 * @param {ArrayLike<number>} picture
 * @param {number} before who won last
 */
export function askedForWinner(scene, picture, before) {
  const answer = asked(scene, picture, before);
  return answer.winner === before ? answer : asked(scene, picture, answer.winner);
}
