// The elements. A new element needs a row here, one in `framed.js`, and a folder in `elements/`.

import { makeLab } from "../elements/lab/element.js";

/** @typedef {import("../parts/mount.js").Assets} Assets */

/**
 * @typedef {object} Row
 * @property {string} name of the element, after `downhill-`
 * @property {() => Promise<(assets: Assets) => CustomElementConstructor>} load
 */

/** @type {readonly Row[]} */
export const ELEMENTS = [
  // The first page shows the lab; the others are fetched when they are needed.
  { name: "lab", load: async () => makeLab },
  { name: "derivative", load: async () => (await import("./others.js")).makeDerivative },
  { name: "autograd", load: async () => (await import("./others.js")).makeAutograd },
  { name: "exercise", load: async () => (await import("./others.js")).makeExercise },
  { name: "question", load: async () => (await import("./others.js")).makeQuestion },
  { name: "network", load: async () => (await import("./networks.js")).makeNetwork },
  { name: "text", load: async () => (await import("./networks.js")).makeText },
  { name: "segment", load: async () => (await import("./networks.js")).makeSegment },
];

/**
 * Defines an element. A page that loads the module twice keeps the first.
 * @param {Row} row
 * @param {Assets} assets
 */
export async function defineElement({ name, load }, assets) {
  const make = await load();
  if (!customElements.get(`downhill-${name}`)) {
    customElements.define(`downhill-${name}`, make(assets));
  }
}
