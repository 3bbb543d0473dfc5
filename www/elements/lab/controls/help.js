// The keys of a lab, shown when the user presses `?`.

import { make } from "../../../parts/dom.js";

/** The keys and what they do. */
const SHORTCUTS = /** @type {const} */ ([
  ["Tab", "go to the next control"],
  ["← →", "on a slider: a little less or more; in the timeline: one operation back or forward"],
  ["Home End", "on a slider: the least or the most; in the timeline: the first or the last step"],
  ["Shift + ← →", "in the timeline: one step back or forward"],
  ["Page Up, Page Down", "in the timeline: one epoch back or forward"],
  ["Space", "on the Play button: play or pause"],
  ["Enter", "in the exercise: check the answer and go to the next question"],
  ["?", "show these keys"],
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
    /** Opens the list when `?` is pressed outside a text field. @param {KeyboardEvent} event */
    pressed(event) {
      const isText = /** @type {Element} */ (event.target).matches("textarea, input:not([type=range], [type=checkbox])");
      if (event.key === "?" && !isText && !dialog.open) {
        event.preventDefault();
        dialog.showModal();
      }
    },
  };
}
