// The worst mistakes: the test pictures with the largest loss.

import { make, setText } from "../../../parts/dom.js";
import { largest } from "./confusion.js";
import { gallery } from "./gallery.js";
import { panel } from "./panel.js";
import { testSamples } from "./reading.js";
import { className, percent } from "./survey.js";

/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("./survey.js").Survey} Survey */

/** How many are shown. */
const COUNT = 9;

/** @param {import("../scene.js").Host} host @param {import("./survey.js").Surveys} surveys */
export function mistakesPanel(host, surveys) {
  const said = make("p", { class: "quiet" });
  const pictures = gallery(host, "the worst mistakes");
  return panel(host, "The worst mistakes", [said, pictures.element], {
    depends: ({ sample, scores }) => [sample, scores].join(),
    refresh,
  });

  /** @param {Scene} scene @param {() => boolean} isWanted */
  async function refresh(scene, isWanted) {
    const samples = testSamples(scene);
    const canBeWrong = scene.scores !== undefined && samples.length > 0;
    pictures.element.hidden = !canBeWrong;
    setText(said, canBeWrong ? `The ${Math.min(COUNT, samples.length)} test pictures with the largest loss. Pick one to look at it.` : "There are no test pictures with class scores.");
    const survey = canBeWrong ? await surveys.of(scene, "test", samples) : undefined;
    if (survey && isWanted()) {
      pictures.show(scene, largest(survey.losses, COUNT).map((place) => itemOf(scene, survey, place)));
    }
  }
}

/** @param {Scene} scene @param {Survey} survey @param {number} place @returns {import("./gallery.js").Item} */
function itemOf(scene, { samples, labels, predicted, probabilities, losses }, place) {
  const [sample = 0, label = 0, answer = -1] = [samples[place], labels[place], predicted[place]];
  const [truth, read, sure, loss] = [className(scene, label), className(scene, answer), percent(probabilities[place] ?? NaN), scene.core.shortNumber(losses[place] ?? NaN)];
  return {
    sample,
    label: `picture ${sample}: `,
    lines: [truth, `read as ${read}`, sure, `loss ${loss}`],
  };
}
