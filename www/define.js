// Defines the elements, with one engine and one style sheet for all of them.

import { makeLab } from "./lab.js";

/**
 * @typedef {object} Assets
 * @property {Promise<import("./engine.js").Engine>} engine
 * @property {CSSStyleSheet} sheet
 * @property {Promise<unknown>} styled when the sheet is complete
 */

/**
 * @param {object} sources
 * @param {Promise<import("./engine.js").Engine>} sources.engine
 * @param {Promise<string>} sources.css the style sheet's text
 * @param {string} sources.font the address of the font of formulas
 * @returns {Assets}
 */
export function prepare({ engine, css, font }) {
  // An element shows this failure; here it only must not count as unhandled.
  engine.catch(() => {});
  const sheet = new CSSStyleSheet();
  const styled = css.then((text) => sheet.replace(text));
  // A font of a shadow root is not loaded from its style sheet, so it belongs to the document.
  document.fonts.add(new FontFace("Downhill Math", `url("${font}")`));
  return { engine, sheet, styled };
}

/** @param {Assets} assets */
export function defineLab(assets) {
  define("downhill-lab", makeLab, assets);
}

/**
 * A page that loads the module twice keeps the first.
 * @param {string} name
 * @param {(engine: Assets["engine"], sheet: CSSStyleSheet, styled: Promise<unknown>) => CustomElementConstructor} make
 * @param {Assets} assets
 */
export function define(name, make, { engine, sheet, styled }) {
  if (!customElements.get(name)) {
    customElements.define(name, make(engine, sheet, styled));
  }
}
