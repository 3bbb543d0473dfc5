// What the model has learned: the data with its predictions, and the prediction for a new input.

import { make, setText, uniqueId } from "../../parts/dom.js";
import { picture } from "../../parts/picture.js";
import { problemLine } from "../../parts/problem.js";
import { TextError, readNumber } from "../../state/text.js";

/** @typedef {import("../../engine/lesson.js").Lesson} Lesson */

/** @param {() => void} redraw */
export function fitView(redraw) {
  const plane = picture("fit", "The data and the model’s predictions", redraw);
  const input = make("input", { type: "text", id: uniqueId(), inputmode: "decimal", autocomplete: "off", spellcheck: "false", value: "4", part: "number" });
  const label = make("label", { for: input.id });
  const { line, fail } = problemLine(input);
  const answer = make("output", { for: input.id });
  const predict = make("p", { class: "predict", hidden: "" }, label, " ", input, " ", answer);
  const element = make("section", { class: "figure" }, make("div", { class: "head" }, make("h2", {}, "Fit")), plane.canvas, predict, line);
  // A question to the model is no setting of the lesson.
  for (const event of ["input", "change"]) {
    input.addEventListener(event, (event) => {
      event.stopPropagation();
      redraw();
    });
  }

  return {
    element,
    picture: plane,
    /**
     * @param {Lesson} lesson
     * @param {number} step
     */
    show(lesson, step) {
      lesson.read((handle, core) => {
        element.hidden = !handle.hasFit;
        plane.show(lesson, (handle, _, paper, colours) => handle.drawFit(paper, colours, step));
        const name = handle.predictionInput;
        predict.hidden = name === undefined;
        setText(label, `Predict for ${name ?? ""} =`);
        const words = name === undefined ? "" : prediction(handle, core, step);
        setText(answer, words);
        plane.describe(`The data and the model’s predictions. ${name ?? ""} = ${input.value}: ${words}`);
      });
    },
  };

  /**
   * @param {import("../../pkg/core.js").Lesson} handle
   * @param {import("../../engine/engine.js").Core} core
   * @param {number} step
   */
  function prediction(handle, core, step) {
    try {
      const value = readNumber(input.value);
      fail("");
      const at = (/** @type {number} */ step) => core.shortNumber(handle.predict(value, step) ?? NaN);
      return `${at(0)} before training, ${at(step)} at this step, ${at(handle.steps)} after training`;
    } catch (error) {
      if (error instanceof TextError) {
        fail(error.message);
        return "";
      }
      throw error;
    }
  }
}
