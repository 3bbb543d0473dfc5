// The assets of the elements, from files in the same folder on a server.

import { loadEngine } from "../engine/engine.js";
import { prepare } from "./assets.js";

export const served = prepare({
  engine: loadEngine(),
  css: fetch(new URL("../pkg/elements.css", import.meta.url)).then((response) => response.text()),
  font: new URL("../font/DownhillMath.woff2", import.meta.url).href,
  // An npm package has no pages that could be shared.
  site: import.meta.url.includes("/www/") ? new URL("../../", import.meta.url).href : undefined,
});
