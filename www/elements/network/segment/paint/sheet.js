// What lies on the easel: the picture, and above it what is predicted and what is painted, drawn in one canvas.

import { make } from "../../../../parts/dom.js";
import { wholeOf } from "../../../../state/segment/brush.js";
import { colorArea, colorDoubt, colorPicture } from "./overlay.js";

/** @typedef {import("../../../../state/segment/project.js").Class} Class */
/** @typedef {import("../../../../state/segment/project.js").Shot} Shot */
/** @typedef {import("../../../../state/segment/brush.js").Area} Area */
/** @typedef {import("../../../../state/segment/brush.js").Point} Point */
/** @typedef {import("../predict.js").Prediction} Prediction */
/** @typedef {{ mask: number, prediction: number, doubt: boolean, split: number }} Look how opaque both are, 0..1; whether doubt is shown; from which part of the width on the prediction is shown */
/** @typedef {{ scale: number, left: number, top: number }} Frame what is seen: how much larger than whole, and the pixel at the corner */

/** About how many pixels of its own the canvas has along the longer side. */
const LONG = 768;

/** A picture of its own size, with its context and its pixels. */
class Plane {
  #canvas = make("canvas");
  image = new ImageData(1, 1);

  /** @param {number} columns @param {number} rows */
  resize(columns, rows) {
    Object.assign(this.#canvas, { width: columns, height: rows });
    this.image = new ImageData(columns, rows);
  }

  /** Takes over what has changed. @param {Area} [area] */
  update(area = wholeOf([this.image.height, this.image.width])) {
    this.#canvas.getContext("2d")?.putImageData(this.image, 0, 0, area.left, area.top, area.width, area.height);
  }

  get canvas() {
    return this.#canvas;
  }
}

export class Sheet {
  #planes = { picture: new Plane(), mask: new Plane(), prediction: new Plane(), doubt: new Plane() };
  /** @type {Shot | undefined} */
  #shot;
  /** @type {Class[]} */
  #classes = [];
  /** @type {Prediction | undefined} */
  #prediction;
  #colors = "";

  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas;
  }

  /** The whole picture. @returns {Area} */
  get #all() {
    return wholeOf(this.#shot?.size ?? [0, 0]);
  }

  /** Takes what has changed, and returns whether anything has. @param {Shot} shot @param {Class[]} classes @param {Prediction | undefined} prediction */
  take(shot, classes, prediction) {
    const colors = classes.map(({ color }) => color).join();
    const isOther = shot !== this.#shot || shot.pixels.length !== 3 * this.#planes.picture.image.width * this.#planes.picture.image.height;
    const hasColors = colors !== this.#colors;
    const isPredicted = prediction !== this.#prediction;
    [this.#shot, this.#classes, this.#prediction, this.#colors] = [shot, classes, prediction, colors];
    if (isOther) {
      this.#begin(shot);
    }
    if (isOther || hasColors) {
      this.painted(this.#all);
    }
    if (isOther || hasColors || isPredicted) {
      this.#predict();
    }
    return isOther || hasColors || isPredicted;
  }

  /** @param {Shot} shot */
  #begin({ size: [rows, columns], pixels }) {
    Object.values(this.#planes).forEach((plane) => plane.resize(columns, rows));
    colorPicture(this.#planes.picture.image, pixels);
    this.#planes.picture.update();
    const times = Math.max(2, Math.round(LONG / Math.max(rows, columns)));
    Object.assign(this.canvas, { width: columns * times, height: rows * times });
  }

  /** A part of the mask has changed. @param {Area} area */
  painted(area) {
    colorArea(this.#planes.mask.image, this.#shot?.mask ?? [], this.#classes, area);
    this.#planes.mask.update(area);
  }

  #predict() {
    const { prediction, doubt } = this.#planes;
    colorArea(prediction.image, this.#prediction?.labels ?? [], this.#classes, this.#all, true);
    prediction.update();
    colorDoubt(doubt.image, this.#prediction?.sureness ?? new Float32Array(doubt.image.width * doubt.image.height).fill(1));
    doubt.update();
  }

  /** Draws all of it. @param {Look} look @param {Frame} frame */
  draw(look, { scale, left, top }) {
    const context = this.canvas.getContext("2d");
    if (!context || !this.#shot) {
      return;
    }
    const [, columns] = this.#shot.size;
    const times = (scale * this.canvas.width) / columns;
    context.resetTransform();
    context.clearRect(0, 0, this.canvas.width, this.canvas.height);
    context.imageSmoothingEnabled = false;
    context.setTransform(times, 0, 0, times, -left * times, -top * times);
    const put = (/** @type {Plane} */ plane, /** @type {number} */ opacity) => {
      context.globalAlpha = opacity;
      context.drawImage(plane.canvas, 0, 0);
    };
    put(this.#planes.picture, 1);
    this.#drawPrediction(context, look, put);
    put(this.#planes.mask, look.mask);
    context.globalAlpha = 1;
  }

  /** Only to the right of the divider. @param {CanvasRenderingContext2D} context @param {Look} look @param {(plane: Plane, opacity: number) => void} put */
  #drawPrediction(context, { prediction, doubt, split }, put) {
    const [rows, columns] = this.#shot?.size ?? [0, 0];
    context.save();
    context.beginPath();
    context.rect(columns * split, 0, columns * (1 - split), rows);
    context.clip();
    put(this.#planes.prediction, prediction);
    if (doubt) {
      put(this.#planes.doubt, 1);
    }
    context.restore();
  }

  /** A line around places, seen on light and on dark; in pixels of the picture. @param {Point[]} points @param {boolean} isClosed */
  outline(points, isClosed) {
    const context = this.canvas.getContext("2d");
    if (!context || points.length === 0) {
      return;
    }
    const { a } = context.getTransform();
    context.beginPath();
    points.forEach(([x, y]) => context.lineTo(x, y));
    if (isClosed) {
      context.closePath();
    }
    for (const [strokeStyle, width] of /** @type {[string, number][]} */ ([["#000000", 5], ["#ffffff", 2]])) {
      Object.assign(context, { strokeStyle, lineWidth: width / a });
      context.stroke();
    }
  }
}
