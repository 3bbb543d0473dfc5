// What the elements need, from files that lie beside this one on a server.

import { loadEngine } from "../engine/engine.js";
import { prepare } from "./assets.js";

export const served = prepare({
  engine: loadEngine(),
  css: fetch(new URL("../pkg/elements.css", import.meta.url)).then((response) => response.text()),
  font: new URL("../font/DownhillMath.woff2", import.meta.url).href,
  // An npm package has no pages to hand on.
  site: import.meta.url.includes("/www/") ? new URL("../../", import.meta.url).href : undefined,
});
