// Characters as people see them: grapheme clusters, such as a letter with its accents, or an emoji of several signs.

import { PART } from "./reading.js";

/** @typedef {(piece: string) => string[]} Split cuts a piece of text into its clusters */
/** @typedef {(cluster: string) => void} Take receives a cluster */

/** How much is cut at once, in UTF-16 units: the time that a segmenter takes grows with the square of the length. */
const PIECE = 256;
/** No cluster has more units; what follows begins another one. The largest emoji have about 20. */
const LONGEST = 32;
/** Two characters below this one are always two clusters: they are Latin letters, and no combining marks. */
const SIMPLE = 0x300;
/** Except for this line's end, which consists of two characters. */
const RETURN = "\r\n";

/** Browsers without a segmenter take code points. @type {Split} */
const CUT = typeof Intl.Segmenter === "function" ? segmented(new Intl.Segmenter("en", { granularity: "grapheme" })) : codePoints;

/** @param {Intl.Segmenter} segmenter @returns {Split} */
function segmented(segmenter) {
  return (piece) => Array.from(segmenter.segment(piece), ({ segment }) => segment);
}

/** The code points of a piece; a line's end of two characters stays together. @param {string} piece */
export function codePoints(piece) {
  return piece.match(/\r\n|[^]/gu) ?? [];
}

/**
 * Hands over the clusters of a text, one after the other. Lone surrogates become U+FFFD, and `\r\n` becomes `\n`.
 * @param {string} text
 * @param {Take} take
 * @param {Split} [split]
 * @returns {import("./reading.js").Reading<void>}
 */
export function* clustersReading(text, take, split = CUT) {
  let pause = PART;
  for (let place = 0; place < text.length;) {
    const simple = simpleAt(text, place);
    place += simple ? handOver(simple, take) : takePiece(text, place, take, split);
    if (place >= pause) {
      pause = place + PART;
      yield;
    }
  }
}

/** A cluster that is found without a segmenter, which takes far longer. @param {string} text @param {number} place */
function simpleAt(text, place) {
  if (text.startsWith(RETURN, place)) {
    return RETURN;
  }
  // At the end of the text, the next code is not a number.
  const isAlone = text.charCodeAt(place) < SIMPLE && !(text.charCodeAt(place + 1) >= SIMPLE);
  return isAlone ? text.charAt(place) : "";
}

/** Hands over the clusters of a piece, and returns how many units they have. @param {string} text @param {number} place @param {Take} take @param {Split} split */
function takePiece(text, place, take, split) {
  const end = place + within(text.slice(place, place + PIECE + 1), PIECE);
  const piece = text.slice(place, end).replace(/\p{Surrogate}/gu, "\uFFFD");
  let taken = 0;
  for (const cluster of split(piece)) {
    if (cluster.length > LONGEST) {
      return taken + handOver(cluster.slice(0, within(cluster, LONGEST)), take);
    }
    // The last cluster may go on behind the piece.
    if (taken + cluster.length === piece.length && end < text.length) {
      return taken;
    }
    taken += handOver(cluster, take);
  }
  return taken;
}

/** How many units to take so that no surrogate pair is cut. @param {string} text @param {number} most */
function within(text, most) {
  return most - Number(/^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(text.slice(most - 1, most + 1)));
}

/** Returns the number of units. @param {string} cluster @param {Take} take */
function handOver(cluster, take) {
  take(cluster === RETURN ? "\n" : cluster);
  return cluster.length;
}
