// Buttons in rows with one tab stop: the arrow keys go from one to another.

/**
 * @param {HTMLElement} element around the buttons
 * @returns {() => void} to call when its buttons have changed
 */
export function roving(element) {
  element.addEventListener("keydown", walk);
  element.addEventListener("focusin", (event) => hold(/** @type {Element} */ (event.target).closest("button")));

  const all = () => [...element.querySelectorAll("button")];

  /** The button that the tab key reaches. @param {HTMLButtonElement | null | undefined} button */
  function hold(button) {
    if (button) {
      all().forEach((other) => (other.tabIndex = other === button ? 0 : -1));
    }
  }

  /** @param {KeyboardEvent} event */
  function walk(event) {
    const from = /** @type {Element} */ (event.target).closest("button");
    const to = from && !event.ctrlKey && !event.metaKey && !event.altKey ? reached(all(), from, event.key) : undefined;
    if (to) {
      event.preventDefault();
      to.focus();
    }
  }

  return () => {
    const buttons = all();
    hold(buttons.find(({ tabIndex }) => tabIndex === 0) ?? buttons[0]);
  };
}

/** @param {HTMLButtonElement[]} buttons @param {HTMLButtonElement} from @param {string} key */
function reached(buttons, from, key) {
  const place = buttons.indexOf(from);
  /** @type {Record<string, () => HTMLButtonElement | undefined>} */
  const keys = {
    ArrowRight: () => buttons[place + 1],
    ArrowLeft: () => buttons[place - 1],
    ArrowDown: () => nearestBelow(buttons.slice(place + 1), from),
    ArrowUp: () => nearestBelow(buttons.slice(0, place).reverse(), from),
    Home: () => buttons[0],
    End: () => buttons.at(-1),
  };
  return keys[key]?.() ?? (key in keys ? from : undefined);
}

/**
 * The button of the next row that is nearest across; rows are what lies at the same height.
 * @param {HTMLButtonElement[]} candidates in order, the next first
 * @param {HTMLButtonElement} from
 */
function nearestBelow(candidates, from) {
  const start = from.getBoundingClientRect();
  const boxes = candidates.map((button) => ({ button, box: button.getBoundingClientRect() }));
  const row = boxes.find(({ box }) => Math.abs(box.top - start.top) > box.height / 2)?.box.top;
  const inRow = boxes.filter(({ box }) => row !== undefined && Math.abs(box.top - row) < box.height / 2);
  return inRow.sort((one, other) => Math.abs(one.box.left - start.left) - Math.abs(other.box.left - start.left))[0]?.button;
}
