// The moment that everything shows: one slider over the steps of the run, and below it the phases
// inside a step, which can be stepped and played.

import { make, setText, uniqueId } from "../../../parts/dom.js";
import { phaseBeside, phaseWords, placeOf } from "../../../state/phases.js";
import { player } from "./player.js";

/** @typedef {import("../../../state/settings.js").State} State */
/** @typedef {import("../../../state/settings.js").Moment} Moment */

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
    return moved;
  }, played);
  const phase = make("span", { class: "phase" });
  const inside = make("div", { class: "inside", role: "group", "aria-label": "inside the step" }, button("phase-back", "one operation back", "⟨"), play.button, button("phase-on", "one operation on", "⟩"), make("button", { type: "button", "data-action": "whole" }, "whole step"), play.speed, phase);
  const element = make("div", { class: "moment", "data-key": "at" }, label, button("back", "one step back", "‹"), range, button("next", "one step on", "›"), text, inside);
  const size = { samples: 1, steps: 1, forward: 0, backward: 0 };
  /** Whether the last phase was followed by another. */
  let moved = false;
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

  /** @param {number} step @returns {Moment} */
  const momentOf = (step) => ({ epoch: Math.floor(step / size.samples), sample: step % size.samples });
  /** @param {State} state */
  const stepOf = ({ at }) => Math.min(at.epoch * size.samples + Math.min(at.sample, size.samples - 1), size.steps - 1);

  return {
    element,
    stop: play.stop,
    /** The moment that was dragged to. */
    read: (/** @type {State} */ _state) => momentOf(Number(range.value)),

    /** The moment that an action leads to. */
    neighbour(/** @type {string} */ action, /** @type {State} */ state) {
      const step = stepOf(state);
      if (action === "phase-on" || action === "phase-back") {
        const beside = phaseBeside(state.at, step, action === "phase-on" ? 1 : -1, size);
        moved = JSON.stringify(beside) !== JSON.stringify(state.at);
        return beside;
      }
      /** @type {Record<string, number>} */
      const targets = { next: step + 1, back: step - 1, "epoch-on": step + size.samples, "epoch-back": step - size.samples, first: 0, last: size.steps - 1, whole: step };
      const moment = momentOf(Math.max(0, Math.min(targets[action] ?? step, size.steps - 1)));
      return state.at.phase && action !== "whole" ? { ...moment, phase: state.at.phase } : moment;
    },

    /**
     * Shows the moment of a state, or the last one of a shorter run, and returns its step and the
     * place of its phase.
     * @param {State} state
     * @param {typeof size} sizes
     */
    show(state, sizes) {
      Object.assign(size, sizes);
      const step = stepOf(state);
      range.max = String(size.steps - 1);
      range.value = String(step);
      const { epoch, sample } = momentOf(step);
      const words = state.batch > 1 ? `epoch ${epoch}, batch ${sample + 1} of ${size.samples}; the graph shows its first sample` : `epoch ${epoch}, sample ${sample + 1} of ${size.samples}`;
      range.setAttribute("aria-valuetext", words);
      setText(text, words);
      setText(phase, phaseWords(state.at.phase, size));
      return { step, place: placeOf(state.at.phase, size) };
    },
  };
}
