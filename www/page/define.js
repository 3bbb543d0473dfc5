// Defines the elements, with one engine and one style sheet for all of them.

import { makeLab } from "../elements/lab/element.js";

/** @typedef {import("../parts/mount.js").Assets} Assets */

/**
 * @param {object} sources
 * @param {Promise<import("../engine/engine.js").Engine>} sources.engine
 * @param {Promise<string>} sources.css the style sheet's text
 * @param {string} sources.font the address of the font of formulas
 * @param {string} [sources.site]
 * @returns {Assets}
 */
export function prepare({ engine, css, font, site }) {
  // An element shows this failure; here it only must not count as unhandled.
  engine.catch(() => {});
  const sheet = new CSSStyleSheet();
  const styled = css.then((text) => sheet.replace(text));
  // A font of a shadow root is not loaded from its style sheet, so it belongs to the document.
  document.fonts.add(new FontFace("Downhill Math", `url("${font}")`));
  return { engine, sheet, styled, site };
}

/** @param {Assets} assets */
export function defineLab(assets) {
  define("downhill-lab", makeLab, assets);
}

/**
 * A page that loads the module twice keeps the first.
 * @param {string} name
 * @param {(assets: Assets) => CustomElementConstructor} make
 * @param {Assets} assets
 */
export function define(name, make, assets) {
  if (!customElements.get(name)) {
    customElements.define(name, make(assets));
  }
}
