// The confusion matrix: how often each class is taken for each, and the pictures of a cell.

import { make, setText } from "../../../parts/dom.js";
import { keepPrivate } from "../../../parts/private.js";
import { confusionOf, rightOf } from "./confusion.js";
import { gallery } from "./gallery.js";
import { panel } from "./panel.js";
import { testSamples, trainingSamples } from "./reading.js";
import { className, percent } from "./survey.js";
import { confusionTable } from "./table.js";

/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("./survey.js").Survey} Survey */
/** @typedef {import("./table.js").Cell} Cell */

/** The most pictures of a cell that are shown. */
const MOST = 60;

/** @param {import("../scene.js").Host} host @param {import("./survey.js").Surveys} surveys */
export function matrixPanel(host, surveys) {
  const choice = keepPrivate(make("select", { "aria-label": "pictures that are counted" }, make("option", { value: "test" }, "test data"), make("option", { value: "training" }, "training data")), () => host.redraw());
  const said = make("span", { class: "accuracy" });
  const table = confusionTable(pick);
  const hint = make("p", { class: "quiet" }, "Rows are true classes, columns predicted ones. Pick a cell to see its pictures.");
  const about = make("p", { class: "about" });
  const pictures = gallery(host, "pictures of the picked cell");
  const counted = make("div", { class: "side" }, make("div", { class: "scroll" }, table.element), hint, about, pictures.element);
  const folded = panel(host, "Confusion matrix", [make("div", { class: "head" }, choice, said), counted], {
    depends: ({ sample, scores, state }) => [choice.value, sample, scores, state.samples, picked?.row, picked?.column].join(),
    refresh,
  });
  /** @type {Cell | undefined} */
  let picked;
  /** The pictures that the cell counts. @type {Scene["data"] | undefined} */
  let source;

  /** @param {Scene} scene @param {() => boolean} isWanted */
  async function refresh(scene, isWanted) {
    const samples = choice.value === "test" ? testSamples(scene) : trainingSamples(scene);
    counted.hidden = samples.length === 0 || scene.scores === undefined;
    if (counted.hidden) {
      setText(said, scene.scores === undefined ? "The program has no class scores: its loss must be cross_entropy(scores, label)." : `There is no ${choice.value} data.`);
      return;
    }
    const survey = await surveys.of(scene, choice.value, samples);
    if (survey && isWanted()) {
      fill(scene, survey);
    }
  }

  /** @param {Scene} scene @param {Survey} survey */
  function fill(scene, survey) {
    const rows = scene.data.classes.length;
    picked = source === scene.data ? picked : undefined;
    source = scene.data;
    const classes = Math.max(rows, survey.classes);
    const counts = confusionOf(survey.labels, survey.predicted, rows, classes);
    const isSure = survey.predicted.every((predicted) => predicted >= 0);
    const names = Array.from({ length: isSure ? classes : classes + 1 }, (_, column) => className(scene, column < classes ? column : -1));
    table.show(names, Array.from({ length: rows }, (_, row) => counts.subarray(row * (classes + 1), (row + 1) * (classes + 1))));
    const right = rightOf(survey.labels, survey.predicted);
    setText(said, `${right} of ${survey.samples.length} right: ${percent(right / survey.samples.length)}`);
    showPicked(scene, survey, classes);
  }

  /** Picks a cell, or none if it was picked already. @param {Cell} cell */
  function pick(cell) {
    picked = picked?.row === cell.row && picked.column === cell.column ? undefined : cell;
    host.redraw();
  }

  /** @param {Scene} scene @param {Survey} survey @param {number} classes */
  function showPicked(scene, survey, classes) {
    const { row = -1, column = -1 } = picked ?? {};
    const predicted = column < classes ? column : -1;
    const places = picked ? [...survey.samples.keys()].filter((place) => survey.labels[place] === row && survey.predicted[place] === predicted) : [];
    const more = places.length > MOST ? `; here are the first ${MOST}` : "";
    table.mark(picked);
    setText(about, picked ? `${places.length} of class ${className(scene, row)} read as ${className(scene, predicted)}${more}` : "");
    pictures.show(scene, places.slice(0, MOST).map((place) => itemOf(scene, survey, place)));
  }

  return folded;
}

/** @param {Scene} scene @param {Survey} survey @param {number} place @returns {import("./gallery.js").Item} */
function itemOf(scene, { samples, labels, predicted, probabilities }, place) {
  const sample = samples[place] ?? 0;
  const label = `picture ${sample}: ${className(scene, labels[place] ?? 0)} read as ${className(scene, predicted[place] ?? -1)}, ${percent(probabilities[place] ?? NaN)}`;
  return { sample, label, lines: [] };
}
