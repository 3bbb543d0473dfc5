// The elements. A new element needs a row here and a folder in `elements/`.

import { makeLab } from "../elements/lab/element.js";

/** @typedef {import("../parts/mount.js").Assets} Assets */

/**
 * @typedef {object} Row
 * @property {string} name of the element, after `downhill-`
 * @property {readonly string[]} attributes what its address in a frame can set beside the settings of a lab
 * @property {() => Promise<(assets: Assets) => CustomElementConstructor>} load
 */

/** @type {readonly Row[]} */
export const ELEMENTS = [
  // The first page shows the lab; the others are fetched when they are needed.
  { name: "lab", attributes: ["views", "hide", "lock", "theme"], load: async () => makeLab },
  { name: "derivative", attributes: ["by", "order", "theme"], load: async () => (await import("./others.js")).makeDerivative },
  { name: "autograd", attributes: ["backward", "pick", "theme"], load: async () => (await import("./others.js")).makeAutograd },
  { name: "exercise", attributes: ["by", "quiz", "theme"], load: async () => (await import("./others.js")).makeExercise },
  { name: "question", attributes: ["of", "kind", "tolerance", "ask", "choices", "quiz", "theme"], load: async () => (await import("./others.js")).makeQuestion },
  { name: "network", attributes: ["preset", "samples", "precision", "views", "hide", "lock", "theme"], load: async () => (await import("./networks.js")).makeNetwork },
  { name: "text", attributes: ["kind", "layers", "kernel", "channels", "window", "samples", "precision", "views", "hide", "lock", "theme"], load: async () => (await import("./networks.js")).makeText },
];

/** The row of an element, if there is one with this name. @param {string} name */
export function elementNamed(name) {
  return ELEMENTS.find((row) => row.name === name);
}

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

/** @param {Assets} assets */
export function defineAll(assets) {
  return Promise.all(ELEMENTS.map((row) => defineElement(row, assets)));
}
