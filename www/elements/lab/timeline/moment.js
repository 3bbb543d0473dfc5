// The moment that all views show: one slider for the steps of the run, and below it the phases
// inside a step, with buttons to step and play.

import { make, setText, uniqueId } from "../../../parts/dom.js";
import { momentOf, phaseWords } from "../../../state/phases.js";
import { player } from "./player.js";

/** @typedef {import("../scene.js").State} State */
/** @typedef {import("../../../state/phases.js").Moment} Moment */
/** @typedef {import("../../../state/phases.js").Size} Size */

/** What the keys do while the focus is on a button of the timeline. */
const KEYS = /** @type {Record<string, string>} */ ({ ArrowLeft: "phase-back", ArrowRight: "phase-on", PageUp: "epoch-back", PageDown: "epoch-on", Home: "first", End: "last" });

/**
 * @param {(action: string, playing?: boolean) => void} act goes to another moment
 * @param {(playing: boolean) => void} played
 */
export function momentControl(act, played) {
  const range = make("input", { type: "range", id: uniqueId(), min: "0", step: "1", value: "0", part: "slider" });
  const text = make("output", { for: range.id });
  const label = make("label", { for: range.id }, "step");
  const button = (/** @type {string} */ action, /** @type {string} */ name, /** @type {string} */ sign) => make("button", { type: "button", "data-action": action, "aria-label": name }, sign);
  const play = player(() => {
    act("phase-on", true);
    return !isLast;
  }, played);
  const phase = make("span", { class: "phase" });
  const inside = make("div", { class: "inside", role: "group", "aria-label": "inside the step" }, button("phase-back", "one operation back", "⟨"), play.button, button("phase-on", "one operation forward", "⟩"), make("button", { type: "button", "data-action": "whole" }, "whole step"), play.speed, phase);
  const element = make("div", { class: "moment", "data-key": "at" }, label, button("back", "one step back", "‹"), range, button("next", "one step forward", "›"), text, inside);
  /** @type {Size} */
  let size = { samples: 1, steps: 1, forward: 0, backward: 0 };
  /** Whether the moment that is shown has none after it. */
  let isLast = false;
  element.addEventListener("keydown", pressed);

  /** @param {KeyboardEvent} event */
  function pressed(event) {
    const action = event.shiftKey ? { ArrowLeft: "back", ArrowRight: "next" }[event.key] : KEYS[event.key];
    const own = event.target === range || event.target === play.speed;
    if (action && !own && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      act(action);
    }
  }

  return {
    element,
    stop: play.stop,
    /** The moment that was dragged to. @returns {import("../scene.js").Change} */
    edit: () => ({ keys: ["at"], read: () => ({ at: momentOf(Number(range.value), size) }) }),

    /** @param {import("../scene.js").Scene} scene */
    show({ state, step, size: next }) {
      size = next;
      isLast = state.at.phase === "u" && step === size.steps - 1;
      range.max = String(size.steps - 1);
      range.value = String(step);
      const words = wordsOf(momentOf(step, size), state.batch, size);
      range.setAttribute("aria-valuetext", words);
      setText(text, words);
      setText(phase, phaseWords(state.at.phase, size));
    },
  };
}

/** @param {Moment} moment @param {number} batch @param {Size} size */
function wordsOf({ epoch, sample }, batch, { samples }) {
  return batch > 1 ? `epoch ${epoch}, batch ${sample + 1} of ${samples}; the graph shows its first sample` : `epoch ${epoch}, sample ${sample + 1} of ${samples}`;
}
