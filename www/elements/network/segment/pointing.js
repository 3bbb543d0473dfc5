// A picture in which one pixel is pointed at, with the frame of what the network sees around it.

import { make } from "../../../parts/dom.js";

/** @typedef {import("../../../state/segment/project.js").Shot} Shot */
/** @typedef {[row: number, column: number]} Pixel */

/** The width of the canvas in its own pixels, which is enough for thin lines on sharp screens. */
const WIDE = 768;
/** How far the arrow keys go with Shift. */
const FAR = 10;
/** @type {Record<string, Pixel>} */
const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/** @param {(pixel: Pixel) => void} pick */
export function pointing(pick) {
  const canvas = make("canvas", { class: "pointing", role: "img", tabindex: "0", "aria-label": "The picture; the arrow keys point at another pixel" });
  const plain = make("canvas");
  /** @type {Shot | undefined} */
  let shot;
  /** @type {Pixel} */
  let pixel = [0, 0];
  let drawn = "";
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    point(event);
  });
  canvas.addEventListener("pointermove", (event) => canvas.hasPointerCapture(event.pointerId) && point(event));
  canvas.addEventListener("keydown", (event) => {
    const move = MOVES[event.key];
    if (move && shot) {
      event.preventDefault();
      const far = event.shiftKey ? FAR : 1;
      choose(/** @type {Pixel} */ (pixel.map((at, axis) => at + far * (move[axis] ?? 0))));
    }
  });

  /** @param {PointerEvent} event */
  function point({ offsetX, offsetY }) {
    const [rows, columns] = shot?.size ?? [0, 0];
    choose([Math.floor((offsetY / canvas.clientHeight) * rows), Math.floor((offsetX / canvas.clientWidth) * columns)]);
  }

  /** The pixel, or the nearest one in the picture. @param {Pixel} wanted */
  function choose(wanted) {
    if (shot) {
      const { size } = shot;
      // Another key may come before it is shown.
      pixel = /** @type {Pixel} */ (wanted.map((at, axis) => Math.max(0, Math.min((size[axis] ?? 1) - 1, at))));
      pick(pixel);
    }
  }

  /** @param {Shot} next */
  function load({ size: [rows, columns], pixels }) {
    Object.assign(plain, { width: columns, height: rows });
    const image = new ImageData(columns, rows);
    for (let place = 0; place < rows * columns; place += 1) {
      image.data.set([pixels[3 * place] ?? 0, pixels[3 * place + 1] ?? 0, pixels[3 * place + 2] ?? 0, 255], 4 * place);
    }
    plain.getContext("2d")?.putImageData(image, 0, 0);
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
