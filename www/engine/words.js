// The word list, which is fetched when it is asked for.

import { languageOf } from "../state/language.js";
import { TextError } from "../state/text.js";
import { once, readBeside } from "./beside.js";

/** @typedef {import("../state/language.js").Language} Language */

const FILE = "words.txt";
const WHAT = { noun: "words", instead: "use a text of your own" };
const CREDIT = "4,000 common English words of SCOWL, a word list by Kevin Atkinson, in another order; free for any use with its copyright notice.";

/** @type {Map<string, Promise<Language>>} */
const loading = new Map();

/**
 * 4,000 common English words, one a line, in a mixed order.
 * @param {string} [address] the folder of the file; by default the site's own
 * @param {import("./beside.js").Reader} [read] how a file is read; by default it is fetched
 */
export function loadWords(address, read) {
  return once(loading, address ?? "", async () => languageOf(checked(await readBeside(FILE, WHAT, address, read)), { name: "words", credit: CREDIT }));
}

/** A server may answer with a page in the place of a file. @param {Uint8Array} bytes */
function checked(bytes) {
  const text = new TextDecoder().decode(bytes);
  if (!/^([a-z]+\n)+$/.test(text)) {
    throw new TextError(`${FILE} is not the word list: it must have words from a to z, one a line`);
  }
  return text;
}
