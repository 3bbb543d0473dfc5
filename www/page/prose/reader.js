// What is read of an element for the numbers beside it, each fact at most once.

import { numberOf, numberOfTensor } from "../../parts/numbers.js";
import { handleOf } from "./handle.js";

/** @typedef {import("../../parts/numbers.js").Facts} Facts */

/**
 * @typedef {object} Reader
 * @property {(text: string) => number | undefined | Promise<number | undefined>} read
 * @property {(text: string) => import("./handle.js").Handle | undefined} handle what a number changes; nothing before the first run, or after the lab was taken away
 */

/** @param {import("./element.js").Neighbour | null} element @returns {Reader} */
export function readerOf(element) {
  return element?.localName === "downhill-autograd" ? ofTensors(element) : ofRun(once(element));
}

/** @param {Facts} facts @returns {Reader} */
function ofRun(facts) {
  return {
    read: (text) => (facts.run ? numberOf(facts, text) : undefined),
    handle: (text) => (facts.run ? handleOf(facts, text) : undefined),
  };
}

/** @param {import("./element.js").Neighbour} element @returns {Reader} */
function ofTensors(element) {
  /** @type {Promise<any> | undefined} */
  let program;
  return {
    read: async (text) => element.state && numberOfTensor(await (program ??= computed(element.state.model)), text),
    handle: () => undefined,
  };
}

/** Copies of a long run are not made for every number. @param {import("./element.js").Neighbour | null} element @returns {Facts} */
function once(element) {
  /** @type {any} */
  let state;
  /** @type {any} */
  let run;
  return {
    get state() {
      return (state ??= element?.state);
    },
    get run() {
      return (run ??= element?.run);
    },
    get verdict() {
      return element?.verdict;
    },
    predict: (input) => element?.predict?.(input),
  };
}

/** The engine's module is there when the element is. @param {string} model */
async function computed(model) {
  const { load } = await import("../../engine/api.js");
  return (await load()).gradient(model, {});
}
