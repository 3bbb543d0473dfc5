// Strokes as a person would paint them, from a seed and a mask of all pixels: for lessons and measurements.

import { randomNumbers } from "../random.js";

/** @typedef {{ mask: Uint8Array, truth: Uint8Array, size: [rows: number, columns: number], random: () => number }} Canvas */

/** How long a stroke is in pixels, and how far its direction turns from pixel to pixel. */
const [LENGTH, TURN] = [8, 0.3];
/** How many strokes are tried for each pixel that is asked for. */
const TRIES = 4;
/** Among how many places the beginning of a stroke is chosen. */
const CANDIDATES = 4;

/**
 * A mask with short thin strokes inside each class. Every class gets an equal part of the pixels, or half of its own where
 * it has too few.
 * @param {Uint8Array} truth
 * @param {[rows: number, columns: number]} size
 * @param {{ share: number, seed: number }} how `share` of all pixels are painted
 */
export function seededStrokes(truth, size, { share, seed }) {
  const canvas = { mask: new Uint8Array(truth.length), truth, size, random: randomNumbers(seed) };
  const classes = [...new Set(truth)].filter((k) => k > 0).sort();
  classes.forEach((k) => paint(canvas, k, Math.round((share * truth.length) / classes.length)));
  return canvas.mask;
}

/** @param {Canvas} canvas @param {number} k @param {number} wanted */
function paint(canvas, k, wanted) {
  const places = placesOf(canvas.truth, k);
  /** @type {number[]} */
  const starts = [];
  let left = Math.min(wanted, Math.ceil(places.length / 2));
  for (let tries = TRIES * left; left > 0 && tries > 0; tries -= 1) {
    const start = farFrom(starts, places, canvas);
    starts.push(start);
    left -= stroke(canvas, k, start, left);
  }
}

/** Of some random places the one that is farthest from where strokes began: a person paints where nothing is painted yet. @param {number[]} starts @param {Uint32Array} places @param {Canvas} canvas */
function farFrom(starts, places, { size: [, columns], random }) {
  const drawn = Array.from({ length: CANDIDATES }, () => places[Math.floor(places.length * random())] ?? 0);
  const distance = (/** @type {number} */ place) => Math.min(...starts.map((start) => Math.hypot((start % columns) - (place % columns), Math.floor(start / columns) - Math.floor(place / columns))));
  return drawn.reduce((best, place) => (distance(place) > distance(best) ? place : best));
}

/** @param {Uint8Array} truth @param {number} k */
function placesOf(truth, k) {
  return Uint32Array.from(truth.keys()).filter((place) => truth[place] === k);
}

/** Paints from a place on while it stays inside the class; returns how many pixels it has painted. @param {Canvas} canvas @param {number} k @param {number} place @param {number} most */
function stroke({ mask, truth, size: [rows, columns], random }, k, place, most) {
  let [x, y, painted] = [place % columns, Math.floor(place / columns), 0];
  let [dx, dy] = [2 * random() - 1, 2 * random() - 1];
  for (let step = 0; step < LENGTH && painted < most; step += 1) {
    const [row, column] = [Math.round(y), Math.round(x)];
    const at = row * columns + column;
    if (row < 0 || row >= rows || column < 0 || column >= columns || truth[at] !== k) {
      break;
    }
    painted += Number(mask[at] === 0);
    mask[at] = k;
    const far = Math.hypot(dx, dy) || 1;
    [x, y] = [x + dx / far, y + dy / far];
    [dx, dy] = [dx / far + TURN * (2 * random() - 1), dy / far + TURN * (2 * random() - 1)];
  }
  return painted;
}
