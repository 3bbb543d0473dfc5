// The glossary: each term is linked to a section of the lesson that has it, and back.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

const page = (/** @type {string} */ name) => readFile(new URL(`../../${name}`, import.meta.url), "utf8");
const [glossary, lesson] = await Promise.all([page("glossary.html"), page("index.html")]);

const terms = [...glossary.matchAll(/<dt id="([^"]+)"><dfn>([^<]+)<\/dfn><\/dt>\s*<dd>(.*?)<a href="index\.html#([^"]+)">([^<]+)<\/a><\/dd>/gs)].map(([, id = "", term = "", text = "", section = "", heading = ""]) => ({ id, term, text, section, heading }));
const sections = new Map([...lesson.matchAll(/<section id="([^"]+)".*?<h2>([^<]+)<\/h2>(.*?)<\/section>/gs)].map(([, id = "", heading = "", text = ""]) => [id, { heading, text }]));
/** A term in another form: “converges” for “convergence”. @param {string} term */
const stem = (term) => term.replace(/(ence|s)$/, "");

test("every term leads to a section that has the term", () => {
  assert.equal(terms.length, glossary.match(/<dt/g)?.length);
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

test("the lesson links to terms that exist, each one once", () => {
  const links = [...lesson.matchAll(/href="glossary\.html#([^"]+)"/g)].map(([, id]) => id);
  assert.ok(links.length > 15);
  assert.deepEqual(links.filter((id, place) => links.indexOf(id) !== place || !terms.some((term) => term.id === id)), []);
});
