// The map of fates: the outcomes of runs with many learning rates and initial values. A drag in the
// map sets both.

import { make, setText } from "../../../parts/dom.js";
import { dragging } from "../../../parts/dragging.js";
import { figure } from "../../../parts/figure.js";
import { picture } from "../../../parts/picture.js";
import { button, keepPrivate } from "../../../parts/private.js";
import { initialOf, withInitial } from "../../../state/initial.js";
import { partsOf } from "../../../state/tensor.js";
import { FateCells } from "./cells.js";
import { FateRange } from "./range.js";

/** @typedef {import("../../../engine/lesson.js").Lesson} Lesson */
/** @typedef {import("../../../state/settings.js").State} State */

/** @param {import("../scene.js").Host} host @returns {import("../scene.js").View} */
export function fatesView({ redraw }) {
  const plane = picture("fates", "Map of fates", redraw);
  const cells = new FateCells(plane);
  const range = new FateRange();
  const drag = dragging(plane.canvas, (...point) => cells.placeAt(...point));
  const start = keepPrivate(make("select", { "aria-label": "parameter on the vertical axis of the map" }), () => zoomTo(1));
  const words = make("p", { class: "quiet" });
  const zoomer = (/** @type {string} */ sign, /** @type {string} */ name, /** @type {number} */ factor) => button(sign, () => zoomTo(range.zoom * factor), { "aria-label": name });
  const element = figure("Map of fates", [start, zoomer("−", "smaller map", 1 / 4), zoomer("+", "larger map", 4)], plane.canvas, legend(), words);
  element.dataset.key = "fates";
  let known = "";
  /** @type {State | undefined} */
  let shown;
  /** @type {import("../scene.js").Scene | undefined} */
  let scene;

  /** Changes the zoom around the current run. @param {number} zoom */
  function zoomTo(zoom) {
    range.look(zoom, shown?.lr ?? 0.01, (shown && initialOf(shown.init, start.value)) ?? 1);
    redraw();
  }

  /** @param {string[]} parameters */
  function offer(parameters) {
    if ([...start.options].map(({ value }) => value).join() !== parameters.join()) {
      start.replaceChildren(...parameters.map((name) => make("option", { value: name }, `initial ${name}`)));
      start.hidden = parameters.length < 2;
    }
  }

  /** What the map depends on: everything but the learning rate and the start that it shows. @param {State} state @param {number} generation */
  function signature({ lr: _, at: __, data, init, ...others }, generation) {
    const isDrawn = typeof init[partsOf(start.value)[0]] === "string";
    const rest = isDrawn ? init : withInitial(init, start.value, 0);
    const sums = Object.entries(data).map(([name, list]) => [name, list.length, sumOf(list)]);
    return JSON.stringify([others, rest, sums, start.value, range.ends, generation]);
  }

  /** @param {Lesson} lesson @param {State} state */
  function describe(lesson, state) {
    lesson.read((handle, core) => {
      const here = `α = ${core.shortNumber(state.lr)}, ${start.value} = ${core.shortNumber(initialOf(state.init, start.value) ?? handle.parametersBefore(0)[handle.parameters.indexOf(start.value)] ?? 1)}: this run ${cells.fateOf(handle)}.`;
      setText(words, here);
      plane.describe(`Map of fates over the learning rate and the initial ${start.value}. ${here}`);
    });
  }

  function forget() {
    cells.end();
    known = "";
  }

  return {
    elements: [element],
    editors: { fates: { edit } },
    picture: {
      ...plane,
      svg: () => cells.svg(),
      themeChanged() {
        plane.themeChanged();
        known = "";
      },
      disconnect() {
        plane.disconnect();
        forget();
      },
    },
    show(next) {
      const { lesson, state, parameters } = next;
      [scene, shown] = [next, state];
      offer(parameters);
      const work = lesson.read((handle) => handle.workOf(state.epochs));
      plane.canvas.hidden = FateCells.isLong(work);
      if (plane.canvas.hidden) {
        forget();
        setText(words, "A map of runs with so many steps would take too long; use fewer epochs or less data.");
        return;
      }
      const signed = signature(state, lesson.engine.generation);
      if (known === signed && cells.isFor(lesson)) {
        cells.compose();
      } else {
        known = signed;
        cells.begin(lesson, range.ends, Math.max(0, parameters.indexOf(start.value)), work);
      }
      describe(lesson, state);
    },
  };

  /** The initial numbers by name, which a draw does not show. */
  function initial() {
    return scene?.initial;
  }

  /** What a drag changes. @param {EventTarget | null} _target @param {State} state @returns {import("../scene.js").Change} */
  function edit(_target, state) {
    const [lr = state.lr, init = 1] = drag.place() ?? [];
    return { keys: ["lr", "init"], read: () => ({ lr, init: withInitial(state.init, start.value, init, initial()) }) };
  }
}

/** A number that another list hardly has. @param {ArrayLike<import("../../../state/tensor.js").Nested>} list @returns {number} */
function sumOf(list) {
  return Array.from(list, (value, index) => (typeof value === "object" ? sumOf(value) : value) * (1 + (index % 7))).reduce((sum, part) => sum + part, 0);
}

/** What the colours mean. */
function legend() {
  const kinds = [["reached", "reaches the minimum, the darker the sooner"], ["lost", "diverges"], ["neither", "neither"]];
  return make("p", { class: "legend quiet" }, ...kinds.map(([kind, text]) => make("span", {}, make("span", { class: `swatch ${kind}` }), ` ${text}`)));
}
