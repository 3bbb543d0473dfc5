// The button that opens the dialog for sharing an element. What is in it is fetched when it is opened.

import { make } from "./dom.js";
import { button, keepPrivate } from "./private.js";

/**
 * @param {string} title
 * @param {() => Promise<Node[]>} snippets what can be copied
 */
export function shareView(title, snippets) {
  const fields = make("form", { method: "dialog" });
  const dialog = make("dialog", { "aria-label": title }, fields);
  const share = button("Share …", async () => {
    fields.replaceChildren(make("h2", {}, title), ...(await snippets()), make("button", {}, "Close"));
    dialog.showModal();
  });
  keepPrivate(dialog).addEventListener("click", (event) => event.stopPropagation());
  return { element: make("div", {}, share, dialog) };
}
