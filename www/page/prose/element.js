// The element that a word of the text is about.

/**
 * An element beside the text; only a lab has what is optional.
 * @typedef {HTMLElement & { state: any, run?: any, verdict?: any, parts?: string[], changeable?: string[], take?(settings: object): void, highlight?(names: string): void, predict?(input: number): any }} Neighbour
 */

const BOUND = "downhill-lab, downhill-autograd";
const SCOPE = "section, article, main, body";

/**
 * The element whose id `data-for` gives; otherwise the first one of the section, or of what is around it.
 * @param {Element} word
 * @returns {Neighbour | null}
 */
export function elementOf(word) {
  const id = word.getAttribute("data-for");
  if (id !== null) {
    return /** @type {Neighbour | null} */ (document.getElementById(id));
  }
  let scope = word.closest(SCOPE);
  while (scope && !scope.querySelector(BOUND)) {
    scope = scope.parentElement?.closest(SCOPE) ?? null;
  }
  return scope?.querySelector(BOUND) ?? null;
}
