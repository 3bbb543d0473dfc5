// Networks: programs of tensors that are trained step by step, without a record of every step.

import { flatInitials } from "../state/initial.js";
import { elementNames, flat, nested } from "../state/tensor.js";
import { DownhillError, asking } from "./ask.js";
import { drawn } from "./handle.js";
import { optionsOf } from "./options.js";

/** @typedef {import("./engine.js").Engine} Engine */
/** @typedef {import("../state/settings.js").State} State */

/**
 * A network with these settings. It keeps memory until it is freed.
 * @param {Engine} engine
 * @param {State} state
 * @param {{ precision: "float64" | "float32", compiled: boolean }} how
 */
export function makeNetwork(engine, state, { precision, compiled }) {
  return asking(() => engine.use((core) => {
    const initial = flatInitials(state.init, (draw) => drawn(core, draw), true);
    const columns = Object.entries(state.data).map(([name, column]) => ({ name, ...flat(name, column, "data") }));
    const shapes = [...columns.map(({ shape }) => shape.slice(1)), ...initial.shapes.map(({ shape }) => shape)];
    const { batch, optimizer, optionNames, optionValues, shuffle, seed } = optionsOf(state, initial);
    const handle = new core.Network({
      model: state.model, batch, optimizer, optionNames, optionValues, shuffle, seed, compiled,
      columns: columns.map(({ name }) => name),
      values: Float64Array.from(columns.flatMap(({ numbers }) => numbers)),
      lengths: Uint32Array.from(columns, ({ numbers }) => numbers.length),
      parameters: initial.shapes.map(({ name }) => name),
      weights: Float64Array.from(initial.values),
      ranks: Uint32Array.from(shapes, ({ length }) => length),
      sizes: Uint32Array.from(shapes.flat()),
      single: precision === "float32",
    });
    return new Network(handle);
  }));
}

class Network {
  #handle;
  #parameters;

  /** @param {import("../pkg/core.js").Network} handle */
  constructor(handle) {
    this.#handle = handle;
    this.#parameters = handle.parameters.map((name) => ({ name, shape: [...handle.shapeOf(name)] }));
  }

  /** How many epochs are complete. */
  get epochs() {
    return this.#handle.epochs;
  }

  /** Takes steps, and returns the mean loss of each batch before its step. @param {number} count @param {number} lr */
  step(count, lr) {
    return Float64Array.from(asking(() => this.#handle.steps(count, lr)));
  }

  /** The mean loss of some samples. @param {ArrayLike<number>} samples */
  meanLoss(samples) {
    return asking(() => this.#handle.meanLoss(Uint32Array.from(samples)));
  }

  /** The parameters by name, as numbers or nested lists. */
  get weights() {
    return this.#named(this.#handle.weights);
  }

  /** The gradient of the last step by name. */
  get gradients() {
    return this.#named(this.#handle.gradients);
  }

  /** A line or parameter for one sample, with its gradient. @param {string} name @param {number} sample */
  inspect(name, sample) {
    const found = asking(() => this.#handle.inspect(name, sample));
    if (!found) {
      throw new DownhillError({ message: `there is no line or parameter \`${name}\` in the program`, field: "name" });
    }
    const { shape, value, gradient } = found;
    return { shape, value: nested(shape, value), gradient: gradient && nested(shape, gradient) };
  }

  /** Gives the memory back; the network can't be used afterwards. */
  free() {
    this.#handle.free();
  }

  /** @param {ArrayLike<number>} numbers @returns {Record<string, import("../state/tensor.js").Nested>} */
  #named(numbers) {
    let place = 0;
    return Object.fromEntries(this.#parameters.map(({ name, shape }) => {
      const count = elementNames(name, shape).length;
      place += count;
      return [name, nested(shape, Array.prototype.slice.call(numbers, place - count, place))];
    }));
  }
}
