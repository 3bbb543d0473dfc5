// A lab's state as the query of an address: readable, and with only the settings that differ from
// the deck's lesson.

import { numbersOf } from "./data.js";
import { DECK, KEYS, SETTINGS, attributeOf } from "./settings.js";

/** @typedef {import("./settings.js").State} State */
/** @typedef {import("./settings.js").Key} Key */

/** The version of the format; an address without a version has the first. */
const VERSION = 1;

/** The longest query that is read, in characters. */
const LONGEST = 100_000;

/**
 * The settings of a state that differ from the deck's lesson, as texts.
 * @param {State} state
 * @returns {[Key, string][]}
 */
export function changedTexts(state) {
  const write = (/** @type {Key} */ key, /** @type {Partial<State>} */ from) => (from[key] === undefined ? undefined : SETTINGS[key].write(from[key]));
  return KEYS.flatMap((key) => {
    const text = write(key, state);
    return text === undefined || text === write(key, DECK) ? [] : [/** @type {[Key, string]} */ ([key, text])];
  });
}

/** The query of a state: `?lr=0.1&epochs=20`, and nothing for the deck's lesson. @param {State} state */
export function queryOf(state) {
  return queryOfTexts(changedTexts(state));
}

/** The query of settings as texts. @param {(readonly [name: string, text: string])[]} texts */
export function queryOfTexts(texts) {
  const pairs = texts.map(([name, text]) => `${name}=${readable(text)}`);
  return pairs.length === 0 ? "" : `?${[...pairs, `v=${VERSION}`].join("&")}`;
}

/**
 * Whether the query of a state would be too long to be read. Very large data need not be written
 * out for this: each number takes at least one character and a comma.
 * @param {State} state
 */
export function isTooLong(state) {
  return 2 * numbersOf(state.data) > LONGEST || queryOf(state).length > LONGEST;
}

/** Encodes the characters that an address can't contain, and keeps the others readable. @param {string} text */
function readable(text) {
  return encodeURIComponent(text).replace(/%20/g, "+").replace(/%2C/g, ",").replace(/%3D/g, "=").replace(/%3B/g, ";").replace(/%2F/g, "/");
}

/**
 * The texts of the settings in a query, and a remark on the query. If a setting occurs twice, the
 * first counts; other parameters are ignored.
 * @param {string} query
 * @param {readonly string[]} [others] further names
 */
export function textsOf(query, others = []) {
  /** @type {Map<string, string>} */
  const texts = new Map();
  if (query.length > LONGEST) {
    return { texts, remark: `this address has ${query.length} characters and was not read; the limit is ${LONGEST}` };
  }
  const given = new URLSearchParams(query);
  for (const name of [...KEYS, ...others]) {
    const text = given.get(name) ?? given.get(attributeOf(name));
    if (text !== null) {
      texts.set(name, text);
    }
  }
  return { texts, remark: remarkOn(given.get("v")) };
}

/** @param {string | null} version */
function remarkOn(version) {
  if (version === null || version === String(VERSION)) {
    return "";
  }
  const isLater = /^\d{1,6}$/.test(version) && Number(version) > VERSION;
  return isLater ? `this address was made by a later version of Downhill (version ${version}); the settings that this version knows were used` : "the version in this address can’t be read; the address was read as one of version 1";
}
