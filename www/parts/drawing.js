// A field in which one draws a picture, with a pointer or by keyboard in a grid of its pixels.

import { announcer } from "./announcer.js";
import { board } from "./board.js";
import { make } from "./dom.js";
import { paintSheet } from "./ink.js";
import { button } from "./private.js";
import { picturedAsData, picturedInPlace } from "./strokes.js";

/** @typedef {import("./strokes.js").Stroke} Stroke */
/** @typedef {import("./strokes.js").Size} Size */

/**
 * What is drawn. It is never changed, only replaced, so that a step can be undone.
 * @typedef {object} Sheet
 * @property {Float64Array | undefined} picture pixels from 0 to 1 below the strokes
 * @property {Stroke[]} strokes
 * @property {boolean} isGiven whether the page has set the picture, and nobody has drawn on it
 */

/** @type {Sheet} */
const EMPTY = { picture: undefined, strokes: [], isGiven: false };
/** How many steps can be undone. */
const MOST_STEPS = 100;
/** The width of the pen as a part of the field's side. */
const PEN = 1 / 10;
/** Points that are nearer to each other than this part of the side are one point. */
const NEAR = 1 / 100;

/**
 * @param {object} options
 * @param {Size} options.size rows and columns of the picture
 * @param {string} options.label what the drawing is
 * @param {() => void} options.changed called when a person has drawn
 */
export function drawingField({ size, label, changed }) {
  let sheet = EMPTY;
  /** @type {Sheet[]} */
  let before = [];
  /** @type {Float64Array | undefined} */
  let pixels;
  const { element: spoken, tell } = announcer();
  const field = board({ size, label, tell, begin, move, ink, undo });
  const grid = button("Grid", toggleGrid, { "aria-pressed": "false" });
  const help = make("p", { class: "quiet", hidden: "" }, "Arrow keys move, Space draws or erases a pixel, Shift with an arrow key draws on the way. Home and End go to the ends of the row.");
  const buttons = make("div", { class: "buttons" }, button("Undo", undo), button("Clear", () => empty("The field is empty.")), grid);
  const preview = make("canvas", { role: "img", "aria-label": `${label} as the network sees it` });
  const seen = make("figure", { class: "preview" }, preview, make("figcaption", { class: "quiet" }, "as the network sees it"));
  const element = make("div", { class: "drawing" }, make("div", { class: "easel" }, field.element, seen), buttons, help, spoken);
  preview.addEventListener("transitionend", showPreview);
  new ResizeObserver(showPreview).observe(preview);
  show(EMPTY);

  /** The picture of a sheet, as the data is. */
  function picture() {
    const { picture, strokes } = sheet;
    if (!picture) {
      return picturedAsData(strokes, size);
    }
    const drawn = picturedInPlace(strokes, size, penWidth(size));
    return picture.map((pixel, place) => Math.max(pixel, drawn[place] ?? 0));
  }

  function currentPixels() {
    pixels ??= picture();
    return pixels;
  }

  /** @param {Sheet} next */
  function show(next) {
    sheet = next;
    pixels = undefined;
    field.show(sheet, penWidth(size), currentPixels);
    showPreview();
  }

  function showPreview() {
    paintSheet(preview, { size, sheet: { ...EMPTY, picture: currentPixels() } });
  }

  /** @param {Sheet} next */
  function replace(next) {
    before = [...before, sheet].slice(-MOST_STEPS);
    show(next);
  }

  /** Begins a stroke. @param {[number, number]} point */
  function begin(point) {
    replace({ ...sheet, strokes: [...sheet.strokes, [point]], isGiven: false });
    changed();
  }

  /** Goes on with it. @param {[number, number][]} points */
  function move(points) {
    const stroke = [...(sheet.strokes.at(-1) ?? [])];
    const length = stroke.length;
    points.forEach((point) => isFar(stroke.at(-1), point) && stroke.push(point));
    if (stroke.length > length) {
      show({ ...sheet, strokes: [...sheet.strokes.slice(0, -1), stroke] });
      changed();
    }
  }

  /** @param {[number, number] | undefined} last @param {[number, number]} point */
  function isFar(last, [x, y]) {
    return !last || Math.hypot(x - last[0], y - last[1]) >= NEAR * Math.max(...size);
  }

  /** Sets a pixel of the grid. @param {number} place @param {number} value @param {boolean} goesOn whether it is undone with the pixel before */
  function ink(place, value, goesOn) {
    (goesOn ? show : replace)({ picture: currentPixels().with(place, value), strokes: [], isGiven: false });
    changed();
  }

  function undo() {
    const last = before.pop();
    tell(last ? "Undone." : "There is nothing to undo.");
    if (last) {
      show(last);
      changed();
    }
  }

  /** @param {string} words */
  function empty(words) {
    clear();
    tell(words);
    changed();
  }

  function clear() {
    if (sheet !== EMPTY) {
      replace(EMPTY);
    }
  }

  function toggleGrid() {
    const isGrid = grid.getAttribute("aria-pressed") !== "true";
    grid.setAttribute("aria-pressed", String(isGrid));
    help.hidden = !isGrid;
    field.setGrid(isGrid);
  }

  return {
    element,
    /** The drawing as a picture of the data: numbers from 0 to 1, row by row. */
    pixels: () => Float64Array.from(currentPixels()),
    isEmpty: () => sheet.strokes.length === 0 && !sheet.picture?.some((pixel) => pixel > 0),
    clear,
    /** Shows a picture, on which can be drawn. Pictures that are set one after the other are undone together. @param {ArrayLike<number>} given */
    set(given) {
      const picture = Float64Array.from({ length: size[0] * size[1] }, (_, place) => Math.max(0, Math.min(1, given[place] || 0)));
      (sheet.isGiven ? show : replace)({ picture, strokes: [], isGiven: true });
    },
    /** Takes another size; then the field is empty. @param {Size} given */
    resize(given) {
      size = given;
      before = [];
      field.resize(given);
      preview.style.aspectRatio = `${size[1]} / ${size[0]}`;
      show(EMPTY);
    },
  };
}

/** In pixels of the picture. @param {Size} size */
function penWidth(size) {
  return PEN * Math.max(...size);
}
