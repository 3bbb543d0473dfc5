// The input with the window on it, and the output with the number that comes of it. The window is
// dragged on either.

import { make } from "../../../parts/dom.js";
import { dragging } from "../../../parts/dragging.js";
import { heat } from "../../../parts/heat.js";
import { keepPrivate } from "../../../parts/private.js";
import { cornerOf, paddedChannel, paddedSize, placesOf, rowAndColumn } from "./window.js";

/** @typedef {import("./window.js").Sliding} Sliding */
/** @typedef {[rows: number, columns: number]} Size */
/** @typedef {{ corner: Size, size: Size, whole: Size }} Part */

/**
 * @param {string} title
 * @param {(row: number, column: number) => number} placeAt the place of the window for a point, as shares of the height and the width
 * @param {(place: number) => void} go
 */
function markedMap(title, placeAt, go) {
  const map = heat(title);
  const [mark, edge] = [make("span", { class: "patch" }), make("span", { class: "patch edge", hidden: "" })];
  const caption = make("figcaption", { class: "quiet" }, title);
  const element = keepPrivate(make("figure", { class: "map" }, make("div", { class: "photo" }, map.canvas, edge, mark), caption));
  const drag = dragging(map.canvas, (x, y, width, height) => [placeAt(y / height, x / width)]);
  map.canvas.addEventListener("input", () => go(drag.place()?.[0] ?? 0));
  return { ...map, element, caption, mark: (/** @type {Part} */ part) => lay(mark, part), edge: (/** @type {Part} */ part) => lay(edge, part) };
}

/** Lays an outline over a part of a picture. @param {HTMLElement} outline @param {Part} part */
function lay(outline, { corner, size, whole }) {
  const share = (/** @type {number} */ part, /** @type {number} */ all) => `${(100 * part) / all}%`;
  outline.hidden = false;
  Object.assign(outline.style, { top: share(corner[0], whole[0]), left: share(corner[1], whole[1]), height: share(size[0], whole[0]), width: share(size[1], whole[1]) });
}

/** @param {(place: number) => void} go */
export function windowMaps(go) {
  /** @type {Sliding | undefined} */
  let sliding;
  const input = markedMap("input", (down, across) => (sliding ? nearest(sliding, paddedSize(sliding), down, across, sliding.kernel, sliding.stride) : 0), go);
  const output = markedMap("output", (down, across) => (sliding ? nearest(sliding, sliding.output, down, across, [1, 1], [1, 1]) : 0), go);

  return {
    element: make("div", { class: "maps" }, input.element, output.element),
    /**
     * @param {Sliding} next
     * @param {{ input: ArrayLike<number>, output: ArrayLike<number>, colour: "value" | "gradient", channel: number, filter: number, place: number, names: [string, string] }} what
     */
    show(next, { input: values, output: answers, colour, channel, filter, place, names }) {
      sliding = next;
      const [padded, corner, places] = [paddedSize(next), cornerOf(next, place), placesOf(next)];
      input.show({ shape: padded, values: paddedChannel(next, values, channel), colour: "value" });
      output.show({ shape: next.output, values: Array.prototype.slice.call(answers, filter * places, (filter + 1) * places), colour });
      input.edge({ corner: next.padding, size: next.input, whole: padded });
      input.mark({ corner: [corner[0] + next.padding[0], corner[1] + next.padding[1]], size: next.kernel, whole: padded });
      output.mark({ corner: rowAndColumn(next, place), size: [1, 1], whole: next.output });
      [input, output].forEach((map, index) => {
        map.caption.textContent = names[index] ?? "";
        map.describe(`${names[index]}, with the ${index === 0 ? "window" : "place"} outlined`);
      });
    },
  };
}

/**
 * The place whose window is nearest to a point.
 * @param {Sliding} sliding
 * @param {Size} whole what the point is a share of
 * @param {number} down
 * @param {number} across
 * @param {Size} size of a window on it
 * @param {Size} stride
 */
function nearest({ output: [rows, columns] }, whole, down, across, size, stride) {
  const along = (/** @type {number} */ share, /** @type {0 | 1} */ axis, /** @type {number} */ count) => Math.max(0, Math.min(count - 1, Math.round((share * whole[axis] - size[axis] / 2) / stride[axis])));
  return along(down, 0, rows) * columns + along(across, 1, columns);
}
