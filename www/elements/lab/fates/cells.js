// The cells of the map of fates: coarse ones at once, then finer ones in parts, so that the page
// stays responsive.

import { make } from "../../../parts/dom.js";
import { whenWritten } from "../../../parts/picture.js";

/** @typedef {import("../../../engine/lesson.js").Lesson} Lesson */
/** @typedef {import("../../../pkg/core.js").FateMap} FateMap */
/** @typedef {import("../../../pkg/core.js").Lesson} Handle */
/** @typedef {ReturnType<typeof import("../../../parts/picture.js").picture>} Picture */
/** @typedef {readonly [number, number]} Size columns and rows */

/** The cells of the two passes. */
const COARSE = /** @type {const} */ ([80, 48]);
const FINE = /** @type {const} */ ([400, 240]);
/** The most operations (cells, epochs, samples and nodes multiplied) of a pass: the coarse one is made at once, the fine one in parts. */
const MOST_COARSE = 2e8;
const MOST_FINE = 6e9;
/** How long a part takes, and how long nothing changes before the fine pass begins, in milliseconds. */
const PART = 10;
const PAUSE = 60;
/** The rows that are computed between two looks at the clock. */
const ROWS = 4;

export class FateCells {
  #picture;
  #cells = make("canvas");
  #timer = 0;
  #generation = -1;
  /** @type {Lesson | undefined} */
  #lesson;
  /** What the map was made for. @type {Handle | undefined} */
  #handle;
  /** @type {FateMap | undefined} */
  #map;

  /** @param {Picture} picture */
  constructor(picture) {
    this.#picture = picture;
  }

  /** Whether a map of such runs takes too long. @param {number} work the operations of a run */
  static isLong(work) {
    return work * COARSE[0] * COARSE[1] > MOST_COARSE;
  }

  /**
   * Another map: its coarse cells now, the fine ones soon.
   * @param {Lesson} lesson
   * @param {{ rates: number[], starts: number[] }} ends of the axes
   * @param {number} axis the place of the parameter that begins there
   * @param {number} work the operations of a run
   */
  begin(lesson, { rates, starts }, axis, work) {
    this.end();
    lesson.read((handle, core) => {
      this.#map = new core.FateMap(handle, Float64Array.from(rates), Float64Array.from(starts), axis);
      this.#handle = handle;
    });
    this.#lesson = lesson;
    this.#generation = lesson.engine.generation;
    this.#paint(COARSE, 0, Infinity);
    if (work * FINE[0] * FINE[1] < MOST_FINE) {
      this.#timer = window.setTimeout(() => this.#paint(FINE, 0, PART), PAUSE);
    }
  }

  /** Frees the map's memory, unless a trap has destroyed it. */
  end() {
    clearTimeout(this.#timer);
    this.#living?.free();
    this.#map = undefined;
  }

  get #living() {
    return this.#generation === this.#lesson?.engine.generation ? this.#map : undefined;
  }

  /** The map, unless the model or the data have changed since it was begun: then another one is begun in the next frame. @param {Handle} handle */
  #mapOf(handle) {
    return handle === this.#handle ? this.#living : undefined;
  }

  /** Whether the map is that of the lesson's model and data. @param {Lesson} lesson */
  isFor(lesson) {
    return lesson.read((handle) => this.#mapOf(handle)) !== undefined;
  }

  /**
   * The learning rate and the initial value at a point of the picture, where it shows one.
   * @param {[x: number, y: number, width: number, height: number]} point
   */
  placeAt(...point) {
    return this.#living?.placeAt(...point);
  }

  /** What becomes of the run that is shown. @param {Handle} handle */
  fateOf(handle) {
    return this.#mapOf(handle)?.fate(handle) ?? "";
  }

  /**
   * Paints rows of cells until the time is over, and the rest in further parts.
   * @param {Size} size
   * @param {number} first row, counted from below
   * @param {number} time in milliseconds
   */
  #paint([columns, rows], first, time) {
    const lesson = this.#lesson;
    if (!lesson || !this.isFor(lesson)) {
      return;
    }
    const end = performance.now() + time;
    this.#enlarge(columns, rows);
    let row = first;
    while (row < rows && performance.now() < end) {
      const next = Math.min(rows, row + ROWS);
      const bytes = lesson.read((handle, core) => this.#mapOf(handle)?.colours(handle, this.#picture.colours(lesson.engine, core), columns, rows, row, next));
      if (!bytes) {
        return;
      }
      this.#cells.getContext("2d")?.putImageData(new ImageData(new Uint8ClampedArray(bytes), columns, next - row), 0, rows - next);
      row = next;
    }
    this.compose();
    this.#picture.canvas.dataset.cells = columns === FINE[0] && row === rows ? "fine" : "coarse";
    if (row < rows) {
      this.#timer = window.setTimeout(() => this.#paint([columns, rows], row, time));
    }
  }

  /** Cells of another size begin as what was there. @param {number} width @param {number} height */
  #enlarge(width, height) {
    const cells = this.#cells;
    if (cells.width !== width) {
      const old = Object.assign(document.createElement("canvas"), { width: cells.width, height: cells.height });
      old.getContext("2d")?.drawImage(cells, 0, 0);
      Object.assign(cells, { width, height });
      cells.getContext("2d")?.drawImage(old, 0, 0, width, height);
    }
  }

  compose() {
    whenWritten(() => this.#draw());
  }

  /** Draws the frame, the cells in it, and the run's place on them. */
  #draw() {
    const { canvas } = this.#picture;
    const [lesson, context] = [this.#lesson, canvas.getContext("2d")];
    lesson?.read((handle, core) => {
      const map = this.#mapOf(handle);
      if (map && context && this.#picture.prepare(lesson.engine, core)) {
        const colours = this.#picture.colours(lesson.engine, core);
        map.drawFrame(handle, new core.Paper(canvas), colours);
        this.#drawCells(context, this.#boxOf(handle, map));
        map.drawMark(handle, new core.Paper(canvas), colours);
      }
    });
  }

  /** @param {CanvasRenderingContext2D} context @param {{ left: number, top: number, width: number, height: number }} box in CSS pixels */
  #drawCells(context, { left, top, width, height }) {
    const ratio = context.canvas.width / this.#picture.size().width;
    context.save();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.imageSmoothingEnabled = false;
    context.drawImage(this.#cells, left, top, width, height);
    context.restore();
  }

  /** Where the cells belong. @param {Handle} handle @param {FateMap} map */
  #boxOf(handle, map) {
    const { width, height } = this.#picture.size();
    const box = map.frameOf(handle, width, height);
    return { left: box[0] ?? 0, top: box[1] ?? 0, width: box[2] ?? 0, height: box[3] ?? 0 };
  }

  /** The frame and the mark as SVG, and between them the cells as an image. */
  svg() {
    const lesson = this.#lesson;
    return lesson?.read((handle, core) => {
      const map = this.#mapOf(handle);
      if (!map) {
        return "";
      }
      const { width, height } = this.#picture.size();
      const colours = this.#picture.colours(lesson.engine, core);
      const paper = () => core.Paper.sheet(width, height);
      const box = this.#boxOf(handle, map);
      const image = `<image x="${box.left}" y="${box.top}" width="${box.width}" height="${box.height}" preserveAspectRatio="none" style="image-rendering: pixelated" href="${this.#cells.toDataURL()}"/>`;
      return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">\n${map.drawFrame(handle, paper(), colours)}${image}\n${map.drawMark(handle, paper(), colours)}</svg>\n`;
    }) ?? "";
  }
}
