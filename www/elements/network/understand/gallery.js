// Pictures of the data as buttons: picking one shows it in all views.

import { make } from "../../../parts/dom.js";
import { button } from "../../../parts/private.js";
import { roving } from "./roving.js";

/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("../scene.js").Host} Host */
/** @typedef {import("../../../engine/dataset.js").Dataset} Dataset */

/**
 * @typedef {object} Item
 * @property {number} sample
 * @property {string} label what a screen reader says of it, before the lines
 * @property {string[]} lines what stands below it
 * @property {Mark} [mark] a part of the picture to outline
 *
 * @typedef {{ corner: [row: number, column: number], size: [rows: number, columns: number] }} Mark
 */

/** @param {Host} host @param {string} name */
export function gallery(host, name) {
  const element = make("div", { class: "gallery", role: "group", "aria-label": name });
  const settle = roving(element);
  let shown = "";
  /** @type {Dataset | undefined} */
  let source;
  // The canvases tell of other colours by their transition.
  element.addEventListener("transitionend", ({ target }) => source && target instanceof HTMLCanvasElement && paint(source, [target]));

  /** @param {Item[]} items @param {Scene} scene */
  function build(items, { data }) {
    const focused = [...element.children].findIndex((child) => child.matches(":focus"));
    element.replaceChildren(...items.map((item) => card(item, data, () => host.look(item.sample))));
    source = data;
    paint(data, element.querySelectorAll("canvas"));
    settle();
    /** @type {HTMLElement | undefined} */ ([...element.children][focused])?.focus();
  }

  return {
    element,
    /** @param {Scene} scene @param {Item[]} items */
    show(scene, items) {
      const signed = JSON.stringify([items, scene.data.name, scene.data.labels.length]);
      if (shown !== signed) {
        shown = signed;
        build(items, scene);
      }
      items.forEach(({ sample }, place) => element.children[place]?.setAttribute("aria-pressed", String(sample === scene.sample)));
    },
  };
}

/** @param {Item} item @param {Dataset} data @param {() => void} act */
function card({ sample, label, lines, mark }, data, act) {
  const [height, width] = data.size.map(String);
  const canvas = make("canvas", { "aria-hidden": "true", "data-sample": String(sample), width, height });
  const frame = make("span", { class: "photo" }, canvas, ...(mark ? [outline(mark, data.size)] : []));
  const element = button("", act);
  element.append(frame, make("span", { class: "spoken" }, label), ...lines.map((line) => make("span", {}, line)));
  return element;
}

/**
 * Paints pictures of the data, a pixel for each number; the style has the colours.
 * @param {Dataset} data
 * @param {Iterable<HTMLCanvasElement>} canvases
 */
function paint({ pixels, levels, size: [rows, columns] }, canvases) {
  for (const canvas of canvases) {
    const [context, first] = [canvas.getContext("2d"), Number(canvas.dataset.sample) * rows * columns];
    if (context) {
      const ink = inkOf(context);
      const image = new ImageData(columns, rows);
      for (let place = 0; place < rows * columns; place += 1) {
        image.data.set([...ink, (255 * (pixels[first + place] ?? 0)) / levels], 4 * place);
      }
      context.putImageData(image, 0, 0);
    }
  }
}

/** The colour of a canvas as red, green and blue; a context writes an opaque one as `#rrggbb`. @param {CanvasRenderingContext2D} context */
function inkOf(context) {
  context.fillStyle = getComputedStyle(context.canvas).color;
  const ink = Number.parseInt(context.fillStyle.slice(1, 7), 16);
  return [ink >> 16, (ink >> 8) & 255, ink & 255];
}

/** The part of a picture that a window covers. @param {Mark} mark @param {[number, number]} size */
function outline({ corner, size }, [rows, columns]) {
  const [top, left] = [Math.max(0, corner[0]), Math.max(0, corner[1])];
  const [bottom, right] = [Math.min(rows, corner[0] + size[0]), Math.min(columns, corner[1] + size[1])];
  const mark = make("span", { class: "patch" });
  const share = (/** @type {number} */ part, /** @type {number} */ whole) => `${(100 * part) / whole}%`;
  Object.assign(mark.style, { top: share(top, rows), left: share(left, columns), height: share(bottom - top, rows), width: share(right - left, columns) });
  return mark;
}
