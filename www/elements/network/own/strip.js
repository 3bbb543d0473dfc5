// The pictures of a class in a row; each is a button that removes it.

import { make, setText } from "../../../parts/dom.js";
import { heat } from "../../../parts/heat.js";
import { button } from "../../../parts/private.js";
import { roving } from "../understand/roving.js";
import { inSize } from "./collection.js";

/** @typedef {import("./collection.js").Picture} Picture */
/** @typedef {import("./collection.js").Collection} Collection */

/** The latest so many are shown. */
const MOST_SHOWN = 48;

/** @param {(place: number) => void} remove */
export function strip(remove) {
  const row = make("div", { class: "thumbs", role: "group" });
  const more = make("p", { class: "quiet" });
  const settle = roving(row);
  /** Buttons, which are made once for each picture. @type {WeakMap<Picture, ReturnType<typeof thumb>>} */
  const thumbs = new WeakMap();
  /** @type {Picture[]} */
  let shown = [];

  /** @param {Picture} picture */
  function thumbOf(picture) {
    const made = thumbs.get(picture) ?? thumb(() => removed(picture));
    thumbs.set(picture, made);
    return made;
  }

  /** The focus goes to the picture that follows. @param {Picture} picture */
  function removed(picture) {
    const seen = [...row.children].indexOf(thumbOf(picture).element);
    remove(shown.indexOf(picture));
    /** @type {HTMLElement | undefined} */ (row.children[Math.min(seen, row.children.length - 1)])?.focus();
  }

  return {
    elements: [row, more],
    /** @param {Picture[]} pictures @param {string} name of the class @param {Collection} choices */
    show(pictures, name, choices) {
      shown = pictures;
      const latest = pictures.map((picture, place) => ({ picture, place })).slice(-MOST_SHOWN).reverse();
      replace(row, latest.map(({ picture }) => thumbOf(picture).element));
      // Only in the page are there the colours of a theme.
      latest.forEach(({ picture, place }) => thumbOf(picture).show(picture, `remove picture ${place + 1} of ${name}`, choices));
      row.setAttribute("aria-label", `pictures of ${name}, the latest first`);
      row.hidden = pictures.length === 0;
      setText(more, pictures.length > MOST_SHOWN ? `and ${pictures.length - MOST_SHOWN} earlier ones` : "");
      settle();
    },
  };
}

/** Children that stay where they are keep the focus. @param {HTMLElement} row @param {HTMLElement[]} children */
function replace(row, children) {
  if (children.length !== row.children.length || children.some((child, place) => child !== row.children[place])) {
    row.replaceChildren(...children);
  }
}

/** @param {() => void} remove */
function thumb(remove) {
  const { canvas, show } = heat("");
  const element = button("", remove, { class: "thumb" });
  canvas.setAttribute("aria-hidden", "true");
  element.append(canvas, make("span", { "aria-hidden": "true" }, "×"));
  return {
    element,
    /** @param {Picture} picture @param {string} label @param {Collection} choices */
    show(picture, label, choices) {
      element.setAttribute("aria-label", label);
      element.title = label;
      show({ shape: choices.size, values: inSize(picture, choices), colour: "ink", most: 1 });
    },
  };
}
