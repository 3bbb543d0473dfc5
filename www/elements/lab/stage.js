// The place of each view of a lab. The place of a view that is fetched later is empty until then.

import { make } from "../../parts/dom.js";
import { VIEWS } from "./views.js";

/** @typedef {import("./scene.js").View} View */
/** @typedef {{ row: import("./views.js").Row, slot: HTMLElement, view: View | undefined }} Place */

/** @param {import("./scene.js").Host} host */
export function stage(host) {
  /** @type {Place[]} */
  const places = VIEWS.map((row) => ({ row, slot: slotOf(row), view: undefined }));
  places.forEach((place) => place.row.make && fill(place, place.row.make));

  // Above the settings, and below them.
  const pictures = (/** @type {string} */ name, /** @type {typeof isFirst} */ belongs) => make("div", { class: name }, ...places.filter(belongs).map(({ slot }) => slot));
  const [first, others] = [pictures("pictures first", isFirst), pictures("pictures", isOther)];
  const namesOf = (/** @type {typeof isFirst} */ belongs) => places.filter(belongs).map(({ row }) => row.name);

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
    waiting: places.filter(({ row }) => !row.make).map(({ slot }) => slot),
    /** Fetches the views that are not there yet, and adds them when they can be drawn. @param {Promise<unknown>} engine the whole one */
    async complete(engine) {
      /** @type {[Record<string, import("./views.js").Make>, unknown]} */
      const [late] = await Promise.all([import("./late.js"), engine]);
      for (const place of places.filter(({ view }) => !view)) {
        fill(place, /** @type {import("./views.js").Make} */ (late[place.row.name]));
      }
    },
    first,
    others,
    /** Elements that are hidden if none of their views is shown. @type {[HTMLElement, string[]][]} */
    groups: [[first, namesOf(isFirst)], [others, namesOf(isOther)]],
  };
}

/** @param {import("./views.js").Row} row */
function slotOf({ isPicture, room = 0 }) {
  const slot = make("div", { class: isPicture ? "slot shared" : "slot" });
  slot.style.setProperty("--room", `${room}px`);
  return slot;
}

/** @param {Place} place */
const isFirst = ({ row }) => row.isFirst ?? false;
/** @param {Place} place */
const isOther = (place) => !isFirst(place);
