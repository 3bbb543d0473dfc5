// The parts of a lab that a page shows, hides and locks, by their names.

/** What is changed by hand. */
export const CONTROLS = /** @type {const} */ (["lr", "lesson", "init", "epochs", "training", "model", "data", "reset", "share"]);

/** What is looked at. */
export const VIEWS = /** @type {const} */ (["status", "verdict", "curve", "landscape", "fit", "fates", "graph", "timeline", "update", "derivation", "code", "trace", "numbers"]);

/** @typedef {(typeof CONTROLS)[number] | (typeof VIEWS)[number]} Part */

const PARTS = /** @type {readonly string[]} */ ([...CONTROLS, ...VIEWS]);

/**
 * The parts that a list names; what is no part is told.
 * @param {string | null} list names with blanks or commas between them
 * @returns {{ parts: Set<string>, unknown: string[] }}
 */
function named(list) {
  const names = (list ?? "").split(/[\s,]+/).filter((name) => name !== "");
  const [known, unknown] = [names.filter((name) => PARTS.includes(name)), names.filter((name) => !PARTS.includes(name))];
  return { parts: new Set(known), unknown };
}

/**
 * Shows parts by the attributes `views` (nothing else is shown), `hide` and `lock` (shown, but not to
 * be changed).
 * @param {Record<Part, HTMLElement[]>} elements
 * @param {[HTMLElement, Part[]][]} groups what is not there without one of its parts
 */
export function partsOf(elements, groups) {
  const lists = /** @type {Record<string, string | null>} */ ({ views: null, hide: null, lock: null });
  let shown = new Set(PARTS);

  /** The controls inside a part; those that come later are locked when they are shown. */
  function lock() {
    const { parts } = named(lists.lock ?? null);
    for (const name of CONTROLS) {
      const controls = elements[name].flatMap((element) => [...element.querySelectorAll("input, select, textarea, button"), ...(element instanceof HTMLButtonElement ? [element] : [])]);
      controls.forEach((control) => control.toggleAttribute("disabled", parts.has(name)));
    }
  }

  return {
    /** Takes an attribute; what is wrong with it is returned in words. @param {string} attribute @param {string | null} text */
    set(attribute, text) {
      lists[attribute] = text;
      const [views, hidden] = [named(lists.views ?? null), named(lists.hide ?? null)];
      shown = new Set(PARTS.filter((name) => (lists.views === null || views.parts.has(name)) && !hidden.parts.has(name)));
      for (const name of /** @type {Part[]} */ (PARTS)) {
        elements[name].forEach((element) => element.toggleAttribute("data-hidden", !shown.has(name)));
      }
      for (const [element, names] of groups) {
        const isShown = names.some((name) => shown.has(name));
        element.toggleAttribute("data-hidden", !isShown);
        // What is asked for by its name is there to be looked at.
        if (element instanceof HTMLDetailsElement && lists.views !== null) {
          element.open = isShown;
        }
      }
      lock();
      const unknown = named(text).unknown[0];
      return unknown === undefined ? "" : `there is no part \`${unknown.slice(0, 40)}\`; there are ${PARTS.join(", ")}`;
    },
    lock,
    /** Whether a part is shown; what is not shown costs nothing. @param {Part} part */
    isShown: (part) => shown.has(part),
    /** Whether a person may not change a setting. @param {string} part */
    isLocked: (part) => named(lists.lock ?? null).parts.has(part),
  };
}

/** The part in which a setting is changed. @param {string} key */
export function partOf(key) {
  return /** @type {readonly string[]} */ (CONTROLS).includes(key) ? key : key === "at" ? "timeline" : "training";
}
