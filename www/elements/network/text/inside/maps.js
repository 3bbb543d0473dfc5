// One layer of a network for text as heat maps, in columns below the characters.

import { make, setText } from "../../../../parts/dom.js";
import { heat } from "../../../../parts/heat.js";
import { placeChoice } from "../../understand/options.js";
import { columnOf } from "./numbers.js";

/** @typedef {import("../element.js").TextScene} Scene */
/** @typedef {import("./numbers.js").Seen} Seen */
/** @typedef {Map<string, Seen>} Tensors */

/** What the lines of a layer are, by the letter they begin with. @type {Record<string, string>} */
const MEANINGS = { g: "gates, from 0 (closed) to 1 (open)", a: "numbers before tanh or relu", h: "channels" };
/** How high a channel is, in CSS pixels. */
const HIGH = 6;

/** @param {() => void} changed */
export function layerMaps(changed) {
  const layers = placeChoice("layer", changed);
  const none = make("p", { class: "quiet" });
  const maps = [layerMap(), layerMap()];
  return {
    choice: layers.element,
    elements: [none, ...maps.map(({ element }) => element)],
    /** @param {Scene} scene @param {Tensors} tensors @param {number} window @param {number} chosen */
    show({ core }, tensors, window, chosen) {
      const count = layersIn(tensors, window);
      layers.offer(Array.from({ length: count }, (_, place) => String(place + 1)));
      layers.element.hidden = count === 0;
      setText(none, count === 0 ? "This program has no layers with a line `h1` for each position." : "");
      const layer = layers.place + 1;
      const first = tensors.has(`g${layer}`) ? `g${layer}` : `a${layer}`;
      [first, `h${layer}`].forEach((name, place) => maps[place]?.show(core, name, count > 0 ? tensors.get(name) : undefined, chosen));
    },
  };
}

/** How many layers there are: lines h1, h2 and so on with a column for each position. @param {Tensors} tensors @param {number} window */
function layersIn(tensors, window) {
  let count = 0;
  while (tensors.get(`h${count + 1}`)?.shape.length === 2 && tensors.get(`h${count + 1}`)?.shape[1] === window) {
    count += 1;
  }
  return count;
}

function layerMap() {
  const map = heat("layer");
  const caption = make("p", { class: "quiet" });
  const element = make("div", { class: "gates" }, caption, map.canvas);
  return {
    element,
    /** @param {Scene["core"]} core @param {string} name @param {Seen | undefined} seen @param {number} chosen */
    show(core, name, seen, chosen) {
      element.hidden = !seen;
      if (seen) {
        const { shape, value: values } = seen;
        const kind = name.charAt(0);
        map.show({ shape, values, colour: "value", ...(kind === "g" && { most: 1 }) });
        map.canvas.style.height = `${HIGH * (shape[0] ?? 1)}px`;
        const text = `${name}: ${MEANINGS[kind]}. At the chosen position ${rangeOf(core, columnOf(values, shape[1] ?? 1, chosen))}; everywhere ${rangeOf(core, values)}.`;
        setText(caption, text);
        map.describe(`${shape.join(" by ")} numbers, channels by characters. ${text}`);
      }
    },
  };
}

/** @param {Scene["core"]} core @param {Float64Array} values */
function rangeOf(core, values) {
  const [least, most] = [values.reduce((a, b) => Math.min(a, b), Infinity), values.reduce((a, b) => Math.max(a, b), -Infinity)];
  return `${core.shortNumber(least)} to ${core.shortNumber(most)}`;
}
