// Invented languages: texts from a seed, each with a rule that a network can find or miss.

import { languageOf } from "./language.js";
import { randomNumbers } from "./random.js";
import { TextError } from "./text.js";

/** @typedef {() => number} Random a number from 0 to 1 */
/**
 * An invented language.
 * @typedef {object} Invented
 * @property {string} name
 * @property {string} label
 * @property {string} why what it teaches, in one sentence
 * @property {(random: Random) => Generator<string, never, undefined>} write writes it without end, in lines or letters
 * @property {(reach: number) => number | undefined} floor the least loss, in nats per character, if so many earlier characters are seen
 */

/** About how many characters a text has. */
const LENGTH = 20_000;

/** How likely an open bracket is inside of others, and how likely the line goes on where all are closed. */
const [DEEPER, ON] = [0.4, 0.5];
const PAIRS = ["()", "[]", "{}"];
/** The most letters `a` of a line. */
const MOST = 12;
/** The summands are below this one. */
const BELOW = 100;
const LETTERS = "abcdefgh";
/** How far back the letter is on which the next one depends, and how likely the next one is drawn anew. */
const [BACK, ANEW] = [10, 0.1];

/** A whole number from 0 to below another. @param {Random} random @param {number} end */
const below = (random, end) => Math.floor(random() * end);
/** @param {number[]} probabilities */
const entropy = (probabilities) => -probabilities.reduce((sum, probability) => sum + probability * Math.log(probability), 0);

/** A floor that only those who see everything reach. @param {() => number} floor @returns {Invented["floor"]} */
const ofAll = (floor) => (reach) => (reach === Infinity ? floor() : undefined);

/** Lines of one letter or more. @type {Invented["write"]} */
function* brackets(random) {
  for (;;) {
    let [line, closing] = ["", ""];
    do {
      const [open = "", close = ""] = PAIRS[below(random, PAIRS.length)] ?? "";
      [line, closing] = [line + open, close + closing];
      while (closing !== "" && random() >= DEEPER) {
        [line, closing] = [line + closing.charAt(0), closing.slice(1)];
      }
    } while (closing !== "" || random() < ON);
    yield `${line}\n`;
  }
}

/** The entropy of a line, by its expected number of choices, divided by its expected length. */
function floorOfBrackets() {
  const groups = 1 / (1 - ON);
  // Each bracket inside of others closes one, or opens one more: a walk that begins one step above the ground.
  const inside = groups / (1 - 2 * DEEPER);
  const choices = groups * entropy([ON, 1 - ON]) + inside * entropy([DEEPER, 1 - DEEPER]);
  return (choices + (groups + inside * DEEPER) * Math.log(PAIRS.length)) / (groups + inside + 1);
}

/** @type {Invented["write"]} */
function* equals(random) {
  for (;;) {
    const count = 1 + below(random, MOST);
    yield `${"a".repeat(count)}${"b".repeat(count)}\n`;
  }
}

/** @type {Invented["write"]} */
function* sums(random) {
  for (;;) {
    const [a, b] = [below(random, BELOW), below(random, BELOW)];
    yield `${a}+${b}=${a + b}\n`;
  }
}

/** Two numbers are drawn for a line; the sum is certain. */
function floorOfSums() {
  let length = 0;
  for (let pair = 0; pair < BELOW ** 2; pair += 1) {
    const [a, b] = [Math.floor(pair / BELOW), pair % BELOW];
    length += `${a}+${b}=${a + b}\n`.length / BELOW ** 2;
  }
  return (2 * Math.log(BELOW)) / length;
}

/** @type {Invented["write"]} */
function* echoes(random) {
  const letters = Array.from({ length: BACK }, () => LETTERS.charAt(below(random, LETTERS.length)));
  for (let place = 0; ; place = (place + 1) % BACK) {
    yield letters[place] ?? "";
    if (random() < ANEW) {
      letters[place] = LETTERS.charAt(below(random, LETTERS.length));
    }
  }
}

/** Any nine letters in a row are independent, and all letters equally likely. @param {number} reach */
function floorOfEchoes(reach) {
  const other = ANEW / LETTERS.length;
  return reach < BACK ? Math.log(LETTERS.length) : entropy([1 - ANEW + other, ...Array(LETTERS.length - 1).fill(other)]);
}

/** @type {readonly Invented[]} */
export const INVENTED = Object.freeze(/** @type {Invented[]} */ ([
  { name: "brackets", label: "balanced brackets", why: "Which bracket may close next depends on the last one that is still open, and that one may be far back.", write: brackets, floor: ofAll(floorOfBrackets) },
  { name: "equal", label: "as many b as a", why: `After one to ${MOST} letters a, just as many b follow: the network has to count.`, write: equals, floor: ofAll(() => Math.log(MOST) / (MOST + 2)) },
  { name: "sums", label: "sums such as 12+7=19", why: "The summands are random, but the digits after the equals sign are not: the network has to add, with carries.", write: sums, floor: ofAll(floorOfSums) },
  { name: "tenth", label: "only the tenth letter back matters", why: `In about nine of ten cases each letter is that of ${BACK} letters before, and the letters between tell nothing: a receptive field of fewer than ${BACK} characters can't do better than guess.`, write: echoes, floor: floorOfEchoes },
]));

/** An invented language. @param {string} name @param {number} [seed] */
export function inventedLanguage(name, seed = 1) {
  const { label, write } = inventedNamed(name);
  return languageOf(textFrom(write(randomNumbers(seed))), { name, credit: `An invented language (${label}), made by this page from seed ${seed}.` });
}

/** Whole lines, until they are long enough. @param {Generator<string, never, undefined>} lines */
function textFrom(lines) {
  let text = "";
  while (text.length < LENGTH) {
    text += lines.next().value;
  }
  return text;
}

/**
 * The least mean loss that is possible in an invented language, in nats per character: its entropy rate, where it is known.
 * @param {string} name
 * @param {number} [reach] how many earlier characters are seen; by default all
 */
export function floorOf(name, reach = Infinity) {
  return INVENTED.find((language) => language.name === name)?.floor(reach);
}

/** @param {string} name */
function inventedNamed(name) {
  const found = INVENTED.find((language) => language.name === name);
  if (!found) {
    throw new TextError(`there is no language \`${name.slice(0, 40)}\`; there are ${INVENTED.map(({ name }) => name).join(", ")}`, "text");
  }
  return found;
}
