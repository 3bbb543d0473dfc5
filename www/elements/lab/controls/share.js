// The button that opens the dialog for sharing a lab. What is in it is fetched when it is opened.

import { make } from "../../../parts/dom.js";
import { button, keepPrivate } from "../../../parts/private.js";

/**
 * @param {() => import("../../../state/settings.js").State} state
 * @param {string | undefined} site the address of the folder that holds Downhill; without one, only a link can be shared
 */
export function shareView(state, site) {
  const fields = make("form", { method: "dialog" });
  const dialog = make("dialog", { "aria-label": "Share this lab" }, fields);
  const share = button("Share …", async () => {
    const { snippetsOf } = await import("./folded.js");
    fields.replaceChildren(make("h2", {}, "Share this lab"), ...snippetsOf(state(), site), make("button", {}, "Close"));
    dialog.showModal();
  });
  keepPrivate(dialog).addEventListener("click", (event) => event.stopPropagation());
  return { element: make("div", {}, share, dialog) };
}
