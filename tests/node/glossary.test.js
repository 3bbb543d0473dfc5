// The glossary: each term is linked to a section of a lesson that has it, and back.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

const page = (/** @type {string} */ name) => readFile(new URL(`../../${name}`, import.meta.url), "utf8");
const LESSONS = ["index.html", "networks.html"];
const [glossary, ...lessons] = await Promise.all(["glossary.html", ...LESSONS].map(page));

const terms = [...(glossary ?? "").matchAll(/<dt id="([^"]+)"><dfn>([^<]+)<\/dfn><\/dt>\s*<dd>(?:.*?)<a href="([^"]+)">([^<]+)<\/a><\/dd>/gs)].map(([, id = "", term = "", section = "", heading = ""]) => ({ id, term, section, heading }));
/** The sections of all lessons, by their addresses. */
const sections = new Map(lessons.flatMap((lesson, place) => [...lesson.matchAll(/<section id="([^"]+)".*?<h2>([^<]+)<\/h2>(.*?)<\/section>/gs)].map(([, id = "", heading = "", text = ""]) => [`${LESSONS[place]}#${id}`, { heading, text }])));
/** A term in another form: “converges” for “convergence”. @param {string} term */
const stem = (term) => term.replace(/(ence|s)$/, "");

test("every term leads to a section that has the term", () => {
  assert.equal(terms.length, glossary?.match(/<dt/g)?.length);
  for (const { term, section, heading } of terms) {
    assert.equal(sections.get(section)?.heading, heading, term);
    const words = `${heading} ${sections.get(section)?.text.replace(/<[^>]+>/g, "")}`.toLowerCase();
    assert.ok(words.includes(stem(term)), `${term} is not in “${heading}”`);
  }
});

test("terms are in the order of the alphabet, and their addresses are their names", () => {
  assert.deepEqual(terms.map(({ term }) => term), terms.map(({ term }) => term).sort());
  assert.deepEqual(terms.map(({ id }) => id), terms.map(({ term }) => term.replaceAll(" ", "-")));
});

LESSONS.forEach((name, place) => test(`${name} links to terms that exist, each one once`, () => {
  const links = [...(lessons[place] ?? "").matchAll(/href="glossary\.html#([^"]+)"/g)].map(([, id]) => id);
  assert.ok(links.length > 15);
  assert.deepEqual(links.filter((id, place) => links.indexOf(id) !== place || !terms.some((term) => term.id === id)), []);
}));

test("what the second lesson introduces, it links to", () => {
  const own = terms.filter(({ section }) => section.startsWith("networks.html"));
  assert.ok(own.length > 25);
  assert.deepEqual(own.filter(({ id }) => !lessons[1]?.includes(`href="glossary.html#${id}"`)), []);
});
