// The phases of a sample's step: forward operation by operation, backward, update. As text `f2`,
// `b1` and `u`; a moment without one has everything computed.

/** @typedef {import("./settings.js").Moment} Moment */
/** @typedef {{ samples: number, steps: number, forward: number, backward: number }} Size of a run and of its graph */

const FORM = /^(?:([fb])(\d{1,5})|u)$/;

/** The place of a phase after all others: everything is computed. */
export const WHOLE = 2 ** 32 - 1;

/** @param {unknown} text */
export function isPhase(text) {
  return typeof text === "string" && FORM.test(text);
}

/**
 * The place of a phase among those of a sample; nothing where everything is computed.
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
 * The moment one phase on or back, through samples and epochs; at an end it stays.
 * @param {Moment} moment of which `step` is the step
 * @param {number} step
 * @param {1 | -1} direction
 * @param {Size} size
 * @returns {Moment}
 */
export function phaseBeside({ phase }, step, direction, size) {
  const each = size.forward + size.backward + 3;
  const place = placeOf(phase, size) ?? (direction > 0 ? -1 : each - 1);
  const all = Math.max(0, Math.min(step * each + place + direction, size.steps * each - 1));
  const next = Math.floor(all / each);
  return { epoch: Math.floor(next / size.samples), sample: next % size.samples, phase: phaseOf(all % each, size) };
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
