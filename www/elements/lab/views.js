// The views of a lab, in the order in which they stand. A new one is a row here and a file of its own.

import { codeView } from "./code/view.js";
import { curveView } from "./curve.js";
import { derivationView } from "./derivation.js";
import { fatesView } from "./fates/view.js";
import { fitView } from "./fit.js";
import { graphView } from "./graph/view.js";
import { landscapeView } from "./landscape.js";
import { numbersView } from "./numbers.js";
import { statusView } from "./status.js";
import { timelineView } from "./timeline/view.js";
import { traceView } from "./trace.js";
import { updateView } from "./update.js";
import { verdictView } from "./verdict.js";

/**
 * @typedef {object} Row
 * @property {string} name by which `views` and `hide` name it
 * @property {(host: import("./scene.js").Host) => import("./scene.js").View} make
 * @property {boolean} [waits] whether it needs what the first part of the engine does not have
 * @property {boolean} [paired] whether it stands beside a neighbour that is paired too
 */

/** @type {readonly Row[]} */
export const VIEWS = [
  { name: "status", make: statusView },
  { name: "verdict", make: verdictView },
  { name: "curve", make: curveView },
  { name: "landscape", make: landscapeView, paired: true },
  { name: "fit", make: fitView, paired: true, waits: true },
  { name: "fates", make: fatesView, waits: true },
  { name: "graph", make: graphView, waits: true },
  { name: "timeline", make: timelineView, waits: true },
  { name: "update", make: updateView },
  { name: "derivation", make: derivationView, waits: true },
  { name: "code", make: codeView, waits: true },
  { name: "trace", make: traceView },
  { name: "numbers", make: numbersView },
];
