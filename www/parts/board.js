// The canvas of a drawing: the pointer's strokes, and a grid of pixels with a cursor for the keyboard.

import { make } from "./dom.js";
import { paintSheet } from "./ink.js";

/** @typedef {import("./strokes.js").Size} Size */

/** The longer side, in CSS pixels; less where there is no room. */
const SIDE = 224;

/** Where the keys move the cursor. @type {Record<string, (row: number, column: number, size: Size) => [row: number, column: number]>} */
const MOVES = {
  ArrowUp: (row, column) => [row - 1, column],
  ArrowDown: (row, column) => [row + 1, column],
  ArrowLeft: (row, column) => [row, column - 1],
  ArrowRight: (row, column) => [row, column + 1],
  Home: (row) => [row, 0],
  End: (row, _, [, columns]) => [row, columns - 1],
  PageUp: (_, column) => [0, column],
  PageDown: (_, column, [rows]) => [rows - 1, column],
};

/**
 * @param {object} options
 * @param {Size} options.size
 * @param {string} options.label
 * @param {(words: string) => void} options.tell
 * @param {(point: [number, number]) => void} options.begin a stroke begins
 * @param {(points: [number, number][]) => void} options.move it goes on
 * @param {(place: number, value: number, goesOn: boolean) => void} options.ink a pixel of the grid is set, as the next one of a pointer's way or alone
 * @param {() => void} options.undo
 */
export function board({ size, label, tell, begin, move, ink, undo }) {
  const canvas = make("canvas", { role: "img" });
  const element = make("div", { class: "board" }, canvas);
  let isGrid = false;
  /** @type {[row: number, column: number]} */
  let cursor = [0, 0];
  /** What a pointer does to the pixels that it passes. @type {number | undefined} */
  let passing;
  /** @type {import("./drawing.js").Sheet} */
  let sheet = { picture: undefined, strokes: [], isGiven: false };
  let pen = 1;
  /** Where the canvas is; read when a drag begins, and not while it goes on. */
  let box = new DOMRect();
  let pixels = () => /** @type {Float64Array} */ (new Float64Array());
  new ResizeObserver(paint).observe(canvas);
  // The style gives the colours a transition, whose end says that they are others now.
  canvas.addEventListener("transitionend", paint);
  canvas.addEventListener("pointerdown", press);
  canvas.addEventListener("pointermove", (event) => canvas.hasPointerCapture(event.pointerId) && drag(event));
  element.addEventListener("keydown", (event) => isGrid && !event.defaultPrevented && key(event));
  resize(size);
  setGrid(false);

  function paint() {
    paintSheet(canvas, { size, sheet, pen, pixels: isGrid ? pixels() : undefined, cursor });
  }

  /** @param {MouseEvent} event @returns {[number, number]} in pixels of the picture */
  function pointOf({ clientX, clientY }) {
    return [((clientX - box.left) / box.width) * size[1], ((clientY - box.top) / box.height) * size[0]];
  }

  /** @param {PointerEvent} event */
  function press(event) {
    if (event.isPrimary && event.button === 0) {
      canvas.setPointerCapture(event.pointerId);
      box = canvas.getBoundingClientRect();
      const point = pointOf(event);
      passing = undefined;
      (isGrid ? pass : begin)(point);
    }
  }

  /** @param {PointerEvent} event */
  function drag(event) {
    const events = event.getCoalescedEvents?.() ?? [];
    const points = (events.length > 0 ? events : [event]).map(pointOf);
    if (isGrid) {
      points.forEach(pass);
    } else {
      move(points);
    }
  }

  /** The first pixel that a pointer touches says whether it draws or erases. @param {[number, number]} point */
  function pass([x, y]) {
    const [row, column] = [Math.floor(y), Math.floor(x)];
    if (row >= 0 && column >= 0 && row < size[0] && column < size[1]) {
      cursor = [row, column];
      const goesOn = passing !== undefined;
      passing ??= hasInk() ? 0 : 1;
      setInk(passing, goesOn);
    }
  }

  const place = () => cursor[0] * size[1] + cursor[1];
  const hasInk = () => (pixels()[place()] ?? 0) >= 0.5;

  /** @param {number} value @param {boolean} [goesOn] */
  function setInk(value, goesOn = false) {
    if (pixels()[place()] !== value) {
      ink(place(), value, goesOn);
    }
    paint();
  }

  /** @param {KeyboardEvent} event */
  function key(event) {
    if (!act(event)) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  /** Whether the key means something here. @param {KeyboardEvent} event */
  function act({ key, shiftKey, ctrlKey, metaKey, altKey }) {
    const go = MOVES[key];
    if ((ctrlKey || metaKey) && key.toLowerCase() === "z") {
      undo();
    } else if (ctrlKey || metaKey || altKey) {
      return false;
    } else if (go) {
      walk(go, shiftKey);
    } else if (key === " " || key === "Enter") {
      setInk(hasInk() ? 0 : 1);
      sayCursor();
    } else {
      return false;
    }
    return true;
  }

  /** @param {NonNullable<typeof MOVES[string]>} go @param {boolean} isDrawing */
  function walk(go, isDrawing) {
    const within = (/** @type {number} */ number, /** @type {number} */ count) => Math.max(0, Math.min(count - 1, number));
    const [row, column] = go(...cursor, size);
    cursor = [within(row, size[0]), within(column, size[1])];
    if (isDrawing) {
      setInk(1);
    }
    paint();
    sayCursor();
  }

  function sayCursor() {
    tell(`Row ${cursor[0] + 1}, column ${cursor[1] + 1}: ${inkWords(pixels()[place()] ?? 0)}`);
  }

  /** @param {boolean} given */
  function setGrid(given) {
    isGrid = given;
    const name = `${label}, ${size[0]} rows and ${size[1]} columns`;
    const attributes = { role: "application", tabindex: "0", "aria-label": `${name}; arrow keys move, Space draws or erases` };
    for (const [key, value] of Object.entries(attributes)) {
      if (isGrid) {
        element.setAttribute(key, value);
      } else {
        element.removeAttribute(key);
      }
    }
    canvas.setAttribute("aria-label", isGrid ? label : `${label}; the button “Grid” draws by keyboard`);
    paint();
  }

  /** @param {Size} given */
  function resize(given) {
    size = given;
    cursor = [0, 0];
    const [rows, columns] = size;
    canvas.style.aspectRatio = `${columns} / ${rows}`;
    element.style.width = `${(SIDE * columns) / Math.max(rows, columns)}px`;
    setGrid(isGrid);
  }

  return {
    element,
    setGrid,
    resize,
    /**
     * @param {import("./drawing.js").Sheet} given
     * @param {number} width of the pen, in pixels of the picture
     * @param {() => Float64Array} picture its pixels as the data is
     */
    show(given, width, picture) {
      [sheet, pen, pixels] = [given, width, picture];
      paint();
    },
  };
}

/** @param {number} value */
function inkWords(value) {
  return value >= 0.5 ? (value === 1 ? "ink" : "much ink") : value > 0 ? "little ink" : "empty";
}
