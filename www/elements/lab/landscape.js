// The loss as a landscape over one or two parameters. A drag in it sets the initial values.

import { make, setText } from "../../parts/dom.js";
import { dragging } from "../../parts/dragging.js";
import { figure } from "../../parts/figure.js";
import { picture } from "../../parts/picture.js";
import { keepPrivate } from "../../parts/private.js";
import { withInitial } from "../../state/initial.js";

/** @typedef {import("./scene.js").Handle} Handle */
/** @typedef {import("./scene.js").State} State */

/** The vertical axis of a landscape over one parameter. */
const LOSS = "loss";

/** @param {import("./scene.js").Host} host @returns {import("./scene.js").View} */
export function landscapeView({ redraw, display }) {
  const plane = picture("landscape", "Landscape of the loss", redraw);
  const across = keepPrivate(make("select", { "aria-label": "parameter on the horizontal axis" }), redraw);
  const up = keepPrivate(make("select", { "aria-label": "parameter on the vertical axis" }), redraw);
  const choices = make("span", { class: "axes" }, up, " over ", across);
  const note = make("p", { class: "quiet" });
  const element = figure("Landscape", [choices], plane.canvas, note);
  /** @type {string[]} */
  let parameters = [];
  /** @type {import("./scene.js").Scene | undefined} */
  let shown;
  element.dataset.key = "landscape";
  const drag = dragging(plane.canvas, (...point) => shown?.read((handle) => handle.landscapeAt(...point)), redraw);

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
    elements: [element],
    picture: plane,
    editors: { landscape: { edit } },
    show(scene) {
      shown = scene;
      const { lesson, step } = scene;
      scene.read((handle, core) => {
        if (handle.parameters.join() !== parameters.join()) {
          choose(handle.parameters);
        }
        const loss = display.ofSample ? core.Loss.Sample : core.Loss.Mean;
        if (lesson.engine.isWhole) {
          handle.compilePoints(axes().length);
        }
        plane.show(lesson, (handle, _, paper, colours) => handle.drawLandscape(paper, colours, step, axes(), loss, drag.place() !== undefined));
        plane.describe(describe(handle, core, axes(), step));
        setText(note, remark(handle, display.ofSample));
      });
    },
  };

  /** What a drag changes: the initial values. @param {EventTarget | null} _target @param {State} state @returns {import("./scene.js").Change} */
  function edit(_target, state) {
    const place = drag.place() ?? [];
    const names = [...axes()].map((axis) => parameters[axis] ?? "");
    return { keys: ["init"], read: () => ({ init: names.reduce((init, name, index) => withInitial(init, name, place[index] ?? 0, shown?.initial), state.init) }) };
  }
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
