// What a network writes: its weights now, a beginning, and one character after the other.

import { Sampler } from "../../../engine/sampler.js";
import { textProgram } from "../../../state/textnet.js";
import { shapeOf } from "../../../state/texts.js";

/** @typedef {import("./element.js").TextScene} Scene */

/** A sampler that follows the network of a scene. */
export class Writer {
  /** @type {Sampler | undefined} */
  #sampler;
  /** What the sampler was made for. @type {Scene["network"] | undefined} */
  #network;
  /** At which step its weights were taken. */
  #step = -1;

  /**
   * The sampler with the weights of now; nothing where the program was written by hand.
   * @param {Scene} scene
   */
  of({ engine, network, state, data, steps }) {
    const shape = shapeOf(state, data.tokens.length);
    if (state.model !== textProgram(shape).model) {
      return undefined;
    }
    if (this.#network !== network || !this.#sampler?.isAlive) {
      this.free();
      this.#sampler = new Sampler(engine, shape, { first: firstOf(data), precision: state.precision });
      [this.#network, this.#step] = [network, -1];
    }
    if (this.#step !== steps) {
      this.#sampler.load(network.weights);
      this.#step = steps;
    }
    return this.#sampler;
  }

  free() {
    if (this.#sampler?.isAlive) {
      this.#sampler.free();
    }
    this.#sampler = undefined;
    this.#network = undefined;
  }
}

/** What stands before everything: a line break where the text has one. @param {import("../../../state/language.js").Language} language */
function firstOf(language) {
  return Math.max(0, language.tokens.indexOf("\n"));
}
