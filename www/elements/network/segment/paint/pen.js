// What the tools do to a mask: strokes, areas and polygons, each a change that can be taken back.

import { fillArea, paintLine, paintPolygon, wholeOf } from "../../../../state/segment/brush.js";
import { History } from "../../../../state/segment/history.js";

/** @typedef {import("../../../../state/segment/project.js").Shot} Shot */
/** @typedef {import("../../../../state/segment/brush.js").Area} Area */
/** @typedef {import("../../../../state/segment/brush.js").Point} Point */
/** @typedef {"brush" | "eraser" | "fill" | "polygon" | "move"} Tool */

export class Pen {
  history = new History();
  /** @type {Tool} */
  tool = "brush";
  /** The class that is painted with, counted from 1. */
  k = 1;
  /** How many pixels wide a stroke is. */
  width = 3;
  /** The corners of a polygon that is not closed yet. @type {Point[]} */
  corners = [];
  /** @type {Point | undefined} */
  #last;

  get #value() {
    return this.tool === "eraser" ? 0 : this.k;
  }

  get #radius() {
    return this.width / 2;
  }

  get isDown() {
    return this.#last !== undefined;
  }

  /** A stroke begins. @param {Shot} shot @param {Point} point @returns {Area | undefined} what has changed */
  press(shot, point) {
    this.history.begin(shot);
    this.#last = point;
    return paintLine(shot.mask, shot.size, point, point, this.#radius, this.#value);
  }

  /** It goes on. @param {Shot} shot @param {Point} point */
  drag(shot, point) {
    const from = this.#last ?? point;
    this.#last = point;
    return paintLine(shot.mask, shot.size, from, point, this.#radius, this.#value);
  }

  /** It ends; returns whether anything has changed. */
  lift() {
    this.#last = undefined;
    return this.history.end();
  }

  /** The stroke was not meant: nothing is left of it, and there is nothing to do again. */
  cancel() {
    this.#last = undefined;
    this.history.cancel();
  }

  /** @param {Shot} shot @param {Point} point */
  fill(shot, [x, y]) {
    return this.#atOnce(shot, () => fillArea(shot.mask, shot.size, [Math.floor(y), Math.floor(x)], this.#value));
  }

  /** Closes the polygon. @param {Shot} shot */
  close(shot) {
    const { corners } = this;
    this.corners = [];
    return this.#atOnce(shot, () => paintPolygon(shot.mask, shot.size, corners, this.#value));
  }

  /** Takes everything off a picture. @param {Shot} shot */
  clear(shot) {
    return this.#atOnce(shot, () => (shot.mask.fill(0), wholeOf(shot.size)));
  }

  /** Puts another mask in the place of a picture's. @param {Shot} shot @param {Uint8Array} mask */
  replace(shot, mask) {
    return this.#atOnce(shot, () => (shot.mask.set(mask), wholeOf(shot.size)));
  }

  /** @param {Shot} shot @param {() => Area | undefined} work */
  #atOnce(shot, work) {
    this.history.begin(shot);
    const area = work();
    return this.history.end() ? area : undefined;
  }
}
