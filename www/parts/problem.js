// The line under a control that says what is wrong with it.

import { make, setText, uniqueId } from "./dom.js";

/**
 * A line for problems of `field`, which it is tied to for screen readers.
 * @param {HTMLElement} field
 */
export function problemLine(field) {
  const line = make("p", { class: "problem", id: uniqueId(), "aria-live": "polite" });
  field.setAttribute("aria-describedby", line.id);
  return {
    line,
    /** @param {string} message what is wrong; empty when nothing is */
    fail(message) {
      setText(line, sentence(message));
      field.toggleAttribute("aria-invalid", false);
      if (message) {
        field.setAttribute("aria-invalid", "true");
      }
    },
  };
}

/**
 * A message as a sentence; an empty one stays empty. What begins with a name in backticks keeps it as it is.
 * @param {string} message
 */
export function sentence(message) {
  return message && `${message[0]?.toUpperCase()}${message.slice(1)}${message.endsWith("?") ? "" : "."}`;
}
