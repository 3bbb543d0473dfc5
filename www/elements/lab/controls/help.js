// The keys of a lab, shown when the user presses `?`. The list is fetched when it is opened.

import { make } from "../../../parts/dom.js";
import { button } from "../../../parts/private.js";

export function helpView() {
  const form = make("form", { method: "dialog" });
  const dialog = make("dialog", { "aria-label": "Keys" }, form);

  async function open() {
    const { keysList } = await import("./folded.js");
    form.replaceChildren(make("h2", {}, "Keys"), keysList(), make("button", {}, "Close"));
    dialog.showModal();
  }

  return {
    button: button("Keys ?", () => void open(), { "aria-keyshortcuts": "?" }),
    dialog,
    /** Opens the list when `?` is pressed outside a text field. @param {KeyboardEvent} event */
    pressed(event) {
      const isText = /** @type {Element} */ (event.target).matches("textarea, input:not([type=range], [type=checkbox])");
      if (event.key === "?" && !isText && !dialog.open) {
        event.preventDefault();
        void open();
      }
    },
  };
}
