// Text from a network, token by token: only the new position is computed, from kept inputs of earlier ones.

import { pastsOf, stepProgram } from "../state/textnet.js";
import { TextError } from "../state/text.js";
import { networkOf } from "./network.js";

/** @typedef {import("./network.js").Column} Column */
/** @typedef {import("../state/textnet.js").TextShape} TextShape */

/** Below this, a temperature might be 0 in single precision; the result is the same. */
const COLDEST = 1e-30;

export class Sampler {
  #network;
  #shape;
  #first;
  /** The numbers of a sample, by column; with those of earlier positions all of it moves on in each step. @type {Record<string, ArrayLike<number>>} */
  #columns = {};
  /** The line `kept` for these numbers, once it is computed. @type {Float64Array | undefined} */
  #kept;
  #temperature = 1;

  /**
   * @param {import("./engine.js").Engine} engine
   * @param {TextShape} shape
   * @param {{ first: number, precision?: "float64" | "float32" }} how `first` is the token that stands before everything, unseen
   */
  constructor(engine, shape, { first, precision = "float64" }) {
    const { model, init } = stepProgram(shape);
    const state = { model, init, lr: 1, batch: 1, optimizer: "sgd", shuffle: false, seed: 0 };
    this.#network = networkOf(engine, /** @type {any} */ (state), columnsOf(shape), { precision, compiled: true });
    this.#shape = shape;
    this.#first = checkedToken(first, shape);
    this.reset();
  }

  /** Whether it can be used: a trap destroys the memory of every network. */
  get isAlive() {
    return this.#network.isAlive;
  }

  /** Takes the parameters of a network with the same shape, and begins anew. @param {ArrayLike<number>} weights */
  load(weights) {
    this.#network.load(weights);
    this.reset();
  }

  /** 1 for the network's own probabilities, less for bolder choices; at 0 the most probable token is certain. */
  get temperature() {
    return this.#temperature;
  }

  set temperature(value) {
    if (!(typeof value === "number" && Number.isFinite(value) && value >= 0)) {
      throw new TextError(`the temperature must be a finite number of at least 0; it is ${String(value).slice(0, 40)}`, "temperature");
    }
    this.#temperature = value;
    this.#kept = undefined;
  }

  /** Forgets all tokens that were taken. */
  reset() {
    this.#columns = Object.fromEntries(columnsOf(this.#shape).map(({ name, numbers }) => [name, numbers]));
    this.#columns.tokens = [this.#first];
    this.#kept = undefined;
  }

  /** Begins anew with these tokens. @param {ArrayLike<number>} tokens */
  begin(tokens) {
    this.reset();
    Array.from(tokens, (token) => this.take(token));
  }

  /** The probability of each token to be the next one. */
  next() {
    const chances = this.#computed().slice(0, this.#shape.tokens);
    return this.#temperature === 0 ? certain(chances) : chances;
  }

  /** Goes on with a token, whether or not it is probable. @param {number} token */
  take(token) {
    const checked = checkedToken(token, this.#shape);
    this.#columns = { ...this.#columns, tokens: [checked], ...this.#pasts(this.#computed()) };
    this.#kept = undefined;
  }

  /**
   * Draws so many tokens, takes them, and returns them.
   * @param {number} count
   * @param {() => number} random numbers from 0 up to 1
   */
  write(count, random) {
    return Array.from({ length: count }, () => {
      const token = chosen(this.next(), random());
      this.take(token);
      return token;
    });
  }

  free() {
    this.#network.free();
  }

  #computed() {
    if (!this.#kept) {
      this.#network.replace(0, { ...this.#columns, temperature: [Math.max(this.#temperature || 1, COLDEST)] });
      this.#kept = this.#network.read("kept", [0]).values;
    }
    return this.#kept;
  }

  /** The columns with the earlier inputs of each layer, as they are for the next position. @param {Float64Array} kept */
  #pasts(kept) {
    let end = this.#shape.tokens;
    return Object.fromEntries(pastsOf(this.#shape).map(({ name, size }) => [name, kept.subarray(end, (end += size * this.#shape.channels))]));
  }
}

/** The columns of a step at the beginning, where everything before is 0. @param {TextShape} shape @returns {Column[]} */
function columnsOf(shape) {
  const pasts = pastsOf(shape).map(({ name, size }) => ({ name, shape: [1, shape.channels, size], numbers: new Float64Array(shape.channels * size) }));
  return [
    { name: "tokens", shape: [1, 1], numbers: [0] },
    { name: "next", shape: [1, 1], numbers: [0] },
    { name: "temperature", shape: [1], numbers: [1] },
    ...pasts,
  ];
}

/** @param {number} token @param {TextShape} shape */
function checkedToken(token, { tokens }) {
  if (!(Number.isInteger(token) && token >= 0 && token < tokens)) {
    throw new TextError(`there is no token ${String(token).slice(0, 40)}; the tokens are 0 to ${tokens - 1}`, "token");
  }
  return token;
}

/** The most probable token gets all of the probability; of equal ones the first. @param {Float64Array} chances */
function certain(chances) {
  const best = chances.indexOf(Math.max(...chances));
  return chances.map((_, token) => Number(token === best));
}

/** The token in whose part of the way from 0 to 1 a number lies. @param {Float64Array} chances @param {number} at */
function chosen(chances, at) {
  let sum = 0;
  const found = chances.findIndex((chance) => (sum += chance) > at);
  // Rounding may leave the sum of all below 1.
  return found >= 0 ? found : chances.findLastIndex((chance) => chance > 0);
}
