// Which pixels make the winning class more probable: minus the gradient of its loss by the picture.

import { make, setText } from "../../../parts/dom.js";
import { heat } from "../../../parts/heat.js";

export function saliency() {
  const map = heat("What each pixel does for the winning class");
  const caption = make("p", { class: "quiet" });
  const legend = make("p", { class: "quiet" }, make("span", { class: "swatch more" }), " more ink here makes it more probable; ", make("span", { class: "swatch less" }), " less probable");
  const content = make("div", {}, map.canvas, legend);
  const element = make("div", { class: "wish" }, make("h3", {}, "What each pixel does for the winner"), content, caption);

  return {
    element,
    /**
     * @param {import("../../../engine/engine.js").Core} core
     * @param {[rows: number, columns: number]} size
     * @param {string} name of the class
     * @param {Float64Array} gradient of its loss by the picture
     */
    show(core, size, name, gradient) {
      content.hidden = gradient.length === 0;
      if (gradient.length === 0) {
        setText(caption, "The loss does not depend on the column `picture`, so there is no gradient.");
        return;
      }
      const values = gradient.map((slope) => -slope);
      const range = `from ${core.shortNumber(Math.min(...values))} to ${core.shortNumber(Math.max(...values))}`;
      const words = `The derivative of log p(${name}) with respect to each pixel: ${range}.`;
      map.show({ shape: [1, ...size], values, colour: "gradient" });
      map.describe(words);
      setText(caption, words);
    },
    /** Nothing is asked. */
    empty() {
      content.hidden = true;
      setText(caption, "It is shown as soon as there is a picture.");
    },
  };
}
