// A network as the module gives it: its numbers have names, and tensors are nested lists.

import { flat, nested } from "../state/tensor.js";
import { DownhillError, asking } from "./ask.js";
import { networkOf } from "./network.js";

/** @typedef {import("../state/tensor.js").Nested} Nested */

/**
 * A network with these settings and the data among them. It keeps memory until it is freed.
 * @param {import("./engine.js").Engine} engine
 * @param {import("../state/settings.js").State} state
 * @param {import("./network.js").How} how
 */
export function namedNetwork(engine, state, how) {
  const columns = () => Object.entries(state.data).map(([name, column]) => ({ name, ...flat(name, column, "data") }));
  return new NamedNetwork(asking(() => networkOf(engine, state, columns(), how)));
}

class NamedNetwork {
  #network;

  /** @param {import("./network.js").Network} network */
  constructor(network) {
    this.#network = network;
  }

  get epochs() {
    return this.#network.epochs;
  }

  /** @param {number} count @param {number} lr */
  step(count, lr) {
    return this.#network.step(count, lr);
  }

  /** @param {ArrayLike<number>} samples */
  meanLoss(samples) {
    return this.#network.meanLoss(samples);
  }

  get weights() {
    return this.#named(this.#network.weights);
  }

  /** @param {Record<string, Nested>} given */
  set weights(given) {
    this.#network.load(this.#network.parameters.flatMap((parameter) => numbersOf(parameter, given)));
  }

  get gradients() {
    return this.#named(this.#network.gradients);
  }

  /** @param {string} name @param {ArrayLike<number>} samples */
  read(name, samples) {
    const { shape, values } = this.#network.read(name, samples);
    return /** @type {Nested[]} */ (nested([samples.length, ...shape], values));
  }

  /** @param {string} name @param {number} sample */
  inspect(name, sample) {
    const { shape, value, gradient } = this.#network.inspect(name, sample);
    return { shape, value: nested(shape, value), gradient: gradient && nested(shape, gradient) };
  }

  free() {
    this.#network.free();
  }

  /** @param {Float64Array} numbers @returns {Record<string, Nested>} */
  #named(numbers) {
    let place = 0;
    return Object.fromEntries(this.#network.parameters.map(({ name, shape }) => {
      const count = shape.reduce((product, size) => product * size, 1);
      place += count;
      return [name, nested(shape, numbers.subarray(place - count, place))];
    }));
  }
}

/**
 * The numbers that are given for a parameter, which must have its shape.
 * @param {{ name: string, shape: number[] }} parameter
 * @param {Record<string, Nested>} given
 */
function numbersOf({ name, shape }, given) {
  const value = asking(() => flat(name, given[name], "weights"));
  if (value.shape.join() !== shape.join()) {
    throw new DownhillError({ message: `\`${name}\` has the shape (${shape.join(", ")}), but (${value.shape.join(", ")}) is given`, field: "weights" });
  }
  return value.numbers;
}
