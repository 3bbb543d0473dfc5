// The architecture of the JavaScript: rooms, of which each imports only from those on its right.

import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { test } from "node:test";

const www = new URL("../../www/", import.meta.url);

/** From the outermost to the innermost; what lies beside them are entries, which may import everything. */
const ROOMS = ["page", "elements", "parts", "engine", "state"];
/** What the build makes of the Rust code: bindings for the engine, lists for the state. */
const GENERATED = "pkg";
/** What pages, bundlers and Node load by its name. */
const ENTRIES = ["downhill.js", "embed.js", "exercises.js", "onefile.js", "page.js", "scorm.js", "sw.js", "widget.js"];

const paths = (await readdir(www, { recursive: true })).filter((path) => path.endsWith(".js") && !path.startsWith(`${GENERATED}/`)).sort();
const files = await Promise.all(paths.map(async (path) => ({ path, text: await readFile(new URL(path, www), "utf8") })));

/** What a file imports: addresses below `www/`, of types as well. @param {{ path: string, text: string }} file */
function importsOf({ path, text }) {
  const found = [...text.matchAll(/(?:from |import |import\()"(\.[^"]+)"/g)].map(([, address = ""]) => new URL(address, new URL(path, www)).href);
  return found.map((address) => address.slice(www.href.length));
}

/** The place of a file's room; entries stand before all of them. @param {string} path */
const roomOf = (path) => (path.includes("/") ? ROOMS.indexOf(path.split("/")[0] ?? "") : -1);
/** @param {string} path */
const elementOf = (path) => /^elements\/(\w+)\//.exec(path)?.[1];

test("every file is in a known folder, and www/ itself contains only entry points", () => {
  assert.deepEqual(paths.filter((path) => !path.includes("/")), ENTRIES);
  assert.deepEqual(paths.filter((path) => path.includes("/") && roomOf(path) < 0), []);
});

test("imports follow the order of the folders, and no element imports another", () => {
  const wrong = files.flatMap((file) => importsOf(file).filter((target) => {
    const other = elementOf(file.path) !== elementOf(target) && elementOf(target) !== undefined && elementOf(file.path) !== undefined;
    return target.endsWith(".js") && !target.startsWith(`${GENERATED}/`) && (roomOf(target) < roomOf(file.path) || other);
  }).map((target) => `${file.path} imports ${target}`));
  assert.deepEqual(wrong, []);
});

test("only the engine's folder loads the module", () => {
  const loads = files.filter(({ text }) => /^import [^"]*"[./]*pkg\/core\.js"/m.test(text)).map(({ path }) => path);
  assert.deepEqual(loads, ["engine/engine.js"]);
});

test("every file is imported from an entry point", () => {
  const reached = new Set(ENTRIES);
  for (const path of reached) {
    const file = files.find((file) => file.path === path);
    (file ? importsOf(file) : []).forEach((target) => reached.add(target));
  }
  assert.deepEqual(paths.filter((path) => !reached.has(path)), []);
});

test("nothing is exported that no other file imports", async () => {
  const tests = await readdir(new URL("../", import.meta.url), { recursive: true });
  const outside = await Promise.all(tests.filter((path) => path.endsWith(".js")).map((path) => readFile(new URL(`../${path}`, import.meta.url), "utf8")));
  const unused = files.filter(({ path }) => path.includes("/")).flatMap(({ path, text }) => {
    const names = [...text.matchAll(/^export (?:async )?(?:const|function|class) (\w+)/gm)].map(([, name = ""]) => name);
    const others = [...files.filter((file) => file.path !== path).map(({ text }) => text), ...outside].join("\n");
    return names.filter((name) => !new RegExp(`\\b${name}\\b`).test(others)).map((name) => `${path}: ${name}`);
  });
  assert.deepEqual(unused, []);
});
