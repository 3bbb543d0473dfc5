// A question for a place in the landscape of the loss: it is pointed at, or typed as a number.

import { make } from "../../parts/dom.js";
import { dragging } from "../../parts/dragging.js";
import { picture } from "../../parts/picture.js";
import { readAnswer } from "../../state/answer.js";
import { numberField } from "./number.js";

/** @typedef {import("./truth.js").Facts} Facts */
/** @typedef {import("../../pkg/core.js").Lesson} Handle */

/** A learning rate with which nothing moves, so that the picture gives nothing away. */
const STILL = 1e-300;
const AXES = Uint32Array.of(0);

/** @param {() => void} redraw */
export function placeField(redraw) {
  const number = numberField("the place, as a number");
  const plane = picture("landscape", "Landscape of the loss", redraw);
  const mark = make("div", { class: "mark-own", hidden: "", "aria-hidden": "true" });
  const element = make("div", { class: "place" }, make("div", { class: "sheet" }, plane.canvas, mark), number.element);
  /** @type {Facts | undefined} */
  let facts;
  const drag = dragging(plane.canvas, (...point) => facts?.lesson.read((handle) => handle.landscapeAt(...point)));
  plane.canvas.addEventListener("input", (event) => {
    event.stopPropagation();
    if (!number.input.readOnly) {
      number.write(String(drag.place()?.[0] ?? ""));
      showMark();
    }
  });
  number.input.addEventListener("input", showMark);

  /** Puts the mark where the number is; the axis is linear, so two points of it tell the rest. */
  function showMark() {
    const { width, height } = plane.size();
    const at = (/** @type {number} */ part) => facts?.lesson.read((handle) => handle.landscapeAt(part * width, height / 2, width, height)[0]) ?? NaN;
    const [from, to] = [at(0.4), at(0.8)];
    const left = 0.4 + (0.4 * (answer() - from)) / (to - from);
    mark.hidden = !(left > 0 && left < 1);
    mark.style.left = `${100 * left}%`;
  }

  function answer() {
    try {
      return readAnswer(number.text());
    } catch {
      return NaN;
    }
  }

  return {
    ...number,
    element,
    picture: plane,
    /**
     * Draws the valley and the ball: before the answer where it begins, afterwards the run as well.
     * @param {Facts} current
     * @param {{ step: number, isTold: boolean }} moment
     */
    draw(current, { step, isTold }) {
      facts = current;
      const { engine } = current.lesson;
      const told = current.state;
      const paint = (/** @type {Handle} */ handle, /** @type {any} */ core, /** @type {any} */ paper, /** @type {any} */ colours, /** @type {boolean} */ keep, /** @type {number} */ at) => handle.drawLandscape(paper, colours, at, AXES, core.Loss.Mean, keep);
      // The whole run chooses the range of the axes, on a sheet that nobody sees.
      current.lesson.read((handle, core) => plane.prepare(engine, core) && paint(handle, core, core.Paper.sheet(300, 200), plane.colours(engine, core), false, step));
      current.take(isTold ? told : { ...told, lr: STILL });
      plane.show(current.lesson, (handle, core, paper, colours) => paint(handle, core, paper, colours, true, isTold ? step : 0));
      current.take(told);
      plane.describe(isTold ? "The landscape of the loss, with the run in it." : "The landscape of the loss, with the ball where the run begins.");
      showMark();
    },
  };
}
