// The classes: which one is painted with, their names and colours.

import { make, setText } from "../../../../parts/dom.js";
import { button, keepPrivate } from "../../../../parts/private.js";
import { COLORS, LIMITS } from "../../../../state/segment/project.js";
import { drawSwatch } from "./overlay.js";

/** @typedef {import("../../../../state/segment/project.js").Class} Class */

/**
 * @param {object} acts
 * @param {(k: number) => void} acts.chosen another class is painted with, counted from 1
 * @param {(classes: Class[]) => void} acts.changed another name or colour
 * @param {(classes: Class[]) => void} acts.added one class more, at the end
 * @param {(k: number) => void} acts.removed
 */
export function classesView({ chosen, changed, added, removed }) {
  const list = make("div", { class: "palette", role: "radiogroup", "aria-label": "class to paint" });
  const name = keepPrivate(make("input", { type: "text", "aria-label": "name of the class", maxlength: "40" }), () => edit({ name: name.value.trim() || `class ${k}` }));
  const color = keepPrivate(make("input", { type: "color", "aria-label": "colour of the class" }), () => edit({ color: color.value }));
  const add = button("Add a class", () => added([...classes, fresh(classes)]));
  const remove = button("Remove this class", () => removed(k));
  const element = make("div", { class: "classes" }, list, make("details", {}, make("summary", {}, "Names and colours"), make("div", { class: "choices" }, name, color, remove, add)));
  /** @type {Class[]} */
  let classes = [];
  let k = 1;
  let drawn = "";

  /** @param {Partial<Class>} change */
  function edit(change) {
    changed(classes.map((own, place) => (place === k - 1 ? { ...own, ...change } : own)));
  }

  list.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      event.stopPropagation();
      chosen(1 + ((k - 1 + step + classes.length) % classes.length));
      /** @type {HTMLElement | null} */ (list.querySelector("[aria-checked=true]"))?.focus();
    }
  });

  /** @param {Class} own @param {number} place */
  function item(own, place) {
    const swatch = make("canvas", { width: "16", height: "16", "aria-hidden": "true" });
    drawSwatch(swatch, own, place + 1);
    const isChosen = place + 1 === k;
    const each = button("", () => chosen(place + 1), { role: "radio", "aria-checked": String(isChosen), tabindex: isChosen ? "0" : "-1" });
    each.append(swatch, make("span", {}, own.name));
    return each;
  }

  return {
    elements: [element],
    /** @param {{ classes: Class[], k: number }} next */
    show(next) {
      const now = JSON.stringify([next.classes, next.k]);
      if (now === drawn) {
        return;
      }
      const hasFocus = list.contains(/** @type {Node | null} */ (/** @type {ShadowRoot} */ (list.getRootNode()).activeElement));
      [classes, k, drawn] = [next.classes, next.k, now];
      list.replaceChildren(...classes.map(item));
      if (hasFocus) {
        /** @type {HTMLElement | null} */ (list.querySelector("[aria-checked=true]"))?.focus();
      }
      const own = classes[k - 1];
      name.value = own?.name ?? "";
      color.value = own?.color ?? "#000000";
      setText(remove, `Remove “${own?.name ?? ""}”`);
      add.disabled = classes.length >= LIMITS.classes;
      remove.disabled = classes.length <= 2;
    },
  };
}

/** A class with a colour that no other one has. @param {Class[]} classes @returns {Class} */
function fresh(classes) {
  const color = COLORS.find((each) => !classes.some((own) => own.color === each)) ?? "#999999";
  return { name: `class ${classes.length + 1}`, color };
}
