// What a network is shown of painted pictures: their numbers, and how much each painted pixel counts.

import { TextError } from "../text.js";

/** @typedef {import("./project.js").Project} Project */
/** @typedef {import("./project.js").Shot} Shot */
/** @typedef {Pick<import("../segments.js").SegmentState, "colour" | "coordinates" | "copies" | "balanced">} Seen the settings on which samples depend */
/** @typedef {{ name: string, shape: number[], numbers: Float64Array }} Column */
/** @typedef {{ picture: Float64Array, mask: Float64Array }} Row */
/** @typedef {{ columns: Column[], training: number, count: number, shotOf: (sample: number) => Shot | undefined, turnOf: (sample: number) => number }} Samples `turnOf` says how a sample's picture is turned; see `rowOf` */

/** The most numbers of all samples together. */
const MOST = 24_000_000;
/** The size of a sample where there are no pictures. @type {[number, number]} */
const NO_SIZE = [4, 4];
/** How much red, green and blue count in grey. */
const [RED, GREEN, BLUE] = [0.299, 0.587, 0.114];

/**
 * The pictures as columns: those for training, their copies, those for the test, and one empty row more.
 * @param {Project} project
 * @param {Seen} state
 * @returns {Samples}
 */
export function samplesOf(project, state) {
  const { shots, classes } = project;
  const size = shots[0]?.size ?? NO_SIZE;
  const [learned, tested] = [shots.filter(({ isTest }) => !isTest), shots.filter(({ isTest }) => isTest)];
  const all = [...turnsOf(state, size).flatMap((turn) => learned.map((shot) => ({ shot, turn }))), ...tested.map((shot) => ({ shot, turn: 0 }))];
  const sizes = { picture: inputsOf(state), mask: classes.length };
  checkCount(numbersOf(project, state));
  const columns = /** @type {const} */ (["picture", "mask"]).map((name) => ({ name, shape: [all.length + 1, sizes[name], ...size], numbers: new Float64Array((all.length + 1) * sizes[name] * size[0] * size[1]) }));
  all.forEach(({ shot, turn }, sample) => {
    const row = rowOf(shot, project, state, turn);
    columns.forEach(({ name, numbers }) => numbers.set(row[name], sample * row[name].length));
  });
  return { columns, training: all.length - tested.length, count: all.length, shotOf: (sample) => all[sample]?.shot, turnOf: (sample) => all[sample]?.turn ?? 0 };
}

/** How many numbers all samples have together. @param {Project} project @param {Seen} state */
export function numbersOf({ shots, classes }, state) {
  const size = shots[0]?.size ?? NO_SIZE;
  const tested = shots.filter(({ isTest }) => isTest).length;
  const samples = turnsOf(state, size).length * (shots.length - tested) + tested + 1;
  return samples * (inputsOf(state) + classes.length) * size[0] * size[1];
}

/** @param {number} count */
function checkCount(count) {
  if (count > MOST) {
    throw new TextError(`all pictures and their copies together have ${count} numbers; at most ${MOST} fit: take fewer copies or fewer pictures`, "copies");
  }
}

/**
 * One sample, for a column of each name. A turn is a sum of 1 for mirrored, 2 for upside down, and 4 for rows and columns exchanged.
 * @param {Shot} shot
 * @param {Project} project
 * @param {Seen} state
 * @param {number} [turn]
 * @returns {Row}
 */
export function rowOf(shot, { classes }, state, turn = 0) {
  const places = placesOf(shot.size, turn);
  return { picture: pictureOf(shot, state, places), mask: maskOf(shot.mask, sharesOf(shot.mask, classes.length, state), places) };
}

/**
 * How much a painted pixel of each class counts. All painted pixels of a picture together count 1.
 * @param {Uint8Array} mask
 * @param {number} classes
 * @param {Pick<Seen, "balanced">} state
 */
function sharesOf(mask, classes, { balanced }) {
  const counts = countsOf(mask, classes);
  const present = counts.subarray(1).filter((count) => count > 0).length;
  const painted = mask.length - (counts[0] ?? 0);
  return Float64Array.from(counts.subarray(1), (count) => (count === 0 ? 0 : 1 / (balanced ? present * count : painted)));
}

/** How many pixels of each class there are, and at 0 how many are not painted. @param {Uint8Array} mask @param {number} classes */
export function countsOf(mask, classes) {
  const counts = new Uint32Array(classes + 1);
  for (let place = 0; place < mask.length; place += 1) {
    const k = mask[place] ?? 0;
    counts[k] = (counts[k] ?? 0) + 1;
  }
  return counts;
}

/** The channels of a picture as the network sees it. @param {Pick<Seen, "colour" | "coordinates">} state */
export function inputsOf({ colour, coordinates }) {
  return (colour === "grey" ? 1 : 3) + (coordinates ? 2 : 0);
}

/** How the copies of a picture are turned, and the picture itself. @param {Seen} state @param {[number, number]} size */
function turnsOf({ copies }, [rows, columns]) {
  // A picture with a long side would get another size if its rows and columns were exchanged.
  const count = { none: 1, mirrored: 2, turned: rows === columns ? 8 : 4 }[copies] ?? 1;
  return Array.from({ length: count }, (_, turn) => turn);
}

/** Which place of a picture comes to each place of a turned one. @param {[number, number]} size @param {number} turn */
function placesOf([rows, columns], turn) {
  const places = new Uint32Array(rows * columns);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const [down, right] = turn & 4 ? [column, row] : [row, column];
      places[row * columns + column] = (turn & 2 ? rows - 1 - down : down) * columns + (turn & 1 ? columns - 1 - right : right);
    }
  }
  return places;
}

/** Channel by channel, from 0 to 1: grey or three colours, then how far down and how far to the right each pixel is. @param {Shot} shot @param {Seen} state @param {Uint32Array} places */
function pictureOf({ pixels, size }, state, places) {
  const [count, isGrey] = [places.length, state.colour === "grey"];
  const picture = new Float64Array(inputsOf(state) * count);
  for (let place = 0; place < count; place += 1) {
    const from = 3 * (places[place] ?? 0);
    const [red, green, blue] = [pixels[from] ?? 0, pixels[from + 1] ?? 0, pixels[from + 2] ?? 0];
    picture[place] = (isGrey ? greyOf(red, green, blue) : red) / 255;
    if (!isGrey) {
      picture[count + place] = green / 255;
      picture[2 * count + place] = blue / 255;
    }
  }
  if (state.coordinates) {
    fillCoordinates(picture.subarray((isGrey ? 1 : 3) * count), size);
  }
  return picture;
}

/** The brightness of a colour, as a whole number from 0 to 255. @param {number} red @param {number} green @param {number} blue */
function greyOf(red, green, blue) {
  return Math.round(RED * red + GREEN * green + BLUE * blue);
}

/** A copy is seen in its own coordinates. @param {Float64Array} channels @param {[number, number]} size */
function fillCoordinates(channels, [rows, columns]) {
  for (let place = 0; place < rows * columns; place += 1) {
    channels[place] = Math.floor(place / columns) / Math.max(1, rows - 1);
    channels[rows * columns + place] = (place % columns) / Math.max(1, columns - 1);
  }
}

/** A channel for each class. @param {Uint8Array} mask @param {Float64Array} shares @param {Uint32Array} places */
function maskOf(mask, shares, places) {
  const count = places.length;
  const channels = new Float64Array(shares.length * count);
  for (let place = 0; place < count; place += 1) {
    const k = mask[places[place] ?? 0] ?? 0;
    if (k > 0) {
      channels[(k - 1) * count + place] = shares[k - 1] ?? 0;
    }
  }
  return channels;
}
