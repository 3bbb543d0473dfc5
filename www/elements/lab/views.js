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
 * @property {Make} [make]
 * @property {boolean} [isLate] whether it is fetched after the first picture, with the rest of the engine; then it is made by its name in `late.js`
 * @property {boolean} [isFirst] whether it stands above the settings
 * @property {boolean} [isPicture] whether it shares a row with its neighbours where there is room
 */

/** @type {readonly Row[]} */
export const VIEWS = [
  { name: "curve", make: curveView, isFirst: true, isPicture: true },
  { name: "landscape", make: landscapeView, isFirst: true, isPicture: true },
  { name: "status", make: statusView, isFirst: true },
  { name: "verdict", make: verdictView, isFirst: true },
  { name: "fit", isLate: true, isPicture: true },
  { name: "fates", isLate: true, isPicture: true },
  { name: "graph", isLate: true, isPicture: true },
  { name: "timeline", isLate: true },
  { name: "update", isLate: true },
  { name: "derivation", isLate: true },
  { name: "code", isLate: true },
  { name: "trace", isLate: true },
  { name: "numbers", isLate: true },
];
