// A text as a row of characters, of which one is chosen; below each one a bar.

import { make, setText } from "../../../../parts/dom.js";
import { shownToken } from "../../../../state/shown.js";
import { roving } from "../../understand/roving.js";

/**
 * @typedef {object} Shown
 * @property {string[]} characters
 * @property {number} chosen
 * @property {number} first the first position that the chosen one sees
 * @property {string[]} notes what is said of each character
 * @property {number[]} shares how long each bar is, from 0 to 1
 */

/** @param {(position: number) => void} choose */
export function characterRow(choose) {
  const element = make("div", { class: "letters", role: "listbox", "aria-orientation": "horizontal", "aria-label": "characters of the window" });
  /** @type {HTMLButtonElement[]} */
  let cells = [];
  roving(element);
  // Arrow keys move the focus, and the choice goes with it.
  for (const event of ["focusin", "click"]) {
    element.addEventListener(event, ({ target }) => chosen(/** @type {Element} */ (target).closest("button")));
  }

  /** @param {HTMLButtonElement | null} cell */
  function chosen(cell) {
    if (cell && cell.getAttribute("aria-selected") !== "true") {
      choose(cells.indexOf(cell));
    }
  }

  /** @param {number} count */
  function build(count) {
    cells = Array.from({ length: count }, () => make("button", { type: "button", role: "option" }, make("bdi"), make("span", { class: "push" })));
    element.replaceChildren(...cells);
  }

  return {
    element,
    /** @param {Shown} shown */
    show({ characters, chosen, first, notes, shares }) {
      if (cells.length !== characters.length) {
        build(characters.length);
      }
      cells.forEach((cell, place) => {
        const text = shownToken(characters[place] ?? "");
        setText(/** @type {Element} */ (cell.firstElementChild), text);
        cell.setAttribute("aria-label", `${text}, position ${place + 1}`);
        cell.setAttribute("aria-selected", String(place === chosen));
        cell.tabIndex = place === chosen ? 0 : -1;
        cell.title = notes[place] ?? "";
        cell.classList.toggle("seen", place >= first && place <= chosen);
        cell.classList.toggle("first", place === first);
        cell.style.setProperty("--share", String(shares[place] ?? 0));
      });
    },
  };
}
