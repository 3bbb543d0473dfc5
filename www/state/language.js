// Text as numbers: each character that appears is a token, and has a number.

import { LIMITS } from "../pkg/catalog.js";
import { clustersReading } from "./clusters.js";
import { PART, finish } from "./reading.js";
import { shownToken } from "./shown.js";
import { TextError, counted } from "./text.js";
import { MOST_TOKENS, OTHER, vocabularyReading } from "./vocabulary.js";

/** @template T @typedef {import("./reading.js").Reading<T>} Reading */
/** @typedef {{ name: string, credit: string, share?: number }} About `share` is the part of the text that is for training, 0 to 1; by default 0.9 */

/**
 * A text as tokens.
 * @typedef {object} Language
 * @property {string} name
 * @property {string[]} tokens the characters (grapheme clusters) by number; at most 256; the last one may be "�" for all others
 * @property {Uint16Array} text the whole text as numbers
 * @property {number} training how many of the first tokens of `text` are for training; the others are for the test
 * @property {string} credit
 * @property {string} [remark] what a person should know, such as that rare characters became one token
 */

/** The longest text that is read, in bytes of UTF-8. */
const MOST_BYTES = 2 ** 20;
/** Each part of the text has at least so many tokens: one, and the one after it. */
const LEAST = 2;

/** A text as a language, at once. @param {string} text @param {About} about */
export function languageOf(text, about) {
  return finish(languageReading(text, about));
}

/**
 * A text as a language, in parts of about a millisecond. Throws a TextError if the text can't be learned.
 * @param {string} text
 * @param {About} about
 * @returns {Reading<Language>}
 */
export function* languageReading(text, { name, credit, share = 0.9 }) {
  if (!(share > 0 && share < 1)) {
    throw new TextError(`the share of the text that is for training must be between 0 and 1, but it is ${share}`, "share");
  }
  checkSize(text);
  yield;
  const { characters, counts, places, length } = yield* charactersReading(text);
  checkVariety(characters, length);
  const tokens = yield* vocabularyReading(characters, counts);
  const numbers = yield* numbersReading(places.subarray(0, length), characters, tokens);
  const training = Math.min(Math.max(Math.round(share * length), LEAST), length - LEAST);
  const remark = remarkOn(counts, characters, tokens);
  return { name, tokens, text: numbers, training, credit, ...(remark ? { remark } : {}) };
}

/** @param {string} text */
function checkSize(text) {
  if (text === "") {
    throw new TextError("the text is empty; paste a few pages, or open a file with text");
  }
  const bytes = text.length > MOST_BYTES ? text.length : new TextEncoder().encode(text).length;
  if (bytes > MOST_BYTES) {
    throw new TextError(`the text has more than 1 MB (${MOST_BYTES} bytes); use a part of it`);
  }
}

/** @param {string[]} characters @param {number} length */
function checkVariety(characters, length) {
  if (characters.length < 2) {
    throw new TextError(`the text has only one character, \`${shownToken(characters[0] ?? "")}\`, again and again; it needs at least two different ones`);
  }
  if (length < 2 * LEAST) {
    throw new TextError(`the text has only ${length} characters; it needs at least ${2 * LEAST}, because one part is for training and another for the test`);
  }
}

/**
 * The different characters as they first appear, how often each appears, and which one stands at each place.
 * @param {string} text
 * @returns {Reading<{ characters: string[], counts: number[], places: Uint32Array, length: number }>}
 */
function* charactersReading(text) {
  /** @type {Map<string, number>} */
  const numbers = new Map();
  /** @type {number[]} */
  const counts = [];
  const places = new Uint32Array(text.length);
  let length = 0;
  yield* clustersReading(text, (cluster) => {
    const number = numbers.get(cluster) ?? numbers.size;
    numbers.set(cluster, number);
    counts[number] = (counts[number] ?? 0) + 1;
    places[length] = number;
    length += 1;
  });
  return { characters: [...numbers.keys()], counts, places, length };
}

/**
 * The number of the token at each place.
 * @param {Uint32Array} places
 * @param {string[]} characters
 * @param {string[]} tokens
 * @returns {Reading<Uint16Array>}
 */
function* numbersReading(places, characters, tokens) {
  const numbers = numbersOf(tokens);
  // Without a token for all others, each character has its own.
  const other = tokens.length - 1;
  const own = yield* mapped(characters, (character) => numbers.get(character) ?? other);
  return yield* mapped(places, (place) => own[place] ?? other);
}

/** @template T @param {ArrayLike<T>} list @param {(item: T) => number} number @returns {Reading<Uint16Array>} */
function* mapped(list, number) {
  const numbers = new Uint16Array(list.length);
  for (let place = 0; place < list.length; place += 1) {
    numbers[place] = number(/** @type {T} */ (list[place]));
    if (place % PART === 0) {
      yield;
    }
  }
  return numbers;
}

/** @param {string[]} tokens */
function numbersOf(tokens) {
  return new Map(tokens.map((token, number) => [token, number]));
}

/** @param {number[]} counts @param {string[]} characters @param {string[]} tokens */
function remarkOn(counts, characters, tokens) {
  const unreadable = counts[characters.indexOf(OTHER)] ?? 0;
  return [
    unreadable > 0 ? `The text has ${counted(unreadable, "character")} that can't be read, shown as \`${OTHER}\`. If it comes from a file, save the file as UTF-8.` : "",
    characters.length > MOST_TOKENS ? `The text has ${characters.length} different characters. The ${tokens.length - 1} most frequent ones are tokens; the others became one token, \`${OTHER}\`.` : "",
  ].filter((sentence) => sentence !== "").join(" ");
}

/**
 * A text as numbers of tokens. A character that has no token becomes the one for all others, or is refused with a TextError.
 * @param {Language} language
 * @param {string} text
 */
export function tokensOf({ tokens }, text) {
  const numbers = numbersOf(tokens);
  const other = numbers.get(OTHER);
  /** @type {number[]} */
  const found = [];
  finish(clustersReading(text, (cluster) => {
    const number = numbers.get(cluster) ?? other;
    if (number === undefined) {
      throw new TextError(`\`${shownToken(cluster)}\` does not appear in the text that is learned; use only characters that do`);
    }
    found.push(number);
  }));
  return Uint16Array.from(found);
}

/** Numbers of tokens as a text. @param {Language} language @param {ArrayLike<number>} numbers */
export function textOf({ tokens }, numbers) {
  return Array.from(numbers, (number) => {
    const token = tokens[number];
    if (token === undefined) {
      throw new TextError(`there is no token with the number ${number}; the numbers are 0 to ${tokens.length - 1}`);
    }
    return token;
  }).join("");
}

/**
 * The text as samples for a network: windows that do not overlap, those of the training part first. `next` has the token
 * after each one of `tokens`. A remainder that fills no window is left out.
 * @param {Language} language
 * @param {number} window how many tokens a sample has
 */
export function windowsOf({ text, training }, window) {
  const [learned, tested] = [text.subarray(0, training), text.subarray(training)];
  checkWindow(window, learned.length, tested.length);
  const [first, second] = [Math.floor((learned.length - 1) / window), Math.floor((tested.length - 1) / window)];
  const count = first + second;
  if (count > LIMITS.samples) {
    throw new TextError(`windows of ${counted(window, "character")} cut the text into ${count}; at most ${LIMITS.samples} are allowed, so make them longer`, "window");
  }
  const shape = [count, window];
  /** @param {number} shift */
  const shifted = (shift) => joined(learned.subarray(shift, shift + first * window), tested.subarray(shift, shift + second * window));
  return { columns: [{ name: "tokens", shape, numbers: shifted(0) }, { name: "next", shape, numbers: shifted(1) }], training: first, count };
}

/** A window needs one more token, the one after it. @param {number} window @param {number} learned @param {number} tested */
function checkWindow(window, learned, tested) {
  if (!Number.isInteger(window) || window < 1) {
    throw new TextError(`a window must have a whole number of characters, at least 1, but it is ${window}`, "window");
  }
  const [part, length] = learned < tested ? ["training", learned] : ["test", tested];
  if (window >= length) {
    throw new TextError(`a window of ${counted(window, "character")} is too long for the ${part} part, which has ${length}; use at most ${length - 1}, or a longer text`, "window");
  }
}

/** @param {Uint16Array} first @param {Uint16Array} second */
function joined(first, second) {
  const all = new Uint16Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}
