// Texts as tokens: any Unicode, hostile texts, long ones, windows, the table of pairs, and invented languages.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { loadWords } from "../../www/engine/words.js";
import { bigramLoss, uniformLoss } from "../../www/state/bigram.js";
import { clustersReading, codePoints } from "../../www/state/clusters.js";
import { INVENTED, floorOf, inventedLanguage } from "../../www/state/invented.js";
import { languageOf, languageReading, textOf, tokensOf, windowsOf } from "../../www/state/language.js";
import { randomNumbers } from "../../www/state/random.js";
import { finish } from "../../www/state/reading.js";
import { shownToken } from "../../www/state/shown.js";

/** @typedef {import("../../www/state/language.js").Language} Language */

const ABOUT = { name: "own", credit: "A text of one's own." };
const read = async (/** @type {URL} */ address) => new Uint8Array(await readFile(address));

/**
 * Compares. Typed arrays are compared as lists, a number with the range of a pair, and a function is expected to throw.
 * @param {any} actual
 * @param {any} expected
 * @param {string} [what]
 */
function check(actual, expected, what) {
  if (typeof actual === "function") {
    assert.throws(actual, expected, what);
  } else if (typeof actual === "number" && Array.isArray(expected)) {
    assert.ok(actual >= expected[0] && actual <= expected[1], `${what ?? ""}: ${actual} is not from ${expected.join(" to ")}`);
  } else {
    assert.deepEqual(ArrayBuffer.isView(actual) ? Array.from(/** @type {Uint16Array} */ (actual)) : actual, expected, what);
  }
}

const family = "👨‍👩‍👧‍👦";
const [wales, doctor] = ["🏴󠁧󠁢󠁷󠁬󠁳󠁿", "👩🏽‍⚕️"];

/** Texts with the number of their characters, as a person counts them. @type {Record<string, [text: string, characters: number]>} */
const TEXTS = {
  plain: ["hello, world\n", 13],
  "right to left": ["שלום עולם", 9],
  "Hebrew with vowel signs": ["שָׁלוֹם", 4],
  Arabic: ["مرحبا بالعالم", 13],
  "Arabic with marks": ["كِتَابٌ", 4],
  "combining marks": ["e\u0301a\u0308\u0304xy", 4],
  "precomposed letters": ["éäéä", 4],
  "Hangul in parts": ["\u1112\u1161\u11ab\u1100\u1173\u11af, a", 5],
  Chinese: ["漢字漢字", 4],
  families: [`${family}x${family}${doctor}`, 4],
  flags: ["🇩🇪🇫🇷🇩🇪🇫", 4],
  "a flag of tags": [`${wales}a${wales}b`, 4],
  controls: ["a\u0000b\u0007\u001b[0m\u0085\u200e", 10],
  "a tab and spaces": ["\t \u00a0\u2003", 4],
  "line ends": ["a\r\nb\nc\rd", 7],
  markup: ["<b onclick='x'>&amp;</b><script>", 32],
  "names of properties": ["__proto__ constructor", 21],
};

/** The text that comes back. @param {string} text */
const normal = (text) => text.replace(/\p{Surrogate}/gu, "\uFFFD").replaceAll("\r\n", "\n");

for (const [what, [text, characters]] of Object.entries(TEXTS)) {
  test(`there and back: ${what}`, () => {
    const language = languageOf(text, ABOUT);
    check(language.text.length, characters);
    check(textOf(language, language.text), normal(text));
    check(tokensOf(language, text), [...language.text]);
    check(language.tokens, [...new Set(language.tokens)].sort());
  });
}

/** @param {string} text @param {(piece: string) => string[]} [split] */
function clustersOf(text, split) {
  /** @type {string[]} */
  const clusters = [];
  finish(clustersReading(text, (cluster) => clusters.push(cluster), split));
  return clusters;
}

/** One after the other, chosen by chance. @param {string[]} parts @param {number} count @param {number} seed */
function mixed(parts, count, seed) {
  const random = randomNumbers(seed);
  return Array.from({ length: count }, () => parts[Math.floor(random() * parts.length)]).join("");
}

const PARTS = ["a", "b", " ", "é", "\u0301", "\u200d", "\r", "\n", "\r\n", "\uFE0F", "🇩", "👩", "🏽", "❤", "\u1112", "\u1161", "\u11ab", "क", "्", "ष", "ि", "\u0600", "\u00ad", "©", "ก", "ำ", "漢", "\ud800", "\udc00", family];

test("clusters are those of a segmenter that sees the whole text", () => {
  const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });
  const whole = (/** @type {string} */ text) => Array.from(segmenter.segment(text.replace(/\p{Surrogate}/gu, "\uFFFD")), ({ segment }) => normal(segment));
  for (let seed = 0; seed < 200; seed += 1) {
    const text = mixed(PARTS, 700, seed);
    const expected = whole(text);
    // Longer ones are cut, and have a test of their own.
    if (expected.every((cluster) => cluster.length <= 32)) {
      check(clustersOf(text), expected, `seed ${seed}`);
    }
  }
  // All pairs of characters that are taken without a segmenter.
  for (let code = 0; code < 0x300 * 0x300; code += 1) {
    const pair = String.fromCharCode(Math.floor(code / 0x300), code % 0x300);
    if (clustersOf(pair).length !== (pair === "\r\n" ? 1 : 2) || (code % 97 === 0 && whole(pair).length !== 2)) {
      check(clustersOf(pair), whole(pair), JSON.stringify(pair));
    }
  }
});

test("a letter with any number of marks is cut, and nothing is lost", () => {
  for (const text of [`a${"\u0301".repeat(5000)}b`, `${"👩\u200d".repeat(300)}x`, "\u0600".repeat(999), `é${"🏽".repeat(200)}`]) {
    const clusters = clustersOf(text);
    check(clusters.join(""), text);
    check(Math.max(...clusters.map(({ length }) => length)), [31, 32]);
    check(clusters.every((cluster) => !/\p{Surrogate}/u.test(cluster)), true);
  }
});

test("where there is no segmenter, code points are taken", () => {
  const text = `a\r\n${family}e\u0301\ud800\r${"漢😀".repeat(300)}`;
  check(clustersOf(text, codePoints), Array.from(normal(text)));
});

test("lone surrogates are shown as unreadable characters, and said", () => {
  const language = languageOf("a\ud800b\udc00\ud83d\ude00", ABOUT);
  check([language.tokens, textOf(language, language.text)], [["a", "b", "😀", "\uFFFD"], "a\uFFFDb\uFFFD😀"]);
  check(language.remark, "The text has 2 characters that can't be read, shown as `\uFFFD`. If it comes from a file, save the file as UTF-8.");
  check("remark" in languageOf("abab", ABOUT), false);
});

/** @type {[token: string, shown: string][]} */
const SHOWN = [
  ["a", "a"], ["<", "<"], [" ", "␣"], ["\n", "⏎"], ["\t", "⇥"], ["\r", "␍"], ["\u0000", "␀"], ["\u001b", "␛"], ["\u007f", "␡"], ["\u0085", "U+0085"],
  ["\u00a0", "⍽"], ["\u2003", "U+2003"], ["\u200e", "U+200E"], ["\u202e", "U+202E"], ["\u00ad", "U+00AD"], ["\ue000", "U+E000"], ["\u{f0000}", "U+F0000"],
  ["\u0301", "◌\u0301"], [" \u0301", "␣\u0301"], ["e\u0301", "e\u0301"], ["ه\u200c", "هU+200C"], [family, family], [wales, wales], ["❤\uFE0F", "❤\uFE0F"], ["\uFFFD", "\uFFFD"], ["\u0600", "\u0600"],
];

test("what can't be seen is shown by a symbol", () => SHOWN.forEach(([token, shown]) => check(shownToken(token), shown, JSON.stringify(token))));

/** @type {[what: string, text: string, share: number, message: string][]} */
const REFUSED = [
  ["nothing", "", 0.9, "the text is empty; paste a few pages, or open a file with text"],
  ["one character", "a", 0.9, "the text has only one character, `a`, again and again; it needs at least two different ones"],
  ["one character, often", "\r\n".repeat(900), 0.9, "the text has only one character, `⏎`, again and again; it needs at least two different ones"],
  ["three characters", "abc", 0.9, "the text has only 3 characters; it needs at least 4, because one part is for training and another for the test"],
  ["more than 1 MB", "a".repeat(2 ** 20 + 1), 0.9, "the text has more than 1 MB (1048576 bytes); use a part of it"],
  ["more than 1 MB in UTF-8", "漢字".repeat(200_000), 0.9, "the text has more than 1 MB (1048576 bytes); use a part of it"],
  ["no training part", "abcd", 0, "the share of the text that is for training must be between 0 and 1, but it is 0"],
  ["no test part", "abcd", 1, "the share of the text that is for training must be between 0 and 1, but it is 1"],
  ["no number", "abcd", NaN, "the share of the text that is for training must be between 0 and 1, but it is NaN"],
];

for (const [what, text, share, message] of REFUSED) {
  test(`texts are refused: ${what}`, () => check(() => languageOf(text, { ...ABOUT, share }), { message }));
}

test("both parts have two characters or more", () => {
  const training = (/** @type {string} */ text, /** @type {number} */ share) => languageOf(text, { ...ABOUT, share }).training;
  check([training("abab", 0.9), training("abab", 0.01), training("ab".repeat(500), 0.9), training("ab".repeat(500), 0.123)], [2, 2, 900, 123]);
});

test("what has no token is refused, and named", () => {
  const language = languageOf("hello", ABOUT);
  check(tokensOf(language, "hole"), [1, 3, 2, 0]);
  check(tokensOf(language, ""), []);
  check(() => tokensOf(language, "he llo"), { message: "`␣` does not appear in the text that is learned; use only characters that do" });
  check(() => tokensOf(language, `h${family}`), { message: `\`${family}\` does not appear in the text that is learned; use only characters that do` });
  for (const number of [4, -1, 0.5, NaN]) {
    check(() => textOf(language, [0, number]), { message: `there is no token with the number ${number}; the numbers are 0 to 3` });
  }
});

const CHINESE = Array.from({ length: 10_000 }, (_, place) => String.fromCodePoint(0x4e00 + place));

test("10,000 different characters become 256 tokens", () => {
  // The characters 100 to 199 appear once more, and so does a letter.
  const language = languageOf(`${CHINESE.join("")}${CHINESE.slice(100, 200).join("")}aa`, ABOUT);
  check(language.tokens, ["a", ...CHINESE.slice(0, 254), "\uFFFD"]);
  check(language.remark, "The text has 10001 different characters. The 255 most frequent ones are tokens; the others became one token, `\uFFFD`.");
  check(textOf(language, language.text).replaceAll("\uFFFD", "").length, 254 + 100 + 2);
  check(tokensOf(language, "a漢x龍"), [0, 255, 255, 255]);
});

/** The tokens, by sorting. @param {string[]} characters */
function sortedTokens(characters) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  characters.forEach((character) => counts.set(character, (counts.get(character) ?? 0) + 1));
  // Sorting keeps the order of equals, which is that of their first appearance.
  return [...counts].sort(([, a], [, b]) => b - a).slice(0, 255).map(([character]) => character).sort();
}

test("the most frequent characters are kept", () => {
  for (let seed = 0; seed < 20; seed += 1) {
    const random = randomNumbers(seed);
    const characters = Array.from({ length: 4000 + 500 * seed }, () => CHINESE[Math.floor(2000 * random() ** 3)] ?? "");
    const { tokens, text } = languageOf(characters.join(""), ABOUT);
    check(tokens, [...sortedTokens(characters), "\uFFFD"]);
    check(text, characters.map((character) => (tokens.includes(character) ? tokens.indexOf(character) : 255)));
  }
  // Unreadable characters are among the others, however often they appear.
  const { tokens } = languageOf(`${"\ud800".repeat(50)}${CHINESE.slice(0, 300).join("")}`, ABOUT);
  check(tokens, [...CHINESE.slice(0, 254), "\uFFFD"]);
});

/** The time of the processor in milliseconds, which does not count other programs. @param {() => void} work */
function timeOf(work) {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/** The number of parts of a reading, and the time of the longest one. @param {string} text */
function partsOf(text) {
  const reading = languageReading(text, ABOUT);
  let [count, longest, done] = [0, 0, false];
  while (!done) {
    longest = Math.max(longest, timeOf(() => (done = reading.next().done === true)));
    count += 1;
  }
  return { count, longest };
}

/** Lines of 1 MB. @type {Record<string, string>} */
const LONG = {
  letters: "the quick brown fox ".repeat(52_000),
  "Russian words": "привет, мир ".repeat(49_000),
  "a letter with marks": `a${"\u0301".repeat(520_000)}`,
  families: `${family}x`.repeat(40_000),
  "lone surrogates": "a\ud800".repeat(260_000),
  "different characters": mixed(CHINESE, 340_000, 1),
};

for (const [what, text] of Object.entries(LONG)) {
  test(`1 MB in one line takes a time that is proportional to its length: ${what}`, () => {
    const best = (/** @type {string} */ text) => Math.min(...[1, 2, 3].map(() => timeOf(() => languageOf(text, ABOUT))));
    const [quarter, whole] = [best(text.slice(0, Math.floor(text.length / 8) * 2)), best(text)];
    // If it were the square of the length, it would be 16 times as long.
    assert.ok(whole < 10 * Math.max(quarter, 10), `${quarter} ms and ${whole} ms`);
  });

  test(`1 MB in one line is read in short parts: ${what}`, () => {
    const { count } = partsOf(text);
    check(text.length / count, [1, 1000], "units in a part");
    check(Math.min(...[1, 2, 3].map(() => partsOf(text).longest)), [0, 100], "milliseconds");
  });
}

test("windows do not overlap, and those of the training come first", () => {
  const language = languageOf("abcdefghijklmnopqrstuvwxyz0123456789", { ...ABOUT, share: 0.7 });
  const { columns, training, count } = windowsOf(language, 3);
  const texts = columns.map(({ numbers }) => textOf(language, numbers).match(/.../g));
  // 25 and 11 characters; one must follow the last window of a part.
  check([training, count, columns.map(({ name, shape }) => [name, ...shape])], [8, 11, [["tokens", 11, 3], ["next", 11, 3]]]);
  check(texts[0], ["abc", "def", "ghi", "jkl", "mno", "pqr", "stu", "vwx", "z01", "234", "567"]);
  check(texts[1], ["bcd", "efg", "hij", "klm", "nop", "qrs", "tuv", "wxy", "012", "345", "678"]);
  check([windowsOf(language, 10).training, windowsOf(language, 10).count, windowsOf(language, 1).count], [2, 3, 34]);
});

test("windows that don't fit are refused", () => {
  const language = languageOf("ab".repeat(50), ABOUT);
  check(windowsOf(language, 9).count, 10);
  check(() => windowsOf(language, 10), { field: "window", message: "a window of 10 characters is too long for the test part, which has 10; use at most 9, or a longer text" });
  check(() => windowsOf({ ...language, training: 3 }, 50), { message: "a window of 50 characters is too long for the training part, which has 3; use at most 2, or a longer text" });
  for (const window of [0, -1, 1.5, NaN, Infinity]) {
    check(() => windowsOf(language, window), { field: "window", message: `a window must have a whole number of characters, at least 1, but it is ${window}` });
  }
  check(() => windowsOf(languageOf("ab".repeat(200_000), ABOUT), 3), { field: "window", message: "windows of 3 characters cut the text into 133332; at most 100000 are allowed, so make them longer" });
});

/** The mean of `-log p` over the pairs of a text, with counts as an object of objects. @param {string[]} learned @param {string[]} asked @param {string[]} alphabet */
function plainBigram(learned, asked, alphabet) {
  /** @type {Record<string, Record<string, number>>} */
  const counts = Object.fromEntries(alphabet.map((a) => [a, Object.fromEntries(alphabet.map((b) => [b, 1]))]));
  learned.slice(1).forEach((b, place) => {
    const row = counts[learned[place] ?? ""] ?? {};
    row[b] = (row[b] ?? 0) + 1;
  });
  const losses = asked.slice(1).map((b, place) => {
    const row = counts[asked[place] ?? ""] ?? {};
    return -Math.log((row[b] ?? 0) / Object.values(row).reduce((sum, count) => sum + count));
  });
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}

const words = await loadWords(undefined, read);

test("the table of pairs", () => {
  for (const language of [words, languageOf("abracadabra\n".repeat(7), { ...ABOUT, share: 0.4 }), languageOf("aaab", ABOUT)]) {
    const { tokens, text, training } = language;
    const characters = [...textOf(language, text)];
    const [learned, asked] = [characters.slice(0, training), characters.slice(training)];
    const loss = bigramLoss(language);
    for (const [got, part] of /** @type {[number, string[]][]} */ ([[loss.training, learned], [loss.test, asked]])) {
      const expected = plainBigram(learned, part, tokens);
      check(got, [expected - 1e-9, expected + 1e-9]);
    }
    check(uniformLoss(language), Math.log(tokens.length));
  }
  // After `a` comes `a` twice; with one added to each of the two counts, its probability is 3/4.
  const { training, test } = bigramLoss({ ...ABOUT, tokens: ["a", "b"], text: Uint16Array.of(0, 0, 0, 0, 1), training: 3 });
  check([training, test].map((loss) => Math.round(1e12 * Math.exp(-loss))), [0.75e12, 0.25e12]);
});

test("the table of pairs knows more of words than nothing, and less than all", () => {
  check(uniformLoss(words), Math.log(27));
  check(bigramLoss(words).training, [2.35, 2.42]);
  check(bigramLoss(words).test, [2.33, 2.42]);
});

test("the words are 4,000 different ones, in an order without meaning", () => {
  const lines = textOf(words, words.text).split("\n");
  check([lines.length, lines.pop()], [4001, ""]);
  check(lines.filter((line) => !/^[a-z]{3,12}$/.test(line)), []);
  const hash = (/** @type {string} */ word) => createHash("sha256").update(word).digest("hex");
  check(lines, [...new Set(lines)].sort((a, b) => (hash(a) < hash(b) ? -1 : 1)));
  check(["the", "house", "learn", "color"].filter((word) => !lines.includes(word)), []);
  check([words.name, words.tokens.join(""), words.training / words.text.length], ["words", "\nabcdefghijklmnopqrstuvwxyz", Math.round(0.9 * words.text.length) / words.text.length]);
});

test("the words are read once, and again after a failure; a page in their place is refused", async () => {
  let count = 0;
  const failing = async () => {
    count += 1;
    return count > 1 ? read(new URL("../../www/data/words.txt", import.meta.url)) : Promise.reject(new Error("no connection"));
  };
  const load = () => loadWords("https://example.org/a/", failing);
  await assert.rejects(load, { message: "no connection" });
  const [one, other] = await Promise.all([load(), load()]);
  check([one === other, count], [true, 2]);
  for (const text of ["", "<!doctype html>\n", "Hello\n", "hello"]) {
    const bytes = async () => new TextEncoder().encode(text);
    await assert.rejects(loadWords(`https://example.org/b/${text.length}/`, bytes), { message: "words.txt is not the word list: it must have words from a to z, one a line" });
  }
});

/** Counts of what is chosen, by what is known. @typedef {Record<string, Record<string, number>>} Choices */

/** @param {Choices} choices @param {string} known @param {string} chosen */
function choose(choices, known, chosen) {
  const row = (choices[known] ??= {});
  row[chosen] = (row[chosen] ?? 0) + 1;
}

/** The mean entropy of the choices, by their frequencies. @param {Choices} choices @param {number} length of what they make */
function measured(choices, length) {
  const rows = Object.values(choices).map((row) => Object.values(row));
  return rows.reduce((sum, row) => {
    const all = row.reduce((sum, count) => sum + count);
    return sum - row.reduce((sum, count) => sum + count * Math.log(count / all), 0);
  }, 0) / length;
}

/** What is wrong with a line of brackets, by taking pairs away. @param {string} line */
function unbalanced(line) {
  let [rest, before] = [line, ""];
  while (rest !== before) {
    [before, rest] = [rest, rest.replaceAll(/\(\)|\[\]|\{\}/g, "")];
  }
  return line === "" ? "empty" : rest;
}

/** Choices in brackets, known by whether some are open and whether the line has begun. @param {string} text @param {Choices} choices */
function chooseBrackets(text, choices) {
  let [depth, before] = [0, "\n"];
  for (const character of text) {
    const closes = ")]}".includes(character);
    choose(choices, before === "\n" ? "begin" : depth > 0 ? "inside" : "between", closes ? "close" : character);
    depth += closes ? -1 : Number(character !== "\n");
    before = character;
  }
}

/**
 * What is wrong with a text, and the choices that a reader who knows the rules can't foretell.
 * @type {Record<string, { wrong: (text: string) => unknown[], choose: (text: string, choices: Choices) => void }>}
 */
const RULES = {
  brackets: { wrong: (text) => text.trimEnd().split("\n").map(unbalanced).filter(Boolean), choose: chooseBrackets },
  equal: {
    wrong: (text) => text.trimEnd().split("\n").filter((line) => !/^a{1,12}b+$/.test(line) || line.length !== 2 * line.indexOf("b")),
    choose: (text, choices) => text.trimEnd().split("\n").forEach((line) => choose(choices, "", String(line.length))),
  },
  sums: {
    wrong: (text) => text.trimEnd().split("\n").filter((line) => !/^\d+\+\d+=\d+$/.test(line) || line.replace(/^(\d+)\+(\d+)=.*$/, (_, a, b) => `${Number(a)}+${Number(b)}=${Number(a) + Number(b)}`) !== line),
    choose: (text, choices) => text.trimEnd().split("\n").forEach((line) => line.split(/[+=]/).slice(0, 2).forEach((number, place) => choose(choices, String(place), number))),
  },
  tenth: {
    wrong: (text) => [...text].filter((letter) => !"abcdefgh".includes(letter)),
    choose: (text, choices) => [...text].slice(10).forEach((letter, place) => choose(choices, text.charAt(place), letter)),
  },
};

const writtenIn = (/** @type {string} */ name, /** @type {number} */ seed) => {
  const language = inventedLanguage(name, seed);
  return textOf(language, language.text);
};

for (const { name, label, why } of INVENTED) {
  test(`an invented language, ${label}: its rules hold, and its entropy is as it says`, () => {
    const { wrong, choose } = /** @type {(typeof RULES)[string]} */ (RULES[name]);
    const texts = Array.from({ length: 20 }, (_, seed) => writtenIn(name, seed));
    texts.forEach((text) => check([wrong(text), text.length < 20_000 || text.length > 20_200], [[], false]));
    /** @type {Choices} */
    const choices = {};
    texts.forEach((text) => choose(text, choices));
    const floor = floorOf(name) ?? NaN;
    check(measured(choices, texts.join("").length), [floor * 0.985, floor * 1.015]);
    check([writtenIn(name, 3) === texts[3], new Set(texts).size, /^[A-Z].*\.$/.test(why)], [true, 20, true]);
  });
}

test("of a language in which the tenth letter back matters, nearer ones tell nothing", () => {
  const text = Array.from({ length: 5 }, (_, seed) => writtenIn("tenth", seed)).join("");
  const given = (/** @type {(place: number) => string} */ known) => {
    /** @type {Choices} */
    const choices = {};
    [...text].forEach((letter, place) => place >= 10 && choose(choices, known(place), letter));
    return measured(choices, text.length - 10);
  };
  for (let back = 1; back < 10; back += 1) {
    check(given((place) => text.charAt(place - back)), [Math.log(8) - 0.005, Math.log(8)], `${back} back`);
    // A text of this length has some pairs by chance more often than others.
    check(given((place) => text.charAt(place - back) + text.charAt(place - 1)), [Math.log(8) - 0.03, Math.log(8)], `${back} back, and the last`);
  }
  check(given((place) => text.charAt(place - 10)), [0.45, 0.49]);
  check([floorOf("tenth", 0), floorOf("tenth", 9), floorOf("tenth", 10)], [Math.log(8), Math.log(8), floorOf("tenth")]);
  check(floorOf("tenth") ?? NaN, [0.4669, 0.467]);
});

test("floors that are not known, and languages that don't exist", () => {
  check([floorOf("sums", 10), floorOf("words"), floorOf("constructor")], [undefined, undefined, undefined]);
  check(() => inventedLanguage("klingon"), { field: "text", message: "there is no language `klingon`; there are brackets, equal, sums, tenth" });
  check(() => inventedLanguage("constructor"), /there is no language/);
});
