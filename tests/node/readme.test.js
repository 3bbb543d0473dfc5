// The README's example runs, and prints what the README says.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { inspect } from "node:util";
import { load } from "../../www/downhill.js";

test("the README's example prints what the README shows", async () => {
  const readme = await readFile(new URL("../../README.md", import.meta.url), "utf8");
  const [code = "", printed = ""] = [...readme.matchAll(/(?:^(?: {4}.*)?\n)+/gm)].map(([block]) => block.replace(/^ {4}/gm, "").trim()).filter((block) => /^import|^predict/.test(block));
  const bytes = await readFile(new URL("../../www/pkg/core_bg.wasm", import.meta.url));
  /** @type {string[]} */
  const lines = [];
  const log = (/** @type {unknown} */ value) => lines.push(typeof value === "string" ? value : inspect(value));
  const body = code.replace(/^import .*$/m, "");
  const AsyncFunction = /** @type {any} */ ((async () => {}).constructor);
  await new AsyncFunction("load", "console", body)(() => load(bytes), { log });
  assert.equal(lines.join("\n"), printed);
});
