// The scene of a network: what all of its views look at.

/**
 * @typedef {import("../../engine/network.js").Network} Network
 * @typedef {import("../../engine/dataset.js").Dataset} Dataset
 * @typedef {import("../../engine/engine.js").Core} Core
 * @typedef {import("../../engine/engine.js").Engine} Engine
 * @typedef {import("../../state/networks.js").NetworkState} NetworkState
 *
 * @typedef {object} Scene
 * @property {Network} network
 * @property {Dataset} data
 * @property {NetworkState} state
 * @property {string | undefined} scores the line of the class scores, if the program has one
 * @property {import("./history.js").History} history the losses so far
 * @property {Float64Array} initial the numbers of the parameters before the first step
 * @property {{ step: number, lr: number }[]} rates from which step on which learning rate was used
 * @property {import("./evaluation.js").Result | undefined} test the last test
 * @property {number} steps how many steps were taken
 * @property {boolean} isRunning
 * @property {number} sample the sample that is looked at; `spare` for a drawing
 * @property {number} spare the row for drawings, after the last sample
 * @property {Core} core
 * @property {Engine} engine
 *
 * @typedef {object} Host what a view can ask of its element
 * @property {() => void} redraw asks for a `show` in the next frame
 * @property {(sample: number) => void} look another sample is looked at by all views
 * @property {() => Scene | undefined} scene the present one
 * @property {(weights: Float64Array) => void} load begins anew from these weights
 *
 * @typedef {object} View
 * @property {HTMLElement[]} elements what is shown and hidden with it
 * @property {(scene: Scene) => void} show called at most once a frame
 * @property {ReturnType<typeof import("../../parts/picture.js").picture>} [picture]
 * @property {() => void} [stop] ends what runs by itself
 */

/** The line of the class scores: the first operand of the loss's cross-entropy, if it is a name. @param {string} model */
export function scoresOf(model) {
  const last = model.trim().split(/[\n;]/).at(-1) ?? "";
  return /cross_entropy\(\s*([\p{L}_][\p{L}\p{M}\d_]*)\s*,/u.exec(last)?.[1];
}
