// Networks: programs of tensors that are trained step by step, without a record of every step.

import { flatInitials } from "../state/initial.js";
import { DownhillError, asking } from "./ask.js";
import { drawn } from "./handle.js";
import { optionsOf } from "./options.js";

/** @typedef {import("./engine.js").Engine} Engine */
/** @typedef {import("../state/settings.js").State} State */
/** @typedef {{ name: string, shape: number[], numbers: ArrayLike<number> }} Column all samples, one after the other; the first size of the shape counts them */
/** @typedef {{ precision: "float64" | "float32", compiled: boolean, samples?: number }} How `samples` is how many of the first samples are trained with; by default all */

/**
 * A network with the data as columns. What is refused is thrown as a problem.
 * @param {Engine} engine
 * @param {Omit<State, "data" | "epochs" | "schedule" | "at">} state
 * @param {Column[]} columns
 * @param {How} how
 */
export function networkOf(engine, state, columns, { precision, compiled, samples = Infinity }) {
  return engine.use((core) => {
    const initial = flatInitials(state.init, (draw) => drawn(core, draw), true);
    const shapes = [...columns.map(({ shape }) => shape.slice(1)), ...initial.shapes.map(({ shape }) => shape)];
    const { batch, optimizer, optionNames, optionValues, shuffle, seed } = optionsOf(/** @type {State} */ (state), { names: [], values: [] });
    const handle = new core.Network({
      model: state.model, batch, optimizer, optionNames, optionValues, shuffle, seed, compiled,
      columns: columns.map(({ name }) => name),
      values: inOne(columns),
      lengths: Uint32Array.from(columns, ({ numbers }) => numbers.length),
      parameters: initial.shapes.map(({ name }) => name),
      weights: Float64Array.from(initial.values),
      ranks: Uint32Array.from(shapes, ({ length }) => length),
      sizes: Uint32Array.from(shapes.flat()),
      single: precision === "float32",
      samples: Math.min(samples, 2 ** 31),
    });
    return new Network(engine, handle);
  });
}

/** All columns, one after the other. @param {Pick<Column, "numbers">[]} columns */
function inOne(columns) {
  const numbers = new Float64Array(columns.reduce((sum, column) => sum + column.numbers.length, 0));
  let place = 0;
  for (const column of columns) {
    numbers.set(column.numbers, place);
    place += column.numbers.length;
  }
  return numbers;
}

export class Network {
  #handle;
  #engine;
  #generation;

  /** @param {Engine} engine @param {import("../pkg/core.js").Network} handle */
  constructor(engine, handle) {
    this.#engine = engine;
    this.#generation = engine.generation;
    this.#handle = handle;
    /** The parameters, in the order of their numbers. */
    this.parameters = handle.parameters.map((name) => ({ name, shape: [...handle.shapeOf(name)] }));
    /** The lines of the program; the last one is the loss. */
    this.lines = handle.lines;
    /** The columns that the program uses, in the order of a sample's numbers. */
    this.columns = handle.columns;
  }

  /** Whether it can be used: a trap destroys the memory of every network. */
  get isAlive() {
    return this.#generation === this.#engine.generation;
  }

  /** How many epochs are complete. */
  get epochs() {
    return this.#handle.epochs;
  }

  /**
   * Takes steps, and returns the mean loss of each batch before its step. Where a step has no finite
   * result, its loss is NaN, no further step is taken, and the parameters are the last ones whose
   * loss was finite.
   * @param {number} count
   * @param {number} lr
   */
  step(count, lr) {
    if (!(Number.isSafeInteger(count) && count >= 0 && count < 2 ** 31)) {
      throw new DownhillError({ message: `the number of steps must be a whole number of at least 0; it is ${count}`, field: "count" });
    }
    return Float64Array.from(asking(() => this.#handle.steps(count, lr)));
  }

  /** The mean loss of some samples. @param {ArrayLike<number>} samples */
  meanLoss(samples) {
    return asking(() => this.#handle.meanLoss(Uint32Array.from(samples)));
  }

  /** The numbers of all parameters, one after the other, row by row. */
  get weights() {
    return Float64Array.from(this.#handle.weights);
  }

  /** The gradient of the last step, in the same order. */
  get gradients() {
    return Float64Array.from(this.#handle.gradients);
  }

  /** Sets the parameters; the optimizer forgets earlier steps. @param {ArrayLike<number>} weights */
  load(weights) {
    const count = this.#handle.weights.length;
    if (weights.length !== count) {
      throw new DownhillError({ message: `the parameters have ${count} numbers, but ${weights.length} are given`, field: "weights" });
    }
    this.#handle.load(Float64Array.from(weights));
  }

  /** Trains with these samples only from the next step on, with which an epoch begins; an empty list changes nothing. @param {ArrayLike<number>} samples */
  select(samples) {
    this.#handle.select(Uint32Array.from(samples));
  }

  /** Puts a picture in the place of a sample. @param {number} sample @param {ArrayLike<number>} picture @param {number} label */
  put(sample, picture, label) {
    this.replace(sample, { picture, label: [label] });
  }

  /** Puts another sample in the place of one. @param {number} sample @param {Record<string, ArrayLike<number>>} values the numbers of each column, row by row */
  replace(sample, values) {
    this.#handle.put(sample, inOne(this.columns.map((name) => ({ numbers: values[name] ?? [] }))));
  }

  /**
   * A line's numbers for each of the samples, row by row.
   * @param {string} name
   * @param {ArrayLike<number>} samples
   */
  read(name, samples) {
    const values = asking(() => this.#handle.read(name, Uint32Array.from(samples)));
    const line = this.lines.find((line) => line.name === name);
    if (!values || !line) {
      throw unknown(name);
    }
    return { shape: line.shape, values };
  }

  /** Every column, parameter and line for one sample, with the derivatives of its loss. @param {number} sample */
  see(sample) {
    return new Map(asking(() => this.#handle.see(sample)).map(({ name, ...tensor }) => [name, tensor]));
  }

  /** A line or parameter for one sample, with its gradient. @param {string} name @param {number} sample */
  inspect(name, sample) {
    const found = asking(() => this.#handle.inspect(name, sample));
    if (!found) {
      throw unknown(name);
    }
    return found;
  }

  /** What draws itself: the graph of one sample. @template T @param {(handle: import("../pkg/core.js").Network, core: import("./engine.js").Core) => T} work */
  draw(work) {
    return this.#engine.use((core) => work(this.#handle, core));
  }

  /** Gives the memory back; the network can't be used afterwards. */
  free() {
    if (this.isAlive) {
      this.#handle.free();
    }
  }
}

/** @param {string} name */
function unknown(name) {
  return new DownhillError({ message: `there is no line or parameter \`${name}\` in the program`, field: "name" });
}
