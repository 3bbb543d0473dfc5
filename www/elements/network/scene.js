// The scene of a network: what all of its views look at.

/** @typedef {import("../../engine/network.js").Network} Network */
/** @typedef {import("../../engine/dataset.js").Dataset} Dataset */
/** @typedef {import("../../engine/engine.js").Core} Core */
/** @typedef {import("../../engine/engine.js").Engine} Engine */
/** @typedef {import("../../state/networks.js").NetworkState} NetworkState */
/** @typedef {import("./task.js").Task} Task */

/**
 * What all views look at: `Data` is what the network learns from.
 * @template Data, State
 * @typedef {object} SceneOf
 * @property {Network} network
 * @property {Task} task
 * @property {Data} data
 * @property {State} state
 * @property {string | undefined} scores the line of the class scores, if the program has one
 * @property {import("./history.js").History} history the losses so far
 * @property {Float64Array} initial the numbers of the parameters before the first step
 * @property {{ step: number, lr: number }[]} rates from which step on which learning rate was used
 * @property {import("./evaluation.js").Result | undefined} test the last test
 * @property {number} steps how many steps were taken
 * @property {boolean} isFresh whether nothing was learned yet
 * @property {boolean} isRunning
 * @property {number} sample the sample that is looked at; `spare` for one of a person's own
 * @property {number} spare the row after the last sample, for what a person draws or types
 * @property {Core} core
 * @property {Engine} engine
 */

/** A scene of any network. @typedef {SceneOf<any, any>} AnyScene */
/** The scene of a network for pictures. @typedef {SceneOf<Dataset, NetworkState>} Scene */

/**
 * What a view can ask of its element.
 * @template {AnyScene} S
 * @typedef {object} HostOf
 * @property {() => void} redraw asks for a `show` in the next frame
 * @property {(sample: number) => void} look another sample is looked at by all views
 * @property {() => S | undefined} scene the present one
 * @property {(weights: Float64Array) => void} load begins anew from these weights
 */

/** @typedef {HostOf<Scene>} Host */

/**
 * @template {AnyScene} S
 * @typedef {object} ViewOf
 * @property {HTMLElement[]} elements what is shown and hidden with it
 * @property {(scene: S) => void} show called at most once a frame
 * @property {ReturnType<typeof import("../../parts/picture.js").picture>} [picture]
 * @property {() => void} [stop] ends what runs by itself
 */

/** @typedef {ViewOf<Scene>} View */

const NAME = String.raw`[\p{L}_][\p{L}\p{M}\d_]*`;
/** A cross-entropy that is the whole loss, of class numbers and of a mask; the scores may be transposed. */
const LOSSES = [
  String.raw`cross_entropy\(\s*(?:transpose\(\s*)?(${NAME})\s*\)?\s*,\s*${NAME}\s*\)`,
  String.raw`-\s*sum\(\s*${NAME}\s*\*\s*log_softmax\(\s*(${NAME})\s*,\s*axis\s*=\s*0\s*\)\s*\)`,
].map((loss) => new RegExp(String.raw`^[^=]*=\s*${loss}\s*$`, "u"));

/** The line of the class scores: the operand of the cross-entropy, if that is the whole loss. @param {string} model */
export function scoresOf(model) {
  const lines = model.replace(/#.*$/gm, "").split(/[\n;]/).filter((line) => line.trim() !== "");
  return LOSSES.map((loss) => loss.exec(lines.at(-1) ?? "")?.[1]).find((name) => name !== undefined);
}
