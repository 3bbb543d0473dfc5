// Painting a drawing: light ink on dark, as the data is.

/** @typedef {import("./strokes.js").Size} Size */

/**
 * @typedef {object} Looks
 * @property {Size} size
 * @property {import("./drawing.js").Sheet} sheet
 * @property {number} [pen] its width, in pixels of the picture
 * @property {Float64Array} [pixels] what is shown as a grid, instead of the strokes
 * @property {[row: number, column: number]} [cursor] the pixel of the grid where the keyboard is
 */

/**
 * Paints with the pixels of the screen; the style of the canvas has the colours.
 * @param {HTMLCanvasElement} canvas
 * @param {Looks} looks
 */
export function paintSheet(canvas, looks) {
  const context = canvas.getContext("2d");
  const [rows, columns] = looks.size;
  const [width, height] = [canvas.clientWidth, canvas.clientHeight].map((side) => Math.round(side * devicePixelRatio));
  if (!context || !width || !height) {
    return;
  }
  if (canvas.width !== width || canvas.height !== height) {
    Object.assign(canvas, { width, height });
  }
  const { color, backgroundColor } = getComputedStyle(canvas);
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, width, height);
  Object.assign(context, { fillStyle: color, strokeStyle: color, lineCap: "round", lineJoin: "round" });
  const [sx, sy] = [width / columns, height / rows];
  if (looks.pixels) {
    paintPixels(context, looks.pixels, columns, sx, sy);
    paintLines(context, looks.size, sx, sy);
    paintCursor(context, looks.cursor ?? [0, 0], sx, sy, [color, backgroundColor]);
  } else {
    paintPixels(context, looks.sheet.picture ?? new Float64Array(), columns, sx, sy);
    context.setTransform(sx, 0, 0, sy, 0, 0);
    context.lineWidth = looks.pen ?? 1;
    looks.sheet.strokes.forEach((stroke) => paintStroke(context, stroke));
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Float64Array} pixels
 * @param {number} columns
 * @param {number} sx
 * @param {number} sy
 */
function paintPixels(context, pixels, columns, sx, sy) {
  pixels.forEach((pixel, place) => {
    const [row, column] = [Math.floor(place / columns), place % columns];
    const [left, top] = [Math.round(column * sx), Math.round(row * sy)];
    context.globalAlpha = pixel;
    context.fillRect(left, top, Math.round((column + 1) * sx) - left, Math.round((row + 1) * sy) - top);
  });
  context.globalAlpha = 1;
}

/** @param {CanvasRenderingContext2D} context @param {Size} size @param {number} sx @param {number} sy */
function paintLines(context, [rows, columns], sx, sy) {
  context.globalAlpha = 0.3;
  for (let column = 1; column < columns; column += 1) {
    context.fillRect(Math.round(column * sx), 0, 1, rows * sy);
  }
  for (let row = 1; row < rows; row += 1) {
    context.fillRect(0, Math.round(row * sy), columns * sx, 1);
  }
  context.globalAlpha = 1;
}

/**
 * A frame in both colours, which is seen on ink and beside it.
 * @param {CanvasRenderingContext2D} context
 * @param {[row: number, column: number]} cursor
 * @param {number} sx
 * @param {number} sy
 * @param {[ink: string, paper: string]} colours
 */
function paintCursor(context, [row, column], sx, sy, [ink, paper]) {
  const line = Math.round(2 * devicePixelRatio);
  for (const [colour, inset] of /** @type {[string, number][]} */ ([[ink, line / 2], [paper, 1.5 * line]])) {
    context.strokeStyle = colour;
    context.lineWidth = line;
    context.strokeRect(column * sx + inset, row * sy + inset, sx - 2 * inset, sy - 2 * inset);
  }
}

/** @param {CanvasRenderingContext2D} context @param {import("./strokes.js").Stroke} stroke */
function paintStroke(context, stroke) {
  context.beginPath();
  stroke.forEach(([x, y]) => context.lineTo(x, y));
  // A dot is a line to itself.
  context.lineTo(...(stroke[0] && stroke.length === 1 ? stroke[0] : stroke.at(-1) ?? [0, 0]));
  context.stroke();
}
