// The shared assets of all elements of a page: one engine, one style sheet, the font of formulas.

/** Until the style sheet is there, an element has about its height and shows nothing but problems. */
const UNSTYLED = ":host { display: block; height: 32rem; overflow: clip; visibility: hidden } .problem { visibility: visible }";

/**
 * @param {object} sources
 * @param {Promise<import("../engine/engine.js").Engine>} sources.engine
 * @param {Promise<string>} sources.css the style sheet's text
 * @param {string} sources.font the address of the font of formulas
 * @param {string} [sources.site] the address of the folder that holds Downhill
 * @returns {import("../parts/mount.js").Assets}
 */
export function prepare({ engine, css, font, site }) {
  // An element shows this failure; the handler here only prevents an unhandled rejection.
  engine.catch(() => {});
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(UNSTYLED);
  const styled = css.then((text) => sheet.replace(text));
  // Style sheets of a shadow root can't load fonts, so the font is added to the document.
  document.fonts.add(new FontFace("Downhill Math", `url("${font}")`));
  return { engine, sheet, styled, site };
}
