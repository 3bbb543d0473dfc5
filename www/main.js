// The elements of a page whose files lie beside each other on a server.

import { define } from "./define.js";
import { loadEngine } from "./engine.js";

define({
  engine: loadEngine(),
  css: fetch(new URL("./lab.css", import.meta.url)).then((response) => response.text()),
  font: new URL("./font/DownhillMath.woff2", import.meta.url).href,
});
