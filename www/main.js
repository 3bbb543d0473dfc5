// Defines the elements of a page, with one engine for all of them.

import { loadEngine } from "./engine.js";
import { makeLab } from "./lab.js";

const engine = loadEngine();
// A lab shows this failure; here it only must not count as unhandled.
engine.catch(() => {});

const sheet = new CSSStyleSheet();
const styled = fetch(new URL("./lab.css", import.meta.url))
  .then((response) => response.text())
  .then((text) => sheet.replace(text));

if (!customElements.get("downhill-lab")) {
  customElements.define("downhill-lab", makeLab(engine, sheet, styled));
}
