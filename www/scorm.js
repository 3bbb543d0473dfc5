// An exercise as a SCORM 1.2 package: it reports its score to the learning platform.

import "./page/inlined.js";

/** @typedef {{ [name: string]: (...texts: string[]) => string }} Platform SCORM 1.2's API adapter */

/** How many frames up the platform is searched for, as SCORM recommends. */
const MOST_FRAMES = 7;

/** The platform's adapter, in a frame above this one or in the window that opened it. */
function platform() {
  for (const start of [window, window.opener]) {
    let place = start;
    for (let count = 0; place && count < MOST_FRAMES; count += 1) {
      const { API } = /** @type {{ API?: Platform }} */ (place);
      if (API) {
        return API;
      }
      place = place.parent === place ? undefined : place.parent;
    }
  }
  return undefined;
}

const api = platform();
const element = /** @type {HTMLElement & { state: any, result: { score: number, complete: boolean } } | null} */ (document.querySelector("downhill-exercise"));

if (api && element) {
  api.LMSInitialize?.("");
  const kept = api.LMSGetValue?.("cmi.suspend_data");
  api.LMSSetValue?.("cmi.core.score.min", "0");
  api.LMSSetValue?.("cmi.core.score.max", "100");
  element.addEventListener("ready", () => restore(kept ?? ""));
  element.addEventListener("result", () => report(api, element));
  addEventListener("pagehide", () => api.LMSFinish?.(""));
}

/** The answers of an earlier visit. @param {string} text */
function restore(text) {
  try {
    if (element && text !== "") {
      element.state = { answers: JSON.parse(text) };
    }
  } catch {
    // If the answers can't be read, the exercise starts without them.
  }
}

/**
 * @param {Platform} api
 * @param {{ state: any, result: { score: number, complete: boolean } }} element
 */
function report(api, { state, result }) {
  api.LMSSetValue?.("cmi.core.score.raw", String(Math.round(100 * result.score)));
  api.LMSSetValue?.("cmi.core.lesson_status", result.complete ? "completed" : "incomplete");
  api.LMSSetValue?.("cmi.suspend_data", JSON.stringify(state.answers));
  api.LMSCommit?.("");
}
