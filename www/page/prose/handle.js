// The numbers of a text that are settings: what each of them changes, and on which scale.

import { initialOf, withInitial } from "../../state/initial.js";
import { momentOf, stepOf } from "../../state/phases.js";
import { linear } from "../../state/scale.js";
import { SETTINGS } from "../../state/settings.js";

/** @typedef {import("../../parts/numbers.js").Facts} Facts */
/** @typedef {import("../../state/settings.js").Key} Key */
/** @typedef {import("../../state/settings.js").State} State */

/**
 * @typedef {object} Handle
 * @property {Key} key the setting
 * @property {string} label
 * @property {import("../../state/scale.js").Scale} scale the one of the setting's slider
 * @property {number} value
 * @property {(value: number) => object} settings those for another value
 */

/** @type {Record<string, (facts: Facts, name: string) => Handle | undefined>} */
const HANDLES = { setting: settingHandle, start: startHandle, at: momentHandle };

/**
 * What a number changes; nothing if it is a result, or has no slider.
 * @param {Facts} facts
 * @param {string} text such as `setting lr`, `start w`, `at step`
 */
export function handleOf(facts, text) {
  const [kind = "", ...names] = text.trim().split(/\s+/);
  const handle = Object.hasOwn(HANDLES, kind) ? HANDLES[kind]?.(facts, names.join(" ")) : undefined;
  return Number.isFinite(handle?.value) ? handle : undefined;
}

/** The part of a lab in which a number is set. @param {string} text */
export function partOf(text) {
  const [kind, name = ""] = text.trim().split(/\s+/);
  const key = { setting: name, start: "init", at: "at" }[kind ?? ""] ?? "";
  return Object.hasOwn(SETTINGS, key) ? SETTINGS[/** @type {Key} */ (key)].control : "";
}

/** @param {Facts} facts @param {string} name @returns {Handle | undefined} */
function settingHandle({ state }, name) {
  const { scale, label } = Object.hasOwn(SETTINGS, name) ? SETTINGS[/** @type {Key} */ (name)] : { scale: undefined, label: "" };
  return scale && { key: /** @type {Key} */ (name), label, scale, value: state[name], settings: (value) => ({ [name]: value }) };
}

/** @param {Facts} facts @param {string} name of a parameter @returns {Handle | undefined} */
function startHandle({ state, run }, name) {
  const { scale, label } = SETTINGS.init;
  const value = run?.parameters.includes(name) ? initialOf(state.init, name) : undefined;
  return scale && value !== undefined ? { key: "init", label: `${label} ${name}`, scale, value, settings: (value) => ({ init: withInitial(state.init, name, value) }) } : undefined;
}

/** The moment that is shown; epochs are counted from 0 and samples from 1, as the timeline does it. @param {Facts} facts @param {string} name @returns {Handle | undefined} */
function momentHandle({ state, run }, name) {
  const steps = run?.losses.length ?? 0;
  const samples = Math.max(1, Math.round(steps / state.epochs));
  const step = stepOf(state.at, { samples, steps, forward: 0, backward: 0 });
  const at = (/** @type {number} */ step) => ({ at: momentOf(step, { samples, steps, forward: 0, backward: 0 }) });
  const { epoch, sample } = at(step).at;
  const moments = /** @type {Record<string, Pick<Handle, "scale" | "value" | "settings">>} */ ({
    step: { scale: linear(1, steps, 1), value: step + 1, settings: (value) => at(value - 1) },
    epoch: { scale: linear(0, Math.ceil(steps / samples) - 1, 1), value: epoch, settings: (value) => at(value * samples + sample) },
    sample: { scale: linear(1, samples, 1), value: sample + 1, settings: (value) => at(epoch * samples + value - 1) },
  });
  const moment = Object.hasOwn(moments, name) && steps > 0 ? moments[name] : undefined;
  return moment && { key: "at", label: name, ...moment };
}
