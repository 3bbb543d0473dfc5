// Text with numbers that follow the elements, and with words for their parts. What it needs is
// fetched after the first picture, and only when such text is near the visible part of the page.

import { near } from "../parts/near.js";

export function startProse() {
  // An element that comes later may be the first one beside such text. The event does not bubble.
  document.addEventListener("ready", () => void whenNear(), { capture: true });
}

async function whenNear() {
  const words = [...document.querySelectorAll("[data-number], [data-shows]")];
  if (words.length > 0) {
    // What is folded away is never near.
    await near(words.map((word) => word.closest("section") ?? word), new AbortController().signal);
    const { touch } = await import("./others.js");
    touch(document);
  }
}
