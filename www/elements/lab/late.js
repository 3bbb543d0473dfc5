// The views that are fetched with the rest of the engine, in one file, because one file loads faster than many.

// What they share with the first views stays in the file that is already there.
import "./element.js";

export { codeView as code } from "./code/view.js";
export { derivationView as derivation } from "./derivation.js";
export { fatesView as fates } from "./fates/view.js";
export { fitView as fit } from "./fit.js";
export { graphView as graph } from "./graph/view.js";
export { numbersView as numbers } from "./numbers.js";
export { timelineView as timeline } from "./timeline/view.js";
export { traceView as trace } from "./trace.js";
export { updateView as update } from "./update.js";
