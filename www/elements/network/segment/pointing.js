// A picture in which one pixel is pointed at, with the frame of what the network sees around it.

import { make } from "../../../parts/dom.js";
import { nearestIn, stepped } from "./cursor.js";
import { pictureCanvas } from "./paint/overlay.js";

/** @typedef {import("../../../state/segment/project.js").Shot} Shot */
/** @typedef {import("./cursor.js").Pixel} Pixel */

/** The width of the canvas in its own pixels, which is enough for thin lines on sharp screens. */
const WIDE = 768;

/** @param {(pixel: Pixel) => void} pick */
export function pointing(pick) {
  const canvas = make("canvas", { class: "pointing", role: "img", tabindex: "0", "aria-label": "The picture; the arrow keys point at another pixel" });
  let plain = canvas;
  /** @type {Shot | undefined} */
  let shot;
  /** @type {Pixel} */
  let pixel = [0, 0];
  let drawn = "";
  /** Where the canvas is; read when a drag begins, and not while it goes on. */
  let box = new DOMRect();
  canvas.addEventListener("pointerdown", (event) => {
    box = canvas.getBoundingClientRect();
    canvas.setPointerCapture(event.pointerId);
    point(event);
  });
  canvas.addEventListener("pointermove", (event) => canvas.hasPointerCapture(event.pointerId) && point(event));
  canvas.addEventListener("keydown", (event) => {
    const next = shot && stepped(pixel, event, shot.size);
    if (next) {
      event.preventDefault();
      choose(next);
    }
  });

  /** @param {PointerEvent} event */
  function point({ clientX, clientY }) {
    const [rows, columns] = shot?.size ?? [0, 0];
    choose([Math.floor(((clientY - box.top) / box.height) * rows), Math.floor(((clientX - box.left) / box.width) * columns)]);
  }

  /** The pixel, or the nearest one in the picture. @param {Pixel} wanted */
  function choose(wanted) {
    if (shot) {
      // Another key may come before it is shown.
      pixel = nearestIn(wanted, shot.size);
      pick(pixel);
    }
  }

  /** @param {Shot} next */
  function load(next) {
    const [rows, columns] = next.size;
    plain = pictureCanvas(next);
    Object.assign(canvas, { width: WIDE, height: Math.round((WIDE * rows) / columns) });
  }

  return {
    canvas,
    /** @param {Shot} next @param {Pixel} at @param {Pixel} field the rows and columns that the network sees */
    show(next, at, field) {
      const now = `${at} ${field}`;
      if (next === shot && now === drawn) {
        return;
      }
      if (next !== shot) {
        load(next);
      }
      [shot, pixel, drawn] = [next, at, now];
      draw(canvas, plain, next.size, at, field);
    },
  };
}

/** @param {HTMLCanvasElement} canvas @param {HTMLCanvasElement} plain @param {Pixel} size @param {Pixel} at @param {Pixel} field */
function draw(canvas, plain, [rows, columns], [row, column], [high, wide]) {
  const context = canvas.getContext("2d");
  if (!context) {
    return;
  }
  const cell = canvas.width / columns;
  context.imageSmoothingEnabled = false;
  context.drawImage(plain, 0, 0, canvas.width, canvas.height);
  frame(context, [(column - (wide - 1) / 2) * cell, (row - (high - 1) / 2) * cell, wide * cell, high * cell], [canvas.width, rows * cell]);
  frame(context, [column * cell, row * cell, cell, cell], [canvas.width, rows * cell]);
}

/** A frame that is seen on light and on dark; what lies outside of the picture is left out. @param {CanvasRenderingContext2D} context @param {[number, number, number, number]} box @param {[number, number]} ends */
function frame(context, [left, top, width, height], [right, bottom]) {
  const [x, y] = [Math.max(2, left), Math.max(2, top)];
  const [toX, toY] = [Math.min(right - 2, left + width), Math.min(bottom - 2, top + height)];
  for (const [color, line] of /** @type {[string, number][]} */ ([["#000000", 6], ["#ffffff", 2]])) {
    Object.assign(context, { strokeStyle: color, lineWidth: line });
    context.strokeRect(x, y, Math.max(0, toX - x), Math.max(0, toY - y));
  }
}
