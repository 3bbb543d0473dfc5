// The loss as a landscape over a parameter or two. Dragged in, it sets where the descent begins.

import { make, setText } from "../../parts/dom.js";
import { dragging } from "../../parts/dragging.js";
import { picture } from "../../parts/picture.js";

/** @typedef {import("../../engine/lesson.js").Lesson} Lesson */
/** @typedef {import("../../state/settings.js").State} State */
/** @typedef {import("../../pkg/core.js").Lesson} Handle */

/** The choice for the upright axis that is no parameter. */
const LOSS = "loss";

/** @param {() => void} redraw */
export function landscapeView(redraw) {
  const plane = picture("landscape", "Landscape of the loss", redraw);
  const across = make("select", { "aria-label": "parameter across" });
  const up = make("select", { "aria-label": "parameter upwards" });
  const choices = make("span", { class: "axes" }, up, " over ", across);
  const head = make("div", { class: "head" }, make("h2", {}, "Landscape"), choices);
  const note = make("p", { class: "quiet" });
  const element = make("section", { class: "figure", "data-key": "landscape" }, head, plane.canvas, note);
  /** @type {string[]} */
  let parameters = [];
  /** @type {{ lesson: Lesson } | undefined} */
  let shown;
  const drag = dragging(plane.canvas, (...point) => shown?.lesson.read((handle) => handle.landscapeAt(...point)), redraw);
  for (const select of [across, up]) {
    select.addEventListener("input", (event) => event.stopPropagation());
    select.addEventListener("change", (event) => {
      event.stopPropagation();
      redraw();
    });
  }

  /** The places of the parameters on the axes. */
  function axes() {
    const chosen = [across.value, up.value].filter((name) => name !== LOSS).map((name) => parameters.indexOf(name));
    return Uint32Array.from(new Set(chosen));
  }

  /** @param {string[]} names */
  function choose(names) {
    parameters = names;
    choices.hidden = names.length < 2;
    const options = (/** @type {string[]} */ values) => values.map((value) => make("option", { value }, value));
    across.replaceChildren(...options(names));
    up.replaceChildren(...options([LOSS, ...names]));
    across.value = names[0] ?? "";
    up.value = names[1] ?? LOSS;
  }

  return {
    element,
    picture: plane,
    /**
     * @param {Lesson} lesson
     * @param {number} step
     * @param {boolean} ofSample whether the loss is that of the step's samples alone
     */
    show(lesson, step, ofSample) {
      shown = { lesson };
      lesson.read((handle, core) => {
        if (handle.parameters.join() !== parameters.join()) {
          choose(handle.parameters);
        }
        const loss = ofSample ? core.Loss.Sample : core.Loss.Mean;
        plane.show(lesson, (handle, _, paper, colours) => handle.drawLandscape(paper, colours, step, axes(), loss, drag.place() !== undefined));
        plane.describe(describe(handle, core, axes(), step));
        setText(note, remark(handle, ofSample));
      });
    },
    /** What a drag changes: the initial values. @param {State} state */
    edit(state) {
      const place = drag.place() ?? [];
      const names = [...axes()].map((axis) => parameters[axis] ?? "");
      return { key: /** @type {const} */ ("init"), read: () => ({ ...state.init, ...Object.fromEntries(names.map((name, index) => [name, place[index] ?? 0])) }) };
    },
  };
}

/** @param {Handle} handle @param {boolean} ofSample */
function remark(handle, ofSample) {
  const part = !ofSample && handle.landscapeSamples < handle.samples ? ` The loss is the mean of ${handle.landscapeSamples} of the ${handle.samples} samples.` : "";
  return `Drag here to choose where the descent begins.${part}`;
}

/**
 * @param {Handle} handle
 * @param {import("../../engine/engine.js").Core} core
 * @param {Uint32Array} axes
 * @param {number} step
 */
function describe(handle, core, axes, step) {
  const here = handle.parametersBefore(step);
  const places = [...axes].map((axis, index) => `${handle.parameters[axis]} = ${core.shortNumber(here[axis] ?? NaN)}, where the slope is ${core.shortNumber(handle.landscapeSlopes[index] ?? NaN)}`);
  return `Landscape of the loss with the path of the descent. Now at ${places.join("; ")}.`;
}
