// Text that can be touched: its numbers follow the element of their section, those that are settings
// can be dragged, and words point at parts of the lab.

import { written } from "../../parts/numbers.js";
import { setText } from "../../parts/dom.js";
import { startDragging } from "./dragging.js";
import { elementOf } from "./element.js";
import { startKeys } from "./keys.js";
import { startPointing } from "./pointing.js";
import { readerOf } from "./reader.js";
import { sheet } from "./sheet.js";
import { dressNumber, dressWord } from "./words.js";

/** The attributes of a lab that say what can be touched. */
const ARRANGEMENT = ["views", "hide", "lock"];

let frame = 0;
let started = false;

/** Begins once, and looks at the page again whenever it is called. @param {Document} page */
export function touch(page) {
  refresh(page);
  if (started) {
    return;
  }
  started = true;
  page.adoptedStyleSheets.push(sheet());
  // Elements can be added, removed and replaced, so the page listens, and not each of them.
  for (const event of ["input", "change", "ready"]) {
    page.addEventListener(event, ({ target }) => /** @type {Element} */ (target).localName?.startsWith("downhill-") && refresh(page), { capture: true });
  }
  new MutationObserver(() => refresh(page)).observe(page, { subtree: true, attributeFilter: ARRANGEMENT });
  startDragging(page);
  startKeys(page);
  startPointing(page);
}

/** However many events there are, the text is written once in a frame, like the pictures. @param {Document} page */
function refresh(page) {
  cancelAnimationFrame(frame);
  frame = requestAnimationFrame(() => write(page));
}

/** @param {Document} page */
function write(page) {
  /** @type {Map<Element | null, ReturnType<typeof readerOf>>} */
  const readers = new Map();
  for (const place of page.querySelectorAll("[data-number]")) {
    const element = elementOf(place);
    const reader = readers.get(element) ?? readerOf(element);
    readers.set(element, reader);
    void writeNumber(/** @type {HTMLElement} */ (place), element, reader);
  }
  page.querySelectorAll("[data-shows]").forEach((word) => dressWord(word, elementOf(word)));
}

/**
 * If the number is not known, the text stays unchanged.
 * @param {HTMLElement} place
 * @param {import("./element.js").Neighbour | null} element
 * @param {ReturnType<typeof readerOf>} reader
 */
async function writeNumber(place, element, reader) {
  const text = place.dataset.number ?? "";
  const handle = reader.handle(text);
  dressNumber(place, handle && element?.changeable?.includes(handle.key) ? handle : undefined);
  const number = handle ? handle.value : await reader.read(text);
  if (typeof number === "number") {
    setText(place, written(number));
  }
}
