// Real pages in a real browser, served as `cargo xtask serve` serves them.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { isDeepStrictEqual } from "node:util";
import { chromium, firefox } from "playwright-core";

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

/** The engine that the pages are opened in; `ENGINE=firefox` takes the other one that Playwright drives. */
export const ENGINE = process.env.ENGINE === "firefox" ? "firefox" : "chromium";

/** How long a browser may take to start on a busy machine, in milliseconds. */
export const PATIENCE = 180_000;

/** How long a page may take to show something on a busy machine, in milliseconds. */
const WAIT = 60_000;

/** Serves dist/ and starts the browser; `close` ends both. */
export async function openBrowser() {
  const [program = "cargo", ...words] = process.env.XTASK ? [process.env.XTASK] : ["cargo", "xtask"];
  const server = spawn(program, [...words, "serve", "--no-build", "--port", "0"], { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"], detached: true });
  server.stderr.pipe(process.stderr);
  const stop = endsWithUs(server);
  try {
    const address = await addressOf(server);
    const browser = await (ENGINE === "firefox" ? launchFirefox() : launchChromium());
    return { address, browser, close: () => browser.close().finally(stop) };
  } catch (error) {
    stop();
    throw error;
  }
}

/**
 * Ends a process and its children with this one, however it ends: one that lives on would keep the
 * pipes open on which the runner waits.
 * @param {import("node:child_process").ChildProcess} child that leads a group of its own
 * @returns {() => void} ends it now
 */
export function endsWithUs(child) {
  const stop = () => {
    process.off("exit", stop);
    try {
      process.kill(-(/** @type {number} */ (child.pid)), "SIGKILL");
    } catch {
      // It has already ended.
    }
  };
  process.on("exit", stop);
  return stop;
}

// A test file that takes too long is told to end; this lets the handlers above run.
process.on("SIGTERM", () => process.exit(1));

function launchChromium() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: [...FLAGS, "--js-flags=--expose-gc", "--enable-precise-memory-info"], timeout: PATIENCE });
}

/** Where Firefox is; Debian's place. */
export const FIREFOX = process.env.FIREFOX ?? "/usr/bin/firefox-esr";

/** The Firefox of a distribution, by WebDriver BiDi. */
export function launchFirefox() {
  return firefox.launch({ channel: "moz-firefox", executablePath: FIREFOX, timeout: PATIENCE });
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
  page.setDefaultTimeout(WAIT);
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

/**
 * Types over what a field has, key by key: Firefox takes what `fill` puts in for no change.
 * @param {import("playwright-core").Locator} field
 * @param {string} text
 */
export async function typeOver(field, text) {
  await field.selectText();
  await field.pressSequentially(text);
}

/**
 * The file that a deed hands to the person.
 * @param {import("playwright-core").Page} page
 * @param {() => Promise<void>} deed
 * @returns {Promise<{ name: string, bytes: Buffer }>}
 */
export async function takenHome(page, deed) {
  if (ENGINE === "firefox") {
    return readFromLink(page, deed);
  }
  const [download] = await Promise.all([page.waitForEvent("download"), deed()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

/** Playwright doesn't tell of Firefox's downloads, so the link is read that begins this one, however long after the deed. @type {typeof takenHome} */
async function readFromLink(page, deed) {
  await page.evaluate(() => {
    const { createObjectURL } = URL;
    const { click } = HTMLAnchorElement.prototype;
    /** @type {Map<string, Blob>} */
    const blobs = new Map();
    URL.createObjectURL = (blob) => {
      const address = createObjectURL(blob);
      blobs.set(address, /** @type {Blob} */ (blob));
      return address;
    };
    const taken = new Promise((resolve) => {
      HTMLAnchorElement.prototype.click = function () {
        Object.assign(URL, { createObjectURL });
        Object.assign(HTMLAnchorElement.prototype, { click });
        resolve({ name: this.download, content: blobs.get(this.href) });
        click.call(this);
      };
    });
    Object.assign(globalThis, { taken });
  });
  await deed();
  const { name, bytes } = await page.evaluate(async () => {
    const { name, content } = await /** @type {any} */ (globalThis).taken;
    return { name, bytes: [...new Uint8Array(await content.arrayBuffer())] };
  });
  return { name, bytes: Buffer.from(bytes) };
}

/**
 * What a page shows a frame later must be what is expected, on a busy machine after twenty seconds.
 * @template T
 * @param {() => Promise<T>} read
 * @param {T} expected
 */
export async function eventually(read, expected) {
  let found = await read();
  for (let tries = 0; tries < 400 && !isDeepStrictEqual(found, expected); tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    found = await read();
  }
  assert.deepEqual(found, expected);
}

/** How many pixels a page is wider than what is seen of it. @param {import("playwright-core").Page} page */
export function overhang(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** Waits until a lab shows what the rest of the engine draws. @param {import("playwright-core").Locator} lab */
export async function isWhole(lab) {
  await lab.locator("canvas.graph[aria-label*=nodes]").waitFor({ state: "attached" });
  await lab.evaluate(drawn);
}

/** In the page: until what has changed is measured, has its size, and is drawn. */
export async function drawn() {
  for (let frame = 0; frame < 4; frame += 1) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}

/** Goes through a page, again where a part was passed before it was there. @param {import("playwright-core").Page} page */
export async function scrollThrough(page) {
  await page.evaluate(async () => {
    // What is drawn on the way may make the page longer.
    const height = () => document.body.scrollHeight;
    for (let gone = 0; gone < height() || document.querySelector(":not(:defined)"); gone += innerHeight / 2) {
      scrollTo(0, gone % height());
      // Each place is drawn once, or it would not be seen that it is near.
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 50)));
    }
    scrollTo(0, 0);
  });
}

/** Looks at every part of a page until its lab is whole. @param {import("playwright-core").Page} page */
export async function lookThrough(page) {
  await scrollThrough(page);
  await isWhole(page.locator("#lab"));
}

/** Light and dark, wide and narrow. */
const ALL_LOOKS = /** @type {const} */ (["light", "dark"]).flatMap((colorScheme) => [1280, 320].map((width) => ({ colorScheme, viewport: { width, height: 800 } })));

/** Whether there is time for larger counts, and for what only repeats the answer of another engine. */
export const THOROUGH = process.env.DOWNHILL_THOROUGH !== undefined;

/** Why a second engine leaves out what takes long and what it would answer as the first does. */
export const TRIED = ENGINE === "firefox" && !THOROUGH && "tried with Chromium";

/** The ways in which a page is looked at; a second engine looks once, at the narrow page, unless there is time. */
const LOOKS = TRIED ? ALL_LOOKS.slice(-1) : ALL_LOOKS;

/** How a page is opened that `auditLooks` looks at. */
export const FIRST_LOOK = { ...LOOKS[0], bypassCSP: true };

/**
 * What axe finds against a page in all ways of looking at it, and what of it is cut off, a line each.
 * The first look comes last, so that the page is left as it was opened.
 * @param {import("playwright-core").Page} page opened with `FIRST_LOOK`
 */
export async function auditLooks(page) {
  const found = [];
  for (const look of [...LOOKS.slice(1), ...LOOKS.slice(0, 1)]) {
    await lookAt(page, look);
    const lines = [...(await auditPage(page)), ...(await cutOff(page))];
    found.push(...lines.map((line) => `${line} (${look.colorScheme}, ${look.viewport.width})`));
  }
  return found;
}

/** @param {import("playwright-core").Page} page @param {(typeof ALL_LOOKS)[number]} look */
async function lookAt(page, { colorScheme, viewport }) {
  await page.emulateMedia({ colorScheme });
  await page.setViewportSize(viewport);
  await page.evaluate(drawn);
}

/** @param {import("playwright-core").Page} page */
async function cutOff(page) {
  const width = await overhang(page);
  return width > 0 ? [`${width} pixels are cut off`] : [];
}

/**
 * What axe finds against a page as it is, a line each; the page must have been opened with `bypassCSP`.
 * @param {import("playwright-core").Page} page
 * @returns {Promise<string[]>}
 */
export async function auditPage(page) {
  await page.evaluate(await readFile(new URL("node_modules/axe-core/axe.min.js", ROOT), "utf8"));
  return page.evaluate(async () => {
    const { violations } = await /** @type {any} */ (globalThis).axe.run({ resultTypes: ["violations"] });
    return violations.map((/** @type {any} */ { id, nodes }) => `${id}: ${nodes.map((/** @type {any} */ { html }) => html).join(" ")}`);
  });
}
