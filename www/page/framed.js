// The elements one by one, or all at once: what the first page does not need.

import { ELEMENTS, defineElement } from "./elements.js";


/** What the address of each element in a frame can set beside the settings of a lab, by its name after `downhill-`. @type {Readonly<Record<string, readonly string[]>>} */
export const FRAMED = {
  lab: ["views", "hide", "lock", "theme"],
  derivative: ["by", "order", "theme"],
  autograd: ["backward", "pick", "theme"],
  exercise: ["by", "quiz", "theme"],
  question: ["of", "kind", "tolerance", "ask", "choices", "quiz", "theme"],
  network: ["preset", "samples", "precision", "views", "hide", "lock", "theme"],
  text: ["kind", "layers", "kernel", "channels", "window", "samples", "precision", "views", "hide", "lock", "theme"],
  segment: ["kind", "layers", "channels", "colour", "coordinates", "copies", "balanced", "precision", "views", "hide", "lock", "theme"],
};

/** The row of an element, if there is one with this name. @param {string} name */
export function elementNamed(name) {
  return ELEMENTS.find((row) => row.name === name);
}

/** @param {import("../parts/mount.js").Assets} assets */
export function defineAll(assets) {
  return Promise.all(ELEMENTS.map((row) => defineElement(row, assets)));
}
