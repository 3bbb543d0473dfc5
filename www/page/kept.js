// The answers that a reader keeps on this device, for each page and seed. A page reads them at its
// beginning; they are written by the summary, which comes later.

/** @typedef {HTMLElement & { state: any, result?: import("../parts/result.js").Result }} Asked */

export const KEY = `downhill:answers:${location.pathname}?${new URLSearchParams(location.search).get("seed") ?? ""}`;

/** The questions and exercises of the page, in order. */
export function asked() {
  return /** @type {Asked[]} */ ([...document.querySelectorAll("main :is(downhill-question, downhill-exercise)")]);
}

/** What was kept, by names; nothing if the reader does not want it, or if the browser keeps nothing. @returns {Record<string, unknown> | undefined} */
export function keptAnswers() {
  try {
    const text = localStorage.getItem(KEY);
    return text === null ? undefined : Object(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Each question gets its kept answer when it is ready; returns whether there are any. */
export function resumeAnswers() {
  const kept = keptAnswers();
  const resume = (/** @type {Event} */ { target }) => {
    const element = /** @type {Asked} */ (target);
    const name = nameOf(element, asked().indexOf(element));
    if (kept?.[name]) {
      element.state = kept[name];
      delete kept[name];
    }
  };
  if (kept) {
    addEventListener("ready", resume, true);
  }
  return kept !== undefined;
}

/** Answers to a page that has changed since are not given to other questions. @param {Element} element @param {number} place */
export function nameOf(element, place) {
  return `${place} ${element.getAttribute("of") ?? ""}`;
}
