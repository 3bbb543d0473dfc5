// The line under a control that shows a problem.

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
    /** @param {string} message the problem, or empty if there is none */
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
 * A message as a sentence; an empty one stays empty. A name in backticks at the beginning is not capitalised.
 * @param {string} message
 */
export function sentence(message) {
  return message && `${message[0]?.toUpperCase()}${message.slice(1)}${message.endsWith("?") ? "" : "."}`;
}
