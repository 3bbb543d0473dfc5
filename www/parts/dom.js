// Creating elements.

let ids = 0;

/** An id that no other element of this page has. */
export function uniqueId() {
  ids += 1;
  return `downhill-${ids}`;
}

/**
 * An element with attributes and children; an attribute that is undefined is left out.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | undefined>} [attributes]
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) {
      element.setAttribute(name, value);
    }
  }
  element.append(...children);
  return element;
}

/** Says that a field was changed, as if a person had typed in it. @param {HTMLElement} field */
export function announceEdit(field) {
  for (const event of ["input", "change"]) {
    field.dispatchEvent(new Event(event, { bubbles: true }));
  }
}

/**
 * Sets a text only where it differs, so that an unchanged line is neither laid out nor spoken again.
 * @param {Element} element
 * @param {string} text
 */
export function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}
