// The network writes: a new sample every second while it learns, and the chances of the next
// character while a person types.

import { make, setText } from "../../../parts/dom.js";
import { figure } from "../../../parts/figure.js";
import { button, keepPrivate } from "../../../parts/private.js";
import { problemLine } from "../../../parts/problem.js";
import { slider } from "../../../parts/slider.js";
import { textOf, tokensOf } from "../../../state/language.js";
import { randomNumbers } from "../../../state/random.js";
import { linear } from "../../../state/scale.js";
import { shownToken } from "../../../state/shown.js";
import { TextError, messageOf } from "../../../state/text.js";
import { Writer } from "./writer.js";

/** @typedef {import("./element.js").TextScene} Scene */

/** How many characters a sample has, and how often there is a new one, in milliseconds. */
const LENGTH = 200;
const PAUSE = 1000;
/** The most probable characters that are shown, and the longest beginning that is read. */
const MOST_BARS = 8;
const MOST_TYPED = 200;

/** @param {import("../scene.js").HostOf<Scene>} host @returns {import("../scene.js").ViewOf<Scene>} */
export function writeView(host) {
  const writer = new Writer();
  const beginning = keepPrivate(make("input", { type: "text", "aria-label": "beginning", autocomplete: "off", spellcheck: "false", maxlength: String(MOST_TYPED) }));
  const typed = problemLine(beginning);
  const heat = slider({ key: "temperature", label: "temperature", symbol: "T", scale: linear(0, 2, 0.05) });
  const sample = make("pre", { class: "sample", tabindex: "0", role: "group", "aria-label": "what the network writes", dir: "auto" });
  const [note, rows] = [make("p", { class: "quiet" }), make("tbody")];
  const bars = make("table", { class: "chances" }, make("caption", {}, "the next character"), rows);
  const again = button("Write again", () => renew());
  keepPrivate(heat.element).addEventListener("input", ({ target }) => changed(() => (temperature = read(target))));
  beginning.addEventListener("input", () => changed(() => {}));
  heat.show(1);
  let [temperature, seed] = [1, 1];
  /** What was written last, when, and whether something else is wanted. */
  let [network, steps, written, isStale] = [/** @type {Scene["network"] | undefined} */ (undefined), -1, -Infinity, true];
  const element = figure("What it writes", [], make("div", { class: "writing" }, make("label", {}, "beginning ", beginning), typed.line, heat.element, sample, make("div", { class: "buttons" }, again), note, bars));

  /** @param {EventTarget | null} target */
  function read(target) {
    const value = heat.read(target);
    if (!(value >= 0 && Number.isFinite(value))) {
      throw new TextError("the temperature must be a finite number of at least 0");
    }
    heat.show(value);
    return value;
  }

  /** @param {() => void} work */
  function changed(work) {
    try {
      work();
      heat.fail("");
      renew(seed);
    } catch (error) {
      heat.fail(messageOf(error));
    }
  }

  /** @param {number} [next] the seed; by default another one */
  function renew(next = seed + 1) {
    seed = next;
    isStale = true;
    host.redraw();
  }

  /** @param {Scene} scene */
  function write(scene) {
    const sampler = writer.of(scene);
    setText(note, sampler ? "" : "This program was written by hand, so the page does not know how to write with it.");
    if (!sampler) {
      setText(sample, "");
      rows.replaceChildren();
      return;
    }
    const begun = tokensOf(scene.data, beginning.value.slice(0, MOST_TYPED));
    sampler.temperature = temperature;
    sampler.begin(begun);
    drawBars(scene, sampler.next());
    setText(sample, beginning.value + textOf(scene.data, sampler.write(LENGTH, randomNumbers(seed))));
  }

  /** @param {Scene} scene @param {Float64Array} chances */
  function drawBars({ data, core }, chances) {
    const best = Array.from(chances, (chance, token) => ({ chance, token })).sort((a, b) => b.chance - a.chance).slice(0, MOST_BARS);
    rows.replaceChildren(...best.map(({ chance, token }) => {
      const bar = make("meter", { min: "0", max: "1", value: String(chance), "aria-hidden": "true" });
      return make("tr", {}, make("th", { scope: "row" }, make("bdi", {}, shownToken(data.tokens[token] ?? ""))), make("td", {}, bar), make("td", {}, core.shortNumber(chance)));
    }));
  }

  /** What can't be a beginning is answered at its field. @param {() => void} work */
  function attempt(work) {
    try {
      work();
      typed.fail("");
    } catch (error) {
      typed.fail(messageOf(error));
    }
  }

  return {
    elements: [element],
    stop: () => writer.free(),
    show(scene) {
      const hasLearned = scene.network !== network || scene.steps !== steps;
      if (!isStale && !(hasLearned && (!scene.isRunning || performance.now() > written + PAUSE))) {
        return;
      }
      seed += Number(scene.isRunning);
      [network, steps, written, isStale] = [scene.network, scene.steps, performance.now(), false];
      attempt(() => write(scene));
    },
  };
}
