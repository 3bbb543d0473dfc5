// Exercises and questions as a SCORM 1.2 package: they report their score to the learning platform.

import "./page/inlined.js";
import { combined } from "./parts/result.js";

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
const elements = /** @type {(HTMLElement & { state: any, result: import("./parts/result.js").Result })[]} */ ([...document.querySelectorAll("downhill-exercise, downhill-question")]);

if (api && elements.length > 0) {
  api.LMSInitialize?.("");
  const kept = api.LMSGetValue?.("cmi.suspend_data");
  api.LMSSetValue?.("cmi.core.score.min", "0");
  api.LMSSetValue?.("cmi.core.score.max", "100");
  const states = keptStates(kept ?? "");
  elements.forEach((element, place) => {
    element.addEventListener("ready", () => states[place] && (element.state = states[place]));
    element.addEventListener("result", () => report(api));
  });
  addEventListener("pagehide", () => api.LMSFinish?.(""));
}

/** The answers of an earlier visit, for each element, with its attempts. @param {string} text @returns {unknown[]} */
function keptStates(text) {
  try {
    const states = text === "" ? [] : JSON.parse(text);
    return Array.isArray(states) ? states : [{ answers: states }];
  } catch {
    // If the answers can't be read, the exercise starts without them.
    return [];
  }
}

/** @param {Platform} api */
function report(api) {
  const result = combined(elements.map((element) => element.result));
  api.LMSSetValue?.("cmi.core.score.raw", String(Math.round(100 * result.score)));
  api.LMSSetValue?.("cmi.core.lesson_status", result.complete ? "completed" : "incomplete");
  const states = elements.map(({ state: { answers, tries } }) => ({ answers, tries }));
  api.LMSSetValue?.("cmi.suspend_data", JSON.stringify(states));
  api.LMSCommit?.("");
}
