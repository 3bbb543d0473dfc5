// Scenes whose class is known at each pixel: striped discs and chequered boxes before a background that is
// darker on one side, all of them noisy.

import { randomNumbers } from "../random.js";

/** @typedef {import("./project.js").Shot} Shot */
/** @typedef {{ class: number, top: number, left: number, high: number, wide: number, phase: number, color: number[], isIn: (row: number, column: number) => boolean }} Thing */

/** The classes of the scenes, in order. */
export const SCENE_CLASSES = Object.freeze(["background", "disc", "box"]);

/** How many things a scene has, how large they are in parts of its side, and how far they stay apart. */
const [THINGS, LEAST, MOST, GAP] = [6, 0.2, 0.38, 0.03];
/** How wide a stripe is in parts of the side. */
const STRIPE = 1 / 64;
/** How much a texture, the light and the noise change a colour, in parts of white. */
const [TEXTURE, LIGHT, NOISE] = [0.22, 0.3, 0.06];
/** The mean colours. */
const [GROUND, DISC, BOX] = [[0.42, 0.46, 0.4], [0.5, 0.44, 0.4], [0.4, 0.44, 0.54]];
/** How often a place is drawn for a thing before it is left out. */
const TRIES = 40;

/**
 * Pictures with a truth. The last third of them is for the test.
 * @param {{ count: number, side: number, seed: number }} how
 * @returns {Shot[]}
 */
export function generatedScenes({ count, side, seed }) {
  const random = randomNumbers(seed);
  return Array.from({ length: count }, (_, place) => ({ name: `scene ${place + 1}`, ...sceneOf(side, random), isTest: place >= count - Math.floor(count / 3) }));
}

/** @param {number} side @param {() => number} random @returns {Pick<Shot, "size" | "pixels" | "mask" | "truth">} */
function sceneOf(side, random) {
  const things = thingsOf(side, random);
  const count = side * side;
  const [pixels, truth] = [new Uint8Array(3 * count), new Uint8Array(count)];
  const slope = [random() - 0.5, random() - 0.5];
  for (let place = 0; place < count; place += 1) {
    const [row, column] = [Math.floor(place / side), place % side];
    const thing = things.find(({ isIn }) => isIn(row, column));
    const light = (LIGHT * ((slope[0] ?? 0) * (2 * row - side) + (slope[1] ?? 0) * (2 * column - side))) / side;
    truth[place] = thing?.class ?? 1;
    (thing?.color ?? GROUND).forEach((shade, channel) => (pixels[3 * place + channel] = byte(shade + light + textureOf(thing, row, column, side) + noise(random))));
  }
  return { size: [side, side], pixels, mask: new Uint8Array(count), truth };
}

/** Things that do not touch: half of them discs, the others boxes. @param {number} side @param {() => number} random */
function thingsOf(side, random) {
  /** @type {Thing[]} */
  const things = [];
  for (let number = 0; number < THINGS; number += 1) {
    const size = [0, 0].map(() => Math.round(side * (LEAST + (MOST - LEAST) * random())));
    const thing = placed(things, number % 2 === 0 ? disc(size[0] ?? 0) : box(size), side, random);
    things.push(...(thing ? [thing] : []));
  }
  return things;
}

/** @param {number} size @returns {Omit<Thing, "top" | "left" | "phase">} */
function disc(size) {
  const middle = (size - 1) / 2;
  return { class: 2, high: size, wide: size, color: DISC, isIn: (row, column) => (row - middle) ** 2 + (column - middle) ** 2 <= (size / 2) ** 2 };
}

/** @param {number[]} size @returns {Omit<Thing, "top" | "left" | "phase">} */
function box([high = 0, wide = 0]) {
  return { class: 3, high, wide, color: BOX, isIn: (row, column) => row >= 0 && row < high && column >= 0 && column < wide };
}

/** A thing at a place where it is clear of the others; nothing if there is none. @param {Thing[]} others @param {Omit<Thing, "top" | "left" | "phase">} thing @param {number} side @param {() => number} random @returns {Thing | undefined} */
function placed(others, thing, side, random) {
  const gap = GAP * side;
  for (let tries = 0; tries < TRIES; tries += 1) {
    const [top, left] = [thing.high, thing.wide].map((size) => Math.floor((side - size + 1) * random()));
    const isClear = others.every((other) => (top ?? 0) > other.top + other.high + gap || other.top > (top ?? 0) + thing.high + gap || (left ?? 0) > other.left + other.wide + gap || other.left > (left ?? 0) + thing.wide + gap);
    if (isClear) {
      return { ...thing, top: top ?? 0, left: left ?? 0, phase: Math.floor(side * random()), isIn: (row, column) => thing.isIn(row - (top ?? 0), column - (left ?? 0)) };
    }
  }
  return undefined;
}

/** Discs have stripes from left to right, boxes are chequered. @param {Thing | undefined} thing @param {number} row @param {number} column @param {number} side */
function textureOf(thing, row, column, side) {
  if (!thing) {
    return 0;
  }
  const width = Math.max(1, Math.round(STRIPE * side));
  const [down, across] = [row, column].map((place) => Math.floor((place + thing.phase) / width) % 2);
  return TEXTURE * ((thing.class === 2 ? down : down === across ? 0 : 1) ? 0.5 : -0.5);
}

/** About a normal draw: the sum of three numbers from -1 to 1 has the variance 1. @param {() => number} random */
function noise(random) {
  return NOISE * (2 * (random() + random() + random()) - 3);
}

/** @param {number} shade */
function byte(shade) {
  return Math.max(0, Math.min(255, Math.round(255 * shade)));
}
