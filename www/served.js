// What the elements need, from files that lie beside this one on a server.

import { prepare } from "./define.js";
import { loadEngine } from "./engine.js";

export const served = prepare({
  engine: loadEngine(),
  css: fetch(new URL("./lab.css", import.meta.url)).then((response) => response.text()),
  font: new URL("./font/DownhillMath.woff2", import.meta.url).href,
});
