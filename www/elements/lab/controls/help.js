// The keys of a lab, told when somebody presses `?`.

import { make } from "../../../parts/dom.js";

/** What the keys do, and where. */
const SHORTCUTS = /** @type {const} */ ([
  ["Tab", "to the next control, and into the pictures’ own"],
  ["← →", "on a slider: a little less, a little more; in the row of the timeline: one operation back, one on"],
  ["Home End", "on a slider: the least, the most; in the row of the timeline: the first step, the last"],
  ["Shift + ← →", "in the row of the timeline: one step back, one on"],
  ["Page Up, Page Down", "in the row of the timeline: one epoch back, one on"],
  ["Space", "on Play: play, and pause"],
  ["Enter", "in the exercise: check, and go on to the next number"],
  ["?", "these keys"],
]);

export function helpView() {
  const rows = SHORTCUTS.flatMap(([keys, words]) => [make("dt", {}, make("kbd", {}, keys)), make("dd", {}, words)]);
  const form = make("form", { method: "dialog" }, make("h2", {}, "Keys"), make("dl", {}, ...rows), make("button", {}, "Close"));
  const dialog = make("dialog", { "aria-label": "Keys" }, form);
  const button = make("button", { type: "button", "aria-keyshortcuts": "?" }, "Keys ?");
  button.addEventListener("click", () => dialog.showModal());
  return {
    button,
    dialog,
    /** Opens it for a `?` that is typed nowhere else. @param {KeyboardEvent} event */
    pressed(event) {
      const isText = /** @type {Element} */ (event.target).matches("textarea, input:not([type=range], [type=checkbox])");
      if (event.key === "?" && !isText && !dialog.open) {
        event.preventDefault();
        dialog.showModal();
      }
    },
  };
}
