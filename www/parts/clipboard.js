// Copying a text; if the clipboard is not allowed, the text is selected.

import { setText } from "./dom.js";

/**
 * @param {string} text
 * @param {Element} said where the outcome is told
 * @param {() => void} select selects the same text, for the person to copy
 */
export async function copyText(text, said, select) {
  try {
    await navigator.clipboard.writeText(text);
    setText(said, "copied");
    return true;
  } catch {
    select();
    setText(said, "the clipboard can’t be used here; copy the selected text");
    return false;
  }
}

/** Selects what an element contains. @param {Element} element */
export function selectAll(element) {
  const range = document.createRange();
  range.selectNodeContents(element);
  getSelection()?.removeAllRanges();
  getSelection()?.addRange(range);
}
