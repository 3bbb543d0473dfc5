// Defines the elements of a page, with one engine for all of them.

import { makeAutograd } from "./autograd.js";
import { makeDerivative } from "./derivative.js";
import { loadEngine } from "./engine.js";
import { makeExercise } from "./exercise.js";
import { makeLab } from "./lab.js";

const engine = loadEngine();
// A lab shows this failure; here it only must not count as unhandled.
engine.catch(() => {});

const sheet = new CSSStyleSheet();
const styled = fetch(new URL("./lab.css", import.meta.url))
  .then((response) => response.text())
  .then((text) => sheet.replace(text));

// A font of a shadow root is not loaded from its style sheet, so it belongs to the document.
const font = new FontFace("Downhill Math", `url("${new URL("./font/DownhillMath.woff2", import.meta.url)}")`);
document.fonts.add(font);

if (!customElements.get("downhill-lab")) {
  customElements.define("downhill-lab", makeLab(engine, sheet, styled));
  customElements.define("downhill-derivative", makeDerivative(engine, sheet, styled));
  customElements.define("downhill-autograd", makeAutograd(engine, sheet, styled));
  customElements.define("downhill-exercise", makeExercise(engine, sheet, styled));
}
