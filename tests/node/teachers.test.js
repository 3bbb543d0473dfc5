// The teachers' guide names every attribute, part, property, event, message and CSS property that
// there is, and none that there is not.

import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { test } from "node:test";
import { CONTROLS } from "../../www/elements/lab/controls.js";
import { VIEWS } from "../../www/elements/lab/views.js";
import { NETWORK_KEYS } from "../../www/state/networks.js";
import { SEGMENT_SETTINGS } from "../../www/state/segments.js";
import { KEYS, SETTINGS, attributeOf } from "../../www/state/settings.js";
import { TEXT_SETTINGS } from "../../www/state/texts.js";

const root = new URL("../../", import.meta.url);
const guide = await readFile(new URL("docs/teachers.md", root), "utf8");
const names = (await readdir(new URL("www/", root), { recursive: true })).filter((name) => name.endsWith(".js") && !name.startsWith("pkg/"));
const code = (await Promise.all(names.map((name) => readFile(new URL(`www/${name}`, root), "utf8")))).join("\n");

/** A section of the guide. @param {string} heading */
function section(heading) {
  return guide.split(/^## /m).find((part) => part.startsWith(heading)) ?? "";
}

/** The first cells of a section's tables. @param {string} text @param {number} [column] */
function cells(text, column = 0) {
  return [...text.matchAll(/^\| (.*) \|$/gm)].map(([, row = ""]) => (row.split(" | ")[column] ?? "").replaceAll("`", ""));
}

/** What stands between backticks in a paragraph. @param {string} text @param {string} start */
function listed(text, start) {
  const paragraph = text.split("\n\n").find((part) => part.startsWith(start)) ?? "";
  return [...paragraph.matchAll(/`([\w-]+)`/g)].map(([, name]) => name);
}

/** @param {RegExp} pattern */
function found(pattern) {
  return [...new Set([...code.matchAll(pattern)].map(([, name = ""]) => name))].sort();
}

/** @param {(string | undefined)[]} inGuide @param {readonly string[]} inCode */
function check(inGuide, inCode) {
  assert.deepEqual([...inGuide].sort(), [...inCode].sort());
}

test("the lab's attributes, in order", () => {
  const attributes = cells(section("The lab")).filter((name) => name !== "attribute" && !name.startsWith("-"));
  assert.deepEqual(attributes.slice(0, KEYS.length + 4), [...KEYS.map(attributeOf), "views", "hide", "lock", "theme"]);
});

test("the examples in the table of attributes are valid", () => {
  const text = section("The lab");
  for (const [index, name] of cells(text).entries()) {
    const key = KEYS.find((key) => attributeOf(key) === name);
    const example = /`([^`]*)`/.exec([...text.matchAll(/^\| (.*) \|$/gm)][index]?.[1]?.split(" | ")[1] ?? "")?.[1];
    if (key) {
      assert.ok(SETTINGS[key].accepts(SETTINGS[key].read(example ?? "")), name);
    }
  }
});

test("the parts", () => {
  const paragraph = section("The lab").split("\n\n").find((part) => part.startsWith("The parts that")) ?? "";
  check([...paragraph.matchAll(/`(\w+)`/g)].map(([, name]) => name).slice(3), [...CONTROLS, ...VIEWS.map(({ name }) => name)]);
});

test("the messages", () => {
  const types = (/** @type {string} */ text) => cells(text).flatMap((cell) => /"(downhill:\w+)"/.exec(cell)?.[1] ?? []);
  const [told = "", taken = ""] = section("Messages").split("It accepts messages only");
  check(types(told), ["downhill:error", "downhill:ready", "downhill:resize", "downhill:result", "downhill:state"]);
  check(types(taken), ["downhill:get", "downhill:result", "downhill:set"]);
  check([...new Set([...types(told), ...types(taken)])], found(/"(downhill:\w+)"/g));
});

test("the CSS properties and parts", async () => {
  const sheet = await readFile(new URL("www/pkg/elements.css", root), "utf8");
  check(section("CSS").match(/--downhill-\w+/g) ?? [], [...new Set(sheet.match(/--downhill-\w+(?=:)/g))]);
  const pictures = found(/picture\("(\w+)"/g);
  check(listed(section("CSS"), "Parts:"), [...new Set([...found(/part: "([\w-]+)"/g), ...pictures])]);
});

test("the attributes of the other elements", () => {
  const text = section("The other elements");
  const pairs = cells(text).map((element, index) => [element, cells(text, 1)[index]]).filter(([element]) => element?.startsWith("downhill-"));
  const of = (/** @type {string} */ element) => pairs.filter(([name]) => name === element).map(([, attribute]) => attribute);
  check(of("downhill-derivative"), ["model", "by", "order", "init"]);
  check(of("downhill-autograd"), ["model", "backward", "pick"]);
  check(of("downhill-exercise"), ["model", "init", "by", "seed", "quiz", "theme"]);
  check(of("downhill-question"), ["of", "kind", "tolerance", "for", "ask", "choices", "reveals", "quiz", "theme"]);
  check(of("downhill-network"), [...NETWORK_KEYS.filter((key) => !KEYS.includes(/** @type {any} */ (key)) || key === "data").map(attributeOf), "views", "hide", "lock", "theme"]);
  check(of("downhill-segment"), [...Object.keys(SEGMENT_SETTINGS).filter((key) => !KEYS.includes(/** @type {any} */ (key)) || key === "data").map(attributeOf), "views", "hide", "lock", "theme"]);
  check(of("downhill-text"), [...Object.keys(TEXT_SETTINGS).filter((key) => !KEYS.includes(/** @type {any} */ (key)) || key === "data").map(attributeOf), "views", "hide", "lock", "theme"]);
});
