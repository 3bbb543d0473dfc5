// Real pages in a real browser, served as `cargo xtask serve` serves them.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";

const ROOT = new URL("../../", import.meta.url);

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Serves dist/ and starts Chromium; `close` ends both. */
export async function openBrowser() {
  const server = spawn("cargo", ["xtask", "serve", "--no-build", "--port", "0"], { cwd: ROOT, stdio: ["ignore", "pipe", "inherit"], detached: true });
  const address = await addressOf(server);
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: [...FLAGS, "--js-flags=--expose-gc", "--enable-precise-memory-info"] });
  return {
    address,
    browser,
    async close() {
      await browser.close();
      process.kill(-(/** @type {number} */ (server.pid)));
      await once(server, "exit");
    },
  };
}

/** @param {import("node:child_process").ChildProcess} server */
async function addressOf(server) {
  for await (const line of createInterface(/** @type {any} */ (server.stdout))) {
    const match = /^serving dist\/ at (\S+)$/.exec(line);
    if (match?.[1]) {
      return match[1];
    }
  }
  throw new Error("the server ended before it said its address");
}

/**
 * Opens a page and notes whatever goes wrong in it.
 * @param {Awaited<ReturnType<typeof openBrowser>>} session
 * @param {import("playwright-core").BrowserContextOptions & { path?: string, prepare?: (page: import("playwright-core").Page) => Promise<unknown> }} [options]
 */
export async function openPage({ browser, address }, { path = "", prepare, ...context } = {}) {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 }, ...context })).newPage();
  /** @type {string[]} */
  const problems = [];
  page.on("pageerror", (error) => problems.push(`error: ${error.message}`));
  page.on("console", (message) => message.type() === "error" && problems.push(`console: ${message.text()}`));
  page.on("requestfailed", (request) => problems.push(`request: ${request.url()}`));
  await page.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
  });
  await prepare?.(page);
  await page.goto(address + path);
  return {
    page,
    problems,
    /** Ends the page, which must have had no problem that the test does not expect. */
    async close(expected = /** @type {string[]} */ ([])) {
      await page.context().close();
      assert.deepEqual(problems, expected);
    },
  };
}
