// The views of a lab, in order. A new view needs a row here and a file, and a line in `late.js` if
// it is fetched later.

import { curveView } from "./curve.js";
import { landscapeView } from "./landscape.js";
import { statusView } from "./status.js";
import { verdictView } from "./verdict.js";

/**
 * @typedef {(host: import("./scene.js").Host) => import("./scene.js").View} Make
 *
 * @typedef {object} Row
 * @property {string} name by which `views` and `hide` name it
 * @property {Make} [make] if it is there from the start; the others are fetched after the first picture, with the rest of the engine, and made by their names in `late.js`
 * @property {number} [room] the height that is kept free for it until it is fetched, in pixels
 * @property {boolean} [isFirst] whether it stands above the settings
 * @property {boolean} [isPicture] whether it shares a row with its neighbours where there is room
 */

/** @type {readonly Row[]} */
export const VIEWS = [
  { name: "curve", make: curveView, isFirst: true, isPicture: true },
  { name: "landscape", make: landscapeView, isFirst: true, isPicture: true },
  { name: "status", make: statusView, isFirst: true },
  { name: "verdict", make: verdictView, isFirst: true },
  { name: "fit", room: 270, isPicture: true },
  { name: "fates", room: 350, isPicture: true },
  { name: "graph", room: 300, isPicture: true },
  { name: "timeline", room: 110 },
  { name: "update", room: 28 },
  { name: "derivation", room: 122 },
  { name: "code", room: 28 },
  { name: "trace", room: 340 },
  { name: "numbers", room: 64 },
];
