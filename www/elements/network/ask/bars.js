// Bars for the probabilities of the classes, with their numbers.

import { make, setText } from "../../../parts/dom.js";

export function bars() {
  const body = make("tbody", {});
  const head = make("tr", {}, make("th", { scope: "col" }, "class"), make("th", { scope: "col", colspan: "2" }, "probability"));
  const element = make("table", { class: "bars" }, make("thead", {}, head), body);
  /** @type {{ row: HTMLElement, bar: HTMLElement, number: HTMLElement }[]} */
  let rows = [];

  return {
    element,
    /** @param {string[]} classes */
    name(classes) {
      rows = classes.map(() => ({ row: make("tr"), bar: make("div", { class: "bar" }), number: make("td") }));
      rows.forEach(({ row, bar, number }, place) => row.append(make("th", { scope: "row" }, classes[place] ?? ""), make("td", {}, bar), number));
      body.replaceChildren(...rows.map(({ row }) => row));
    },
    /** @param {number[] | undefined} chances one for each class; none if nothing is asked @param {number} winner */
    show(chances, winner) {
      rows.forEach(({ row, bar, number }, place) => {
        const chance = chances?.[place] ?? NaN;
        bar.style.width = `${Number.isFinite(chance) ? 100 * chance : 0}%`;
        setText(number, Number.isFinite(chance) ? chance.toFixed(3) : "–");
        row.classList.toggle("winner", chances !== undefined && place === winner);
      });
    },
  };
}
