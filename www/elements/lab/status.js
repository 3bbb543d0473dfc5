// The result of the run, in a sentence.

import { make, setText } from "../../parts/dom.js";
import { counted } from "../../state/text.js";

/** The parameters that are named; a larger model has the others in its tables. */
const MOST_PARAMETERS = 6;

/** @returns {import("./scene.js").View} */
export function statusView() {
  const element = make("p", { class: "status" });
  return {
    elements: [element],
    show: (scene) => setText(element, outcomeOf(scene)),
    spoken: () => element.textContent,
  };
}

/** @param {import("./scene.js").Scene} scene */
export function outcomeOf(scene) {
  return scene.read((handle, core) => {
    const short = (/** @type {number | undefined} */ value = NaN) => core.shortNumber(value);
    const [first, last] = handle.meanLosses();
    const weights = handle.parametersBefore(handle.steps);
    const values = handle.parameters.slice(0, MOST_PARAMETERS).map((name, index) => `${name} = ${short(weights[index])}`);
    if (handle.diverged !== undefined) {
      return `The run diverged: after step ${handle.diverged} its numbers are no longer finite.`;
    }
    return `After ${counted(scene.state.epochs, "epoch")} ${values.join(", ")}; the mean loss went from ${short(first)} to ${short(last)}.`;
  });
}
