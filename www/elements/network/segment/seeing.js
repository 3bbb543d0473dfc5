// Seeing inside: what the network sees around a pixel, what it says of it, and which parts of the
// picture its answer depends on.

import { announcer } from "../../../parts/announcer.js";
import { make, setText } from "../../../parts/dom.js";
import { figure } from "../../../parts/figure.js";
import { heat } from "../../../parts/heat.js";
import { keepPrivate } from "../../../parts/private.js";
import { problemLine } from "../../../parts/problem.js";
import { sight } from "../../../parts/sight.js";
import { TextError, messageOf, readNumber } from "../../../state/text.js";
import { receptiveField } from "../../../state/segnet.js";
import { shapeOf } from "../../../state/segments.js";
import { Looking } from "./looking.js";
import { pointing } from "./pointing.js";
import { chancesAt } from "./predict.js";
import { firstOf, knownIn, rowIn } from "./task.js";

/** @typedef {import("./element.js").SegmentScene} Scene */
/** @typedef {import("../../../state/segment/project.js").Shot} Shot */

/** How often it is computed anew while training goes on, in milliseconds. */
const PAUSE = 300;

/** @param {import("../scene.js").HostOf<Scene>} host @param {() => Shot | undefined} shown the picture that is looked at @returns {import("../scene.js").ViewOf<Scene>} */
export function seeingView(host, shown) {
  const { element: spoken, tell, stop: stopTelling } = announcer();
  const board = pointing(pick);
  const [row, column] = ["row", "column"].map((name) => keepPrivate(make("input", { type: "text", inputmode: "numeric", "aria-label": name, autocomplete: "off" }), () => type()));
  const problem = problemLine(/** @type {HTMLElement} */ (row));
  const map = heat("Gradient of the pixel’s loss by the picture");
  const [about, slope, rows] = [make("p", {}), make("p", { class: "quiet" }), make("tbody")];
  const chances = make("table", { class: "chances" }, make("caption", {}, "probability of each class"), rows);
  const place = make("div", { class: "choices" }, make("label", {}, "row ", /** @type {Node} */ (row)), make("label", {}, "column ", /** @type {Node} */ (column)));
  const element = figure("Seeing inside", [], make("p", { class: "quiet" }, "Point at a pixel, or move with the arrow keys."), make("div", { class: "seeing" }, make("div", { class: "side" }, board.canvas, place, problem.line), make("div", { class: "side" }, about, chances), make("div", { class: "side" }, make("h3", {}, "What its loss depends on"), map.canvas, slope)), spoken);
  const seen = sight(element, host.redraw);
  const looking = new Looking();
  /** @type {[row: number, column: number] | undefined} */
  let pixel;
  /** @type {Shot | undefined} */
  let shot;
  let drawn = { of: "", at: -Infinity };

  /** @param {[row: number, column: number]} next */
  function pick(next) {
    pixel = next;
    problem.fail("");
    host.redraw();
  }

  /** Takes typed numbers, which are counted from 1. */
  function type() {
    try {
      const [rows, columns] = shot?.size ?? [1, 1];
      pixel = [numberIn(row, rows, "row"), numberIn(column, columns, "column")];
      problem.fail("");
      host.redraw();
    } catch (error) {
      problem.fail(messageOf(error));
    }
  }

  /** @param {Scene} scene @param {Shot} shot @param {[number, number]} at */
  function look(scene, shot, at) {
    const { core, network, data, scores = "", task } = scene;
    const place = at[0] * shot.size[1] + at[1];
    const sample = firstOf(task, shot);
    const { values } = network.read(scores, [sample]);
    const chances = chancesAt(values, data.classes.length, place);
    const best = chances.indexOf(Math.max(...chances)) + 1;
    const known = knownIn(shot)[place] || shot.truth?.[place] || 0;
    const gradient = looking.gradient(scene, rowIn(task, sample).picture, place, known || best);
    showWords(scene, at, { best, known, painted: shot.mask[place] ?? 0, chance: chances[best - 1] ?? NaN });
    rows.replaceChildren(...data.classes.map(({ name }, k) => make("tr", {}, make("th", { scope: "row" }, name), make("td", {}, make("meter", { min: "0", max: "1", value: String(chances[k] || 0), "aria-hidden": "true" })), make("td", {}, core.shortNumber(chances[k] ?? NaN)))));
    showGradient(scene, shot, gradient, data.classes[(known || best) - 1]?.name ?? "");
  }

  /** @param {Scene} scene @param {[number, number]} at @param {{ best: number, known: number, painted: number, chance: number }} answer */
  function showWords({ core, data, state, isRunning }, [row, column], { best, known, painted, chance }) {
    const name = (/** @type {number} */ k) => `“${data.classes[k - 1]?.name}”`;
    const truth = painted ? `It is painted as ${name(painted)}.` : known ? `In truth it is ${name(known)}.` : "Nothing is painted there.";
    const [high, wide] = fieldOf(state, data);
    const words = `Row ${row + 1}, column ${column + 1}: the network says ${name(best)} with a probability of ${core.shortNumber(chance)}. ${truth} It sees ${high} × ${wide} pixels around it, which is the frame in the picture.`;
    setText(about, words);
    if (!isRunning) {
      tell(words);
    }
  }

  /** @param {Scene} scene @param {Shot} shot @param {Float64Array} gradient @param {string} name */
  function showGradient({ core }, { size: [rows, columns] }, gradient, name) {
    const strength = strengthOf(gradient, rows * columns);
    const most = strength.reduce((most, each) => Math.max(most, each), 0);
    map.show({ shape: [1, rows, columns], values: strength, colour: "gradient" });
    map.describe(`How strongly the loss of the pixel, -log p(${name}), depends on each pixel of the picture: at most ${core.shortNumber(most)}`);
    setText(slope, `The gradient of -log p(${name}) by the picture, at most ${core.shortNumber(most)}. Where it is empty, another colour would change nothing.`);
  }

  return {
    elements: [element],
    stop() {
      seen.stop();
      stopTelling();
      looking.free();
    },
    show(scene) {
      const next = shown();
      if (!seen.isVisible() || !next) {
        return;
      }
      pixel = next.size.join() === shot?.size.join() && pixel ? pixel : /** @type {[number, number]} */ (next.size.map((side) => Math.floor(side / 2)));
      shot = next;
      board.show(shot, pixel, fieldOf(scene.state, scene.data));
      [row, column].forEach((field, axis) => field && show(field, (pixel?.[axis] ?? 0) + 1));
      const of = `${scene.steps} ${scene.data.shots.indexOf(shot)} ${pixel}`;
      if (scene.scores && (of !== drawn.of || scene.network !== looking.of) && (!scene.isRunning || performance.now() > drawn.at + PAUSE)) {
        drawn = { of, at: performance.now() };
        look(scene, shot, pixel);
      }
    },
  };
}

/** The rows and columns that the network sees around a pixel. @param {Scene["state"]} state @param {Scene["data"]} project @returns {[number, number]} */
function fieldOf(state, project) {
  const side = receptiveField(shapeOf(state, project));
  return [side, side];
}

/** What is typed stays until it is left. @param {HTMLInputElement} field @param {number} number */
function show(field, number) {
  if (/** @type {ShadowRoot} */ (field.getRootNode()).activeElement !== field && !field.hasAttribute("aria-invalid")) {
    field.value = String(number);
  }
}

/** @param {HTMLInputElement | undefined} field @param {number} count @param {string} name */
function numberIn(field, count, name) {
  const number = readNumber(field?.value ?? "");
  if (!(Number.isInteger(number) && number >= 1 && number <= count)) {
    throw new TextError(`the ${name} must be a whole number from 1 to ${count}; it is ${number}`);
  }
  return number - 1;
}

/** The length of the gradient at each pixel, over its colours; what stands for its place does not count. @param {Float64Array} gradient @param {number} count */
function strengthOf(gradient, count) {
  const strength = new Float64Array(count);
  gradient.forEach((slope, place) => (strength[place % count] = Math.hypot(strength[place % count] ?? 0, slope)));
  return strength;
}
