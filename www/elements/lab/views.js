// The views of a lab, in order. A new view needs a row here and a file, and a line in `late.js` if
// it is fetched later.

import { curveView } from "./curve.js";
import { landscapeView } from "./landscape.js";
import { statusView } from "./status.js";
import { traceView } from "./trace.js";
import { verdictView } from "./verdict.js";

/**
 * @typedef {(host: import("./scene.js").Host) => import("./scene.js").View} Make
 *
 * @typedef {object} Row
 * @property {string} name by which `views` and `hide` name it
 * @property {Make} [make]
 * @property {boolean} [isLate] whether it is fetched after the first picture, with the rest of the engine; then it is made by its name in `late.js`
 * @property {boolean} [paired] whether it stands beside a neighbour that is paired too
 */

/** @type {readonly Row[]} */
export const VIEWS = [
  { name: "status", make: statusView },
  { name: "verdict", make: verdictView },
  { name: "curve", make: curveView },
  { name: "landscape", make: landscapeView, paired: true },
  { name: "fit", isLate: true, paired: true },
  { name: "fates", isLate: true },
  { name: "graph", isLate: true },
  { name: "timeline", isLate: true },
  { name: "update", isLate: true },
  { name: "derivation", isLate: true },
  { name: "code", isLate: true },
  { name: "trace", make: traceView },
  { name: "numbers", isLate: true },
];
