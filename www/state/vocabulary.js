// Which characters of a text become tokens of their own.

import { PART } from "./reading.js";

/** The most tokens that a language has. */
export const MOST_TOKENS = 256;

/** The token for all characters that have none of their own; it is also what an unreadable character became. */
export const OTHER = "\uFFFD";

/**
 * The characters that become tokens: all, or the most frequent ones and the token for all others, which is the last one.
 * @param {string[]} characters in the order in which they first appear
 * @param {number[]} counts how often each of them appears
 * @returns {import("./reading.js").Reading<string[]>}
 */
export function* vocabularyReading(characters, counts) {
  if (characters.length <= MOST_TOKENS) {
    return sorted(characters);
  }
  const { least, spare } = yield* thresholdReading(counts);
  const kept = [OTHER];
  let left = spare;
  for (const [place, character] of characters.entries()) {
    const count = counts[place] ?? 0;
    if (character !== OTHER && (count > least || (count === least && left > 0))) {
      kept.push(character);
      left -= Number(count === least);
    }
    if (place % PART === 0) {
      yield;
    }
  }
  return sorted(kept);
}

/**
 * How often a character must appear to be kept, and how many of those that appear just so often are kept. There may be
 * too many characters to sort them at once.
 * @param {number[]} counts
 * @returns {import("./reading.js").Reading<{ least: number, spare: number }>}
 */
function* thresholdReading(counts) {
  /** @type {Map<number, number>} */
  const having = new Map();
  for (const [place, count] of counts.entries()) {
    having.set(count, (having.get(count) ?? 0) + 1);
    if (place % PART === 0) {
      yield;
    }
  }
  let [least, spare] = [Infinity, MOST_TOKENS - 1];
  for (const count of [...having.keys()].sort((a, b) => b - a)) {
    least = count;
    const characters = having.get(count) ?? 0;
    if (characters >= spare) {
      break;
    }
    spare -= characters;
  }
  return { least, spare };
}

/** In the order of their codes, with the token for all others at the end. @param {string[]} characters */
function sorted(characters) {
  const own = characters.filter((character) => character !== OTHER).sort();
  return own.length < characters.length ? [...own, OTHER] : own;
}
