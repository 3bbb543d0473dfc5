// The loss at one position of a window: a second network with the same weights, whose loss looks at
// nothing else.

import { networkOf } from "../../../../engine/network.js";
import { textProgram } from "../../../../state/textnet.js";
import { shapeOf } from "../../../../state/texts.js";
import { columnNorms } from "./numbers.js";

/** @typedef {import("../element.js").TextScene} Scene */
/** What stands in the place of the last line: the scores of one position alone, and their loss. */
const ENDS = ["picked = scores @ place", "loss = cross_entropy(picked, answer)"];

/** Whether the page knows the program, because its settings have written it. @param {Pick<Scene, "state" | "data">} scene */
export function isKnown({ state, data }) {
  return state.model === textProgram(shapeOf(state, data.tokens.length)).model;
}

/** A network for one position, which follows the network of a scene. */
export class Position {
  /** @type {import("../../../../engine/network.js").Network | undefined} */
  #own;
  /** What it was made for. @type {Scene["network"] | undefined} */
  #network;
  /** At which step its weights were taken. */
  #step = -1;

  /**
   * How strongly the loss at one position depends on the embedding of each character: the norms of
   * its gradients. Only for programs that are known.
   * @param {Scene} scene
   * @param {ArrayLike<number>} tokens of the window
   * @param {number} position
   * @param {number} answer the right next token there
   */
  norms(scene, tokens, position, answer) {
    const own = this.#follow(scene, tokens.length);
    own.replace(0, { tokens, place: Array.from(tokens, (_, place) => Number(place === position)), answer: [answer] });
    // Each score of a bigram table is a number of the character's own row.
    const { gradient } = own.inspect(scene.state.kind === "bigram" ? "scores" : "e", 0);
    return columnNorms(gradient ?? [], tokens.length);
  }

  /** The network with the weights of now. @param {Scene} scene @param {number} window */
  #follow({ engine, network, state, steps }, window) {
    if (this.#network !== network || !this.#own?.isAlive) {
      this.free();
      const model = [...state.model.split("\n").slice(0, -1), ...ENDS].join("\n");
      const none = new Float64Array(window);
      const columns = [{ name: "tokens", shape: [1, window], numbers: none }, { name: "place", shape: [1, window], numbers: none }, { name: "answer", shape: [1], numbers: [0] }];
      this.#own = networkOf(engine, { ...state, model, batch: 1 }, columns, { precision: state.precision, compiled: true });
      [this.#network, this.#step] = [network, -1];
    }
    if (this.#step !== steps) {
      this.#own.load(network.weights);
      this.#step = steps;
    }
    return this.#own;
  }

  free() {
    this.#own?.free();
    this.#own = undefined;
    this.#network = undefined;
  }
}
