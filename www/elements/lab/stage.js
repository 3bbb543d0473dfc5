// The place of each view of a lab. The place of a view that is fetched later is empty until then.

import { make } from "../../parts/dom.js";
import { VIEWS } from "./views.js";

/** @typedef {import("./scene.js").View} View */
/** @typedef {{ row: import("./views.js").Row, slot: HTMLElement, view: View | undefined }} Place */

/** @param {import("./scene.js").Host} host */
export function stage(host) {
  /** @type {Place[]} */
  const places = VIEWS.map((row) => ({ row, slot: make("div", { class: "slot" }), view: undefined }));
  places.forEach((place) => place.row.make && fill(place, place.row.make));

  /** @param {Place} place @param {import("./views.js").Make} makeView */
  function fill(place, makeView) {
    place.view = makeView(host);
    place.slot.append(...place.view.elements);
    place.view.picture?.connect();
  }

  return {
    places,
    /** What is shown and hidden with each view. */
    elements: () => Object.fromEntries(places.map(({ row, slot, view }) => [row.name, view?.track ? [slot, view.track] : [slot]])),
    views: () => places.flatMap(({ view }) => view ?? []),
    /** The places of views that are fetched later. */
    waiting: places.filter(({ row }) => row.isLate).map(({ slot }) => slot),
    /** Fetches the views that are not there yet. */
    async complete() {
      /** @type {Record<string, import("./views.js").Make>} */
      const late = await import("./late.js");
      for (const place of places.filter(({ view }) => !view)) {
        fill(place, /** @type {import("./views.js").Make} */ (late[place.row.name]));
      }
    },
    ...paired(places),
  };
}

/**
 * The slots in order; those of neighbours that are paired stand in one element, which is absent if none of them is shown.
 * @param {Place[]} places
 */
function paired(places) {
  /** @type {HTMLElement[]} */
  const slots = [];
  const groups = /** @type {[HTMLElement, string[]][]} */ ([]);
  places.forEach(({ row, slot }, index) => {
    const [pair, names] = (places[index - 1]?.row.paired && groups.at(-1)) || [];
    if (row.paired && pair && names) {
      pair.append(slot);
      names.push(row.name);
    } else {
      slots.push(row.paired ? make("div", { class: "pair" }, slot) : slot);
      groups.push(.../** @type {[HTMLElement, string[]][]} */ (row.paired ? [[slots.at(-1), [row.name]]] : []));
    }
  });
  return { slots, groups };
}
