// Shows, hides and locks the parts of an element by name.

/**
 * Shows parts by the attributes `views` (nothing else is shown), `hide` and `lock` (shown, but not to
 * be changed).
 * @param {Record<string, HTMLElement[]>} elements of all parts
 * @param {readonly string[]} controls the parts that can be locked
 * @param {[HTMLElement, string[]][]} groups elements that are hidden if none of their parts is shown
 */
export function visibility(elements, controls, groups) {
  const parts = Object.keys(elements);
  const lists = /** @type {Record<string, string | null>} */ ({ views: null, hide: null, lock: null });
  let shown = new Set(parts);

  /** The parts that a list names. @param {string} attribute */
  const listed = (attribute) => new Set(namesIn(lists[attribute] ?? null));

  /** The controls inside a part; those that come later are locked when they are shown. */
  function lock() {
    const locked = listed("lock");
    for (const name of controls) {
      controlsIn(elements[name] ?? []).forEach((control) => control.toggleAttribute("disabled", locked.has(name)));
    }
  }

  function arrange() {
    const [views, hidden] = [listed("views"), listed("hide")];
    shown = new Set(parts.filter((name) => (lists.views === null || views.has(name)) && !hidden.has(name)));
    parts.forEach((name) => elements[name]?.forEach((element) => element.toggleAttribute("data-hidden", !shown.has(name))));
    for (const [element, names] of groups) {
      const isShown = names.some((name) => shown.has(name));
      element.toggleAttribute("data-hidden", !isShown);
      // A part that is requested by name is shown.
      if (element instanceof HTMLDetailsElement && lists.views !== null) {
        element.open = isShown;
      }
    }
  }

  return {
    /** Takes an attribute, and returns a message if it is wrong. @param {string} attribute @param {string | null} text */
    set(attribute, text) {
      lists[attribute] = text;
      arrange();
      lock();
      const unknown = namesIn(text).find((name) => !parts.includes(name));
      return unknown === undefined ? "" : `there is no part \`${unknown.slice(0, 40)}\`; the parts are ${parts.join(", ")}`;
    },
    lock,
    /** Marks the parts that a list names, and no others. @param {string} list */
    light(list) {
      const lit = namesIn(list);
      parts.forEach((name) => elements[name]?.forEach((element) => element.toggleAttribute("data-lit", lit.includes(name))));
    },
    /** The part that contains something. @param {Node | null} inside */
    around: (inside) => parts.find((name) => elements[name]?.some((element) => element.contains(inside))),
    /** The parts that are shown. */
    shown: () => [...shown],
    /** Whether a part is shown; hidden parts are not updated. @param {string} part */
    isShown: (part) => shown.has(part),
    /** Whether a person may not change what a control is for. @param {string} control */
    isLocked: (control) => listed("lock").has(control),
  };
}

/** Names with blanks or commas between them. @param {string | null} list */
function namesIn(list) {
  return (list ?? "").split(/[\s,]+/).filter((name) => name !== "");
}

/** @param {HTMLElement[]} elements */
function controlsIn(elements) {
  const inside = elements.flatMap((element) => [...element.querySelectorAll("input, select, textarea, button")]);
  return [...inside, ...elements.filter((element) => element instanceof HTMLButtonElement)];
}
