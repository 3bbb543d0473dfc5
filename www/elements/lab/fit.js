// The fit of the model: the data with its predictions, and the prediction for a new input.

import { make, setText, uniqueId } from "../../parts/dom.js";
import { figure } from "../../parts/figure.js";
import { picture } from "../../parts/picture.js";
import { keepPrivate } from "../../parts/private.js";
import { problemLine } from "../../parts/problem.js";
import { TextError, readNumber } from "../../state/text.js";

/** @param {import("./scene.js").Host} host @returns {import("./scene.js").View} */
export function fitView({ redraw }) {
  const plane = picture("fit", "The data and the model’s predictions", redraw);
  const input = make("input", { type: "text", id: uniqueId(), inputmode: "decimal", autocomplete: "off", spellcheck: "false", value: "4", part: "number" });
  const label = make("label", { for: input.id });
  const { line, fail } = problemLine(input);
  const answer = make("output", { for: input.id });
  const predict = make("p", { class: "predict", hidden: "" }, label, " ", input, " ", answer);
  const element = figure("Fit", [], plane.canvas, predict, line);
  keepPrivate(input, redraw).addEventListener("input", redraw);

  return {
    elements: [element],
    picture: plane,
    show({ lesson, step }) {
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
   * @param {import("./scene.js").Handle} handle
   * @param {import("./scene.js").Core} core
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
