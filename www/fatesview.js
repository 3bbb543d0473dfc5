// The map of fates: what becomes of runs at many learning rates and from many starts. Coarse at
// once, then finer in parts, between which the page answers; dragged in, it chooses both.

import { make, setText } from "./dom.js";
import { picture } from "./picture.js";

/** @typedef {import("./lesson.js").Lesson} Lesson */
/** @typedef {import("./state.js").State} State */
/** @typedef {import("./pkg/core.js").FateMap} FateMap */

/** The cells of the two passes: columns and rows. */
const COARSE = /** @type {const} */ ([80, 48]);
const FINE = /** @type {const} */ ([400, 240]);
/** How long a part takes, in milliseconds. */
const PART = 10;
/** The most operations (cells, epochs, samples and nodes multiplied) of a pass: the coarse one is made at once, the fine one in parts. */
const MOST_COARSE = 2e8;
const MOST_FINE = 6e9;

/** @param {() => void} redraw */
export function fatesView(redraw) {
  const plane = picture("fates", "Map of fates", redraw);
  const cells = make("canvas");
  const start = make("select", { "aria-label": "parameter of the map" });
  const words = make("p", { class: "quiet" });
  const zoomer = (/** @type {string} */ sign, /** @type {string} */ name, /** @type {number} */ factor) => {
    const button = make("button", { type: "button", "aria-label": name }, sign);
    button.addEventListener("click", () => zoomTo(zoom * factor));
    return button;
  };
  const head = make("div", { class: "head" }, make("h2", {}, "Map of fates"), start, zoomer("−", "smaller map", 1 / 4), zoomer("+", "larger map", 4));
  const element = make("section", { class: "figure", "data-key": "fates" }, head, plane.canvas, words);
  let zoom = 1;
  let center = { lr: 0.01, init: 1 };
  let known = "";
  let timer = 0;
  /** @type {{ map: FateMap, generation: number } | undefined} */
  let made;
  /** @type {{ lesson: Lesson, state: State } | undefined} */
  let shown;
  /** @type {number[] | undefined} */
  let dragged;
  start.addEventListener("input", (event) => event.stopPropagation());
  start.addEventListener("change", (event) => {
    event.stopPropagation();
    zoomTo(1);
  });
  plane.canvas.addEventListener("pointerdown", (event) => {
    plane.canvas.setPointerCapture(event.pointerId);
    drag(event);
  });
  plane.canvas.addEventListener("pointermove", (event) => dragged && drag(event));
  for (const end of ["pointerup", "pointercancel"]) {
    plane.canvas.addEventListener(end, () => {
      if (dragged) {
        dragged = undefined;
        plane.canvas.dispatchEvent(new Event("change", { bubbles: true }));
      }
    });
  }

  /** The part of the map around the present run grows. @param {number} next */
  function zoomTo(next) {
    zoom = Math.max(1, Math.min(4 ** 8, next));
    center = { lr: shown?.state.lr ?? 0.01, init: shown?.state.init[start.value] ?? 1 };
    redraw();
  }

  /** @param {PointerEvent} event */
  function drag({ offsetX, offsetY }) {
    const { clientWidth, clientHeight } = plane.canvas;
    const place = made ? [...made.map.placeAt(offsetX, offsetY, clientWidth, clientHeight)] : [];
    if (place.length > 0) {
      dragged = place;
      plane.canvas.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  /** The ends of the axes: as far as the sliders go, or around the centre. */
  function ranges() {
    const half = { rate: 2 / zoom, init: 10 / zoom };
    const within = (/** @type {number} */ middle, /** @type {number} */ half, /** @type {number} */ low, /** @type {number} */ high) => {
      const from = Math.max(low, Math.min(high - 2 * half, middle - half));
      return [from, from + 2 * half];
    };
    const exponents = within(Math.log10(center.lr), half.rate, -4, 0);
    return { rates: Float64Array.from(exponents, (exponent) => 10 ** exponent), starts: Float64Array.from(within(center.init, half.init, -10, 10)) };
  }

  /** What the map depends on: everything but the learning rate and the start that it shows. @param {State} state @param {number} generation */
  function signature(state, generation) {
    const { lr: _, at: __, data, init, ...others } = state;
    const rest = Object.entries(init).filter(([name]) => name !== start.value);
    const sums = Object.entries(data).map(([name, list]) => [name, list.length, list.reduce((sum, value, index) => sum + value * (1 + (index % 7)), 0)]);
    const { rates, starts } = ranges();
    return JSON.stringify([others, rest, sums, start.value, [...rates], [...starts], generation]);
  }

  /** @param {Lesson} lesson @param {readonly [number, number]} size */
  function workOf(lesson, [columns, rows]) {
    return lesson.read((handle) => handle.workOf(shown?.state.epochs ?? 1)) * columns * rows;
  }

  /** @param {Lesson} lesson @param {number} axis */
  function begin(lesson, axis) {
    clearTimeout(timer);
    const { rates, starts } = ranges();
    lesson.read((handle, core) => {
      if (made && made.generation === lesson.engine.generation) {
        made.map.free();
      }
      made = { map: new core.FateMap(handle, rates, starts, axis), generation: lesson.engine.generation };
    });
    paint(lesson, COARSE, 0, true);
    if (workOf(lesson, FINE) < MOST_FINE) {
      timer = window.setTimeout(() => paint(lesson, FINE, 0), 60);
    }
  }

  /**
   * Paints rows of cells until the part's time is over, and the rest in further parts.
   * @param {Lesson} lesson
   * @param {readonly [number, number]} size
   * @param {number} first row, counted from below
   * @param {boolean} [whole] whether it is done at once
   */
  function paint(lesson, [columns, rows], first, whole = false) {
    const end = performance.now() + PART;
    if (!shown || !made || made.generation !== lesson.engine.generation) {
      return;
    }
    const finer = first === 0 && columns !== cells.width;
    if (finer) {
      const old = document.createElement("canvas");
      Object.assign(old, { width: Math.max(1, cells.width), height: Math.max(1, cells.height) });
      old.getContext("2d")?.drawImage(cells, 0, 0);
      Object.assign(cells, { width: columns, height: rows });
      cells.getContext("2d")?.drawImage(old, 0, 0, columns, rows);
    }
    const { map } = made;
    let row = first;
    while (row < rows && (whole || performance.now() < end)) {
      const next = Math.min(rows, row + 4);
      const bytes = lesson.read((handle, core) => map.colours(handle, plane.colours(lesson.engine, core), columns, rows, row, next));
      cells.getContext("2d")?.putImageData(new ImageData(new Uint8ClampedArray(bytes), columns, next - row), 0, rows - next);
      row = next;
    }
    compose(lesson);
    plane.canvas.dataset.cells = columns === FINE[0] && row === rows ? "fine" : "coarse";
    if (row < rows) {
      timer = window.setTimeout(() => paint(lesson, [columns, rows], row));
    }
  }

  /** The frame, the cells in it, and the run's place on them. @param {Lesson} lesson */
  function compose(lesson) {
    const context = plane.canvas.getContext("2d");
    lesson.read((handle, core) => {
      const colours = plane.colours(lesson.engine, core);
      if (!made || !context || !plane.prepare(lesson.engine, core)) {
        return;
      }
      made.map.drawFrame(handle, new core.Paper(plane.canvas), colours);
      const { left, top, width, height } = boxOf(handle, made.map);
      const ratio = plane.canvas.width / plane.size().width;
      context.save();
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      context.imageSmoothingEnabled = false;
      context.drawImage(cells, left, top, width, height);
      context.restore();
      made.map.drawMark(handle, new core.Paper(plane.canvas), colours);
    });
  }

  /** Where the cells belong. @param {import("./pkg/core.js").Lesson} handle @param {FateMap} map */
  function boxOf(handle, map) {
    const [left = 0, top = 0, width = 0, height = 0] = map.frameOf(handle, plane.size().width, plane.size().height);
    return { left, top, width, height };
  }

  /** The frame and the mark as SVG, and between them the cells as an image. */
  function svg() {
    const [lesson, map] = [shown?.lesson, made?.map];
    return lesson && map ? lesson.read((handle, core) => {
      const { width, height } = plane.size();
      const colours = plane.colours(lesson.engine, core);
      const paper = () => core.Paper.sheet(width, height);
      const box = boxOf(handle, map);
      const image = `<image x="${box.left}" y="${box.top}" width="${box.width}" height="${box.height}" preserveAspectRatio="none" style="image-rendering: pixelated" href="${cells.toDataURL()}"/>`;
      return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">\n${map.drawFrame(handle, paper(), colours)}${image}\n${map.drawMark(handle, paper(), colours)}</svg>\n`;
    }) : "";
  }

  function disconnect() {
    clearTimeout(timer);
    plane.disconnect();
    known = "";
    if (made && made.generation === shown?.lesson.engine.generation) {
      made.map.free();
    }
    made = undefined;
  }

  return {
    element,
    picture: {
      ...plane,
      svg,
      themeChanged() {
        plane.themeChanged();
        known = "";
      },
      disconnect,
    },
    /** @param {Lesson} lesson @param {State} state @param {string[]} parameters */
    show(lesson, state, parameters) {
      shown = { lesson, state };
      if ([...start.options].map(({ value }) => value).join() !== parameters.join()) {
        start.replaceChildren(...parameters.map((name) => make("option", { value: name }, `initial ${name}`)));
        start.hidden = parameters.length < 2;
      }
      const isLong = workOf(lesson, COARSE) > MOST_COARSE;
      plane.canvas.hidden = isLong;
      if (isLong) {
        clearTimeout(timer);
        known = "";
        setText(words, "With so many steps in a run there is no map; take fewer epochs or less data.");
        return;
      }
      const next = signature(state, lesson.engine.generation);
      if (known === next) {
        compose(lesson);
      } else {
        known = next;
        begin(lesson, Math.max(0, parameters.indexOf(start.value)));
      }
      lesson.read((handle, core) => {
        const here = `α = ${core.shortNumber(state.lr)}, ${start.value} = ${core.shortNumber(state.init[start.value] ?? 1)}: this run ${made?.map.fate(handle) ?? ""}.`;
        setText(words, `${here} Blue reaches it, the darker the sooner; orange diverges; grey does neither.`);
        plane.describe(`Map of fates over the learning rate and the initial ${start.value}. ${here}`);
      });
    },
    /** What a drag changes, to three digits. @param {State} state */
    edit(state) {
      const [lr = state.lr, init = 1] = (dragged ?? []).map((number) => Number(number.toPrecision(3)));
      return { keys: /** @type {import("./state.js").Key[]} */ (["lr", "init"]), patch: () => ({ lr, init: { ...state.init, [start.value]: init } }) };
    },
  };
}
