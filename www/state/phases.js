// The moments of a run. A step has phases: forward operation by operation, backward, update. They
// are written `f2`, `b1` and `u`; in a moment without a phase everything is computed.

import { TextError } from "./text.js";

/** @typedef {{ epoch: number, sample: number, phase?: string }} Moment counted from 0; of a step with several samples, `sample` is its place in the epoch */
/** @typedef {{ samples: number, steps: number, forward: number, backward: number }} Size of a run and of its graph; `samples` are the steps of an epoch */

const FORM = /^(?:([fb])(\d{1,5})|u)$/;

/** The place of a phase after all others: everything is computed. */
export const WHOLE = 2 ** 32 - 1;

/** @param {unknown} text */
function isPhase(text) {
  return typeof text === "string" && FORM.test(text);
}

/** The step of a moment, or the last one of a shorter run. @param {Moment} moment @param {Size} size */
export function stepOf({ epoch, sample }, { samples, steps }) {
  return Math.min(epoch * samples + Math.min(sample, samples - 1), steps - 1);
}

/** @param {number} step @param {Size} size @returns {Moment} */
export function momentOf(step, { samples }) {
  return { epoch: Math.floor(step / samples), sample: step % samples };
}

/**
 * The place of a phase among those of a sample; nothing if everything is computed.
 * @param {string | undefined} phase
 * @param {Size} size
 */
export function placeOf(phase, { forward, backward }) {
  const [, pass, count = "0"] = FORM.exec(phase ?? "") ?? [];
  if (phase === undefined) {
    return undefined;
  }
  if (pass === undefined) {
    return forward + backward + 2;
  }
  return pass === "f" ? Math.min(Number(count), forward) : forward + 1 + Math.min(Number(count), backward);
}

/**
 * @param {number} place
 * @param {Size} size
 */
function phaseOf(place, { forward, backward }) {
  if (place > forward + backward + 1) {
    return "u";
  }
  return place > forward ? `b${place - forward - 1}` : `f${place}`;
}

/**
 * The moment one phase later or earlier, across samples and epochs; at an end it stays.
 * @param {Moment} moment
 * @param {1 | -1} direction
 * @param {Size} size
 * @returns {Moment}
 */
function phaseBeside(moment, direction, size) {
  const each = size.forward + size.backward + 3;
  const place = placeOf(moment.phase, size) ?? (direction > 0 ? -1 : each - 1);
  const all = Math.max(0, Math.min(stepOf(moment, size) * each + place + direction, size.steps * each - 1));
  return { ...momentOf(Math.floor(all / each), size), phase: phaseOf(all % each, size) };
}

/**
 * The moment that an action leads to.
 * @param {string} action
 * @param {Moment} at
 * @param {Size} size
 * @returns {Moment}
 */
export function neighbourOf(action, at, size) {
  if (action === "phase-on" || action === "phase-back") {
    return phaseBeside(at, action === "phase-on" ? 1 : -1, size);
  }
  const step = stepOf(at, size);
  /** @type {Record<string, number>} */
  const targets = { next: step + 1, back: step - 1, "epoch-on": step + size.samples, "epoch-back": step - size.samples, first: 0, last: size.steps - 1, whole: step };
  const moment = momentOf(Math.max(0, Math.min(targets[action] ?? step, size.steps - 1)), size);
  return at.phase && action !== "whole" ? { ...moment, phase: at.phase } : moment;
}

/**
 * A phase in words.
 * @param {string | undefined} phase
 * @param {Size} size
 */
export function phaseWords(phase, size) {
  const place = placeOf(phase, size);
  if (place === undefined) {
    return "everything computed";
  }
  const { forward, backward } = size;
  const [, pass, count] = FORM.exec(phaseOf(place, size)) ?? [];
  return pass === undefined ? "update" : pass === "f" ? `forward, ${count} of ${forward}` : `backward, ${count} of ${backward}`;
}

/** @param {string} text @returns {Moment} */
export function readMoment(text) {
  const [, epoch, sample, phase] = /^\s*(\d{1,7})\s*[/,]\s*(\d{1,7})(?:\s*[/,]\s*(\w+))?\s*$/.exec(text) ?? [];
  if (epoch === undefined || (phase !== undefined && !isPhase(phase))) {
    throw new TextError("the moment should have the form epoch/sample, such as 0/2, or with a phase 0/2/f1, 0/2/b1, 0/2/u");
  }
  return { epoch: Number(epoch), sample: Number(sample), ...(phase && { phase }) };
}

/** @param {Moment} moment */
export function writeMoment({ epoch, sample, phase }) {
  return phase === undefined ? `${epoch}/${sample}` : `${epoch}/${sample}/${phase}`;
}

/** @param {unknown} value */
export function isMoment(value) {
  const { epoch, sample, phase } = /** @type {any} */ (value ?? {});
  return [epoch, sample].every((part) => Number.isSafeInteger(part) && part >= 0) && (phase === undefined || isPhase(phase));
}
