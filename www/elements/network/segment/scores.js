// How well the network does on pixels that it was not shown: accuracy, intersection over union, and
// which class is taken for which.

import { make, setText } from "../../../parts/dom.js";
import { figure } from "../../../parts/figure.js";
import { keepPrivate } from "../../../parts/private.js";
import { scrolled } from "../../../parts/scroll.js";
import { sight } from "../../../parts/sight.js";
import { metricsOf } from "../../../state/segment/metrics.js";
import { isPainted } from "./painted.js";
import { Surveyor } from "./survey.js";
import { knownIn } from "./task.js";

/** @typedef {import("./element.js").SegmentScene} Scene */
/** @typedef {import("./survey.js").Survey} Survey */
/** @typedef {import("../../../state/segment/project.js").Shot} Shot */
/** @typedef {{ name: string, about: string, shots: Shot[], truthOf: (shot: Shot) => Uint8Array }} Group pictures that are measured together, and the class of each pixel that counts */
/** @typedef {Group & { metrics: ReturnType<typeof metricsOf>, pixels: number }} Measured */

const NOTHING = "There is nothing to measure yet. Mark a picture “for the test” and paint on it, or choose data with a full mask: then the network is asked about pixels that it was not shown.";

/** @param {import("../scene.js").HostOf<Scene>} host @returns {import("../scene.js").ViewOf<Scene>} */
export function scoresView(host) {
  const surveyor = new Surveyor();
  const said = make("p", {});
  const [head, body] = [make("thead"), make("tbody")];
  const about = make("p", { class: "quiet" }, "Intersection over union (IoU): how many pixels are of a class and predicted as it, in parts of those that are one or the other. 1 is perfect.");
  const ious = make("table", { class: "ious" }, make("caption", { class: "spoken" }, "intersection over union"), head, body);
  const choice = keepPrivate(make("select", { "aria-label": "pixels that are counted" }), () => fillMatrix());
  const matrix = make("table", { class: "confusion" });
  const counted = make("div", { class: "measured" }, about, make("div", { class: "scroll" }, ious), make("details", {}, make("summary", {}, "Which class is taken for which"), choice, scrolled("Which class is taken for which", matrix)));
  const element = figure("Scores", [], said, counted);
  const seen = sight(element, host.redraw);
  /** @type {Measured[]} */
  let measured = [];
  /** @type {string[]} */
  let names = [];

  /** @param {Scene} scene @param {Survey} survey */
  function take(scene, survey) {
    names = scene.data.classes.map(({ name }) => name);
    measured = groupsOf(scene).map((group) => measure(group, survey, names.length)).filter(({ pixels }) => pixels > 0);
    setText(said, measured.map(({ about, metrics, pixels }) => `${percent(metrics.accuracy)} of ${pixels.toLocaleString("en")} ${about} are right.`).join(" "));
    fillIous();
    choice.replaceChildren(...measured.map(({ name }) => make("option", {}, name)));
    fillMatrix();
  }

  function fillIous() {
    head.replaceChildren(make("tr", {}, make("th", { scope: "col" }, "IoU of class"), ...measured.map(({ name }) => make("th", { scope: "col" }, name))));
    body.replaceChildren(...[...names, "mean"].map((name, place) => make("tr", {}, make("th", { scope: "row" }, name), ...measured.map(({ metrics: { iou } }) => make("td", {}, decimal(place < names.length ? iou[place] : meanOf(iou)))))));
  }

  function fillMatrix() {
    const shown = measured[choice.selectedIndex] ?? measured[0];
    if (shown) {
      matrix.replaceChildren(...rowsOf(names, shown.metrics.confusion));
    }
  }

  return {
    elements: [element],
    stop: seen.stop,
    show(scene) {
      const shots = scene.data.shots.filter((shot) => shot.truth !== undefined || (shot.isTest && isPainted(shot)));
      const isReady = !scene.isFresh && scene.scores !== undefined && shots.length > 0;
      if (!isReady) {
        // What an earlier network was measured by is not shown beside the next one.
        measured = [];
        counted.hidden = true;
        setText(said, shots.length === 0 ? NOTHING : scene.scores === undefined ? "The program has no class scores: its loss must be -sum(mask*log_softmax(scores, axis=0))." : "The scores appear when the network has learned something.");
        return;
      }
      const survey = seen.isVisible() ? surveyor.advance(scene, shots) : undefined;
      if (survey) {
        take(scene, survey);
        counted.hidden = measured.length === 0;
      } else if (surveyor.isBusy) {
        host.redraw();
      }
    },
  };
}

/** @param {Scene} scene @returns {Group[]} */
function groupsOf({ data: { shots } }) {
  const [learned, tested] = [shots.filter(({ isTest, truth }) => !isTest && truth), shots.filter(({ isTest }) => isTest)];
  const isWhole = tested.every(({ truth }) => truth);
  return [
    { name: "training pictures, not painted", about: "pixels of the training pictures that are not painted", shots: learned, truthOf: ({ mask, truth = mask }) => truth.map((k, place) => (mask[place] ? 0 : k)) },
    { name: isWhole ? "test pictures" : "test pictures, known pixels", about: isWhole ? "pixels of the test pictures" : "known pixels of the test pictures", shots: tested, truthOf: knownIn },
  ];
}

/** @param {Group} group @param {Survey} survey @param {number} classes @returns {Measured} */
function measure(group, survey, classes) {
  const shots = group.shots.filter((shot) => survey.has(shot));
  const truths = shots.map(group.truthOf);
  const pixels = truths.reduce((sum, truth) => sum + truth.reduce((count, k) => count + Number(k > 0), 0), 0);
  return { ...group, pixels, metrics: metricsOf(shots.map((shot) => survey.get(shot) ?? new Uint8Array()), truths, classes) };
}

/** A row for each true class, a column for each predicted one. @param {string[]} names @param {number[][]} confusion */
function rowsOf(names, confusion) {
  const head = make("tr", {}, make("td"), ...names.map((name) => make("th", { scope: "col" }, name)));
  const rows = names.map((name, row) => make("tr", {}, make("th", { scope: "row" }, name), ...names.map((_, column) => make("td", {}, (confusion[row]?.[column] ?? 0).toLocaleString("en")))));
  return [make("caption", { class: "quiet" }, "Rows are true classes, columns predicted ones."), make("thead", {}, head), make("tbody", {}, ...rows)];
}

/** The mean of the classes that there are. @param {number[]} iou */
function meanOf(iou) {
  const known = iou.filter((each) => !Number.isNaN(each));
  return known.reduce((sum, each) => sum + each, 0) / known.length;
}

/** @param {number | undefined} number */
function decimal(number = NaN) {
  return Number.isNaN(number) ? "–" : number.toFixed(3);
}

/** @param {number} part */
function percent(part) {
  return `${(100 * part).toFixed(1)} %`;
}
