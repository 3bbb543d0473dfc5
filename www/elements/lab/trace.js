// The printed trace: the output of the deck's program, with the line of the moment marked.

import { make, setText } from "../../parts/dom.js";
import { privateBox } from "../../parts/private.js";

/** A longer trace is shown in parts: its beginning, the lines around the moment, and its end. */
const MOST_LINES = 400;

/** @param {import("./scene.js").Host} host @returns {import("./scene.js").View} */
export function traceView({ redraw, display }) {
  const full = privateBox("all digits", (checked) => {
    display.full = checked;
    redraw();
  });
  const before = make("span");
  const now = make("mark");
  const after = make("span");
  const text = make("pre", { tabindex: "0", role: "group", "aria-label": "printed trace", part: "trace" }, before, now, after);
  const element = make(
    "section",
    { class: "trace" },
    make("h2", {}, "Printed trace"),
    full,
    text,
  );
  return {
    elements: [element],
    show({ lesson, step }) {
      lesson.read((handle, core) => {
        const digits = display.full ? core.Digits.Full : core.Digits.Rounded;
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
