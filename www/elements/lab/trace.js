// The printed trace: what the deck's program writes, with the line of the moment marked.

import { make, setText } from "../../parts/dom.js";

/** A trace of more lines is shown in parts: its begin, the moment and its end. */
const MOST_LINES = 400;

export function traceView() {
  const full = make("input", { type: "checkbox" });
  const before = make("span");
  const now = make("mark");
  const after = make("span");
  const text = make("pre", { tabindex: "0", role: "group", "aria-label": "printed trace", part: "trace" }, before, now, after);
  const element = make(
    "section",
    { class: "trace" },
    make("h2", {}, "Printed trace"),
    make("label", { class: "choice" }, full, " all digits"),
    text,
  );
  return {
    element,
    /** Whether all digits are shown. */
    full: () => full.checked,
    /**
     * @param {import("../../engine/lesson.js").Lesson} lesson
     * @param {number} step
     */
    show(lesson, step) {
      lesson.read((handle, core) => {
        const digits = full.checked ? core.Digits.Full : core.Digits.Rounded;
        const [line, length] = [handle.traceLineOf(step), handle.traceLength];
        const part = (/** @type {number} */ start, /** @type {number} */ end) => handle.traceLines(digits, start, end);
        setText(before, head(line, length, part));
        setText(now, part(line, line + 1));
        setText(after, tail(line, length, part));
      });
    },
  };
}

/** @typedef {(start: number, end: number) => string} Part */

/**
 * @param {number} line
 * @param {number} length
 * @param {Part} part
 */
function head(line, length, part) {
  const whole = length <= MOST_LINES || line <= MOST_LINES / 2;
  return whole ? part(0, line) : `${part(0, MOST_LINES / 4)}…\n${part(line - MOST_LINES / 4, line)}`;
}

/**
 * @param {number} line
 * @param {number} length
 * @param {Part} part
 */
function tail(line, length, part) {
  const whole = length <= MOST_LINES || length - line <= MOST_LINES / 2;
  return whole ? part(line + 1, length) : `${part(line + 1, line + MOST_LINES / 4)}…\n${part(length - MOST_LINES / 4, length)}`;
}
