// The verdict on a learning rate: a sentence, and the stable rates along the slider's track.

import { computedVerdict, verdictOf } from "../../engine/verdict.js";
import { make, setText } from "../../parts/dom.js";
import { SETTINGS } from "../../state/settings.js";

/** @typedef {import("../../pkg/core.js").RateVerdict} RateVerdict */
/** @typedef {import("./scene.js").Handle} Handle */
/** @typedef {import("./scene.js").Core} Core */
/** @typedef {import("../../state/scale.js").Scale} Scale */

const WORDS = {
  converges: "This learning rate converges",
  oscillates: "This learning rate converges, jumping from one side of the minimum to the other",
  crawls: "This learning rate converges, but very slowly",
  diverges: "This learning rate diverges",
  stays: "This learning rate neither converges nor diverges",
};

/** A word for the outcome of a run: computed, or else measured. @param {Handle} handle */
export function fateOf(handle) {
  const { measured, fate } = verdictOf(handle);
  return measured && fate !== "diverges" ? `${fate} (measured)` : fate;
}

/** If nothing can be computed about other learning rates, what happened in this run. @param {Handle} handle @param {Core} core */
function measured(handle, core) {
  const ratio = handle.settledRatio;
  const what = handle.diverged !== undefined ? "this run diverges" : ratio === undefined ? "" : `in the second half of this run, each epoch multiplied the mean loss by ${core.shortNumber(ratio)}`;
  return what && `Measured, not computed: ${what}.`;
}

/** @returns {import("./scene.js").View} */
export function verdictView() {
  const text = make("p", { class: "verdict", part: "verdict" });
  const track = make("div", { class: "track", "aria-hidden": "true" });
  const scale = /** @type {Scale} */ (SETTINGS.lr.scale);
  let drawn = "";
  return {
    elements: [text],
    track,
    spoken: () => text.textContent,
    show(scene) {
      scene.read((handle, core) => {
        const verdict = computedVerdict(handle);
        setText(text, verdict ? sentenceOf(core, verdict) : measured(handle, core));
        const stripes = verdict ? stripesOf(verdict, scale) : "none";
        if (drawn !== stripes) {
          drawn = stripes;
          track.style.backgroundImage = stripes;
        }
      });
    },
  };
}

/**
 * @param {Core} core
 * @param {RateVerdict} verdict
 */
function sentenceOf(core, { fate, factor, stable, best, exact }) {
  const short = (/** @type {number} */ value) => core.shortNumber(value);
  const epoch = `each epoch multiplies the distance to the minimum by ${short(factor)}`;
  const intervals = stable.map(([low, high]) => `${short(low)} < α < ${Number.isFinite(high) ? short(high) : "10"}`);
  const range = intervals.length > 0 ? `Stable: ${intervals.join(" and ")}; fastest at α = ${short(best.lr)}.` : "No learning rate up to 10 is stable.";
  const where = exact ? "" : " This holds near the end of the run, because the model is not linear in its parameters.";
  return `${WORDS[fate]}: ${epoch}. ${range}${where}`;
}

/**
 * The stable part of the track, in the places that the slider has for these values.
 * @param {RateVerdict} verdict
 * @param {Scale} scale
 */
function stripesOf({ stable }, { min, max, position }) {
  const percent = (/** @type {number} */ value) => Math.max(0, Math.min(100, (100 * (position(Math.max(value, 1e-12)) - min)) / (max - min)));
  const [good, bad] = ["var(--downhill-parameter)", "var(--downhill-problem)"];
  const stops = stable.flatMap(([low, high]) => {
    const [from, to] = [percent(low), percent(Number.isFinite(high) ? high : 1e9)];
    return [`${bad} ${from}%`, `${good} ${from}%`, `${good} ${to}%`, `${bad} ${to}%`];
  });
  return `linear-gradient(to right, ${[`${bad} 0%`, ...stops, `${bad} 100%`].join(", ")})`;
}
