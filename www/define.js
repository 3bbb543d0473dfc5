// Defines the elements, with one engine and one style sheet for all of them.

import { makeAutograd } from "./autograd.js";
import { makeDerivative } from "./derivative.js";
import { makeExercise } from "./exercise.js";
import { makeLab } from "./lab.js";

/**
 * @param {object} assets
 * @param {Promise<import("./engine.js").Engine>} assets.engine
 * @param {Promise<string>} assets.css the style sheet's text
 * @param {string} assets.font the address of the font of formulas
 */
export function define({ engine, css, font }) {
  // An element shows this failure; here it only must not count as unhandled.
  engine.catch(() => {});
  const sheet = new CSSStyleSheet();
  const styled = css.then((text) => sheet.replace(text));
  // A font of a shadow root is not loaded from its style sheet, so it belongs to the document.
  document.fonts.add(new FontFace("Downhill Math", `url("${font}")`));
  if (!customElements.get("downhill-lab")) {
    customElements.define("downhill-lab", makeLab(engine, sheet, styled));
    customElements.define("downhill-derivative", makeDerivative(engine, sheet, styled));
    customElements.define("downhill-autograd", makeAutograd(engine, sheet, styled));
    customElements.define("downhill-exercise", makeExercise(engine, sheet, styled));
  }
}
