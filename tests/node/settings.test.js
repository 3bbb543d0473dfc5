// One row of the table says all of a setting. `DOWNHILL_BLESS=1` writes what is made from it anew.

import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { test } from "node:test";
import { guideOfSettings, typesOfSettings } from "./documents.js";

const root = new URL("../../", import.meta.url);

/**
 * Holds a part of a document, between two marks, against what the table says.
 * @param {string} path
 * @param {[begin: string, end: string]} marks
 * @param {string} made
 */
async function check(path, [begin, end], made) {
  const text = await readFile(new URL(path, root), "utf8");
  const [start, stop] = [text.indexOf(begin) + begin.length, text.indexOf(end)];
  assert.ok(start >= begin.length && stop > start, `${path} has the marks`);
  if (process.env.DOWNHILL_BLESS) {
    await writeFile(new URL(path, root), `${text.slice(0, start)}\n${made}\n${text.slice(stop)}`);
  } else {
    assert.equal(text.slice(start, stop).trim(), made);
  }
}

test("the module's types agree with the table of settings", () => check("www/downhill.d.ts", ["// Made from the table of settings.", "// The end of what is made."], typesOfSettings()));

test("the guide's table agrees with the table of settings", () => check("docs/teachers.md", ["| attribute | example | default | meaning |\n|---|---|---|---|", "| `views`"], guideOfSettings()));
