// The three engines behind one small face: open a page, run a function in it, close.

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FIREFOX, PATIENCE, endsWithUs, launchFirefox } from "./harness.js";

/**
 * @typedef {object} Engine
 * @property {string} name
 * @property {(url: string) => Promise<void>} open
 * @property {(work: (...values: any[]) => unknown, ...values: unknown[]) => Promise<any>} run runs an asynchronous function in the page
 * @property {(script: string) => Promise<unknown>} inject runs a script's text in the page
 * @property {() => Promise<void>} close
 */

/** Where the engines are; Debian's places. */
const PROGRAMS = { Firefox: FIREFOX, WebKit: process.env.WEBKIT_DRIVER ?? "/usr/bin/WebKitWebDriver" };

/** How all engines are looked through. */
export const VIEW = { viewport: { width: 1280, height: 900 } };

/** The engines beside Chromium that are installed here; the others are missed loudly. */
export function otherEngines() {
  const missing = Object.entries(PROGRAMS).filter(([, path]) => !existsSync(path));
  for (const [name, path] of missing) {
    console.log(`!!! ${name} IS NOT TESTED: there is no ${path}`);
  }
  const launch = { Firefox: openFirefox, WebKit: openWebKit };
  return Object.keys(PROGRAMS).filter((name) => !missing.some(([lacking]) => lacking === name)).map((name) => ({ name, open: launch[/** @type {keyof typeof launch} */ (name)] }));
}

/** @returns {Promise<Engine>} */
async function openFirefox() {
  const browser = await launchFirefox();
  return drivenPage("Firefox", await browser.newPage(VIEW), () => browser.close());
}

/**
 * An engine that Playwright drives.
 * @param {string} name
 * @param {import("playwright-core").Page} page
 * @param {() => Promise<void>} close
 * @returns {Engine}
 */
export function drivenPage(name, page, close) {
  return {
    name,
    open: async (url) => void (await page.goto(url)),
    run: (work, ...values) => page.evaluate(`(${work})(...${JSON.stringify(values)})`),
    inject: (script) => page.evaluate(`${script}; undefined`),
    close,
  };
}

/** WebKitGTK speaks WebDriver, and needs a display. @returns {Promise<Engine>} */
async function openWebKit() {
  const port = 20_000 + Math.floor(Math.random() * 20_000);
  const home = await mkdtemp(join(tmpdir(), "downhill-webkit-"));
  const environment = { ...process.env, HOME: home, XDG_RUNTIME_DIR: home, WEBKIT_DISABLE_COMPOSITING_MODE: "1", LIBGL_ALWAYS_SOFTWARE: "1", WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1" };
  const driver = spawn("xvfb-run", ["-a", PROGRAMS.WebKit, `--port=${port}`], { stdio: "ignore", detached: true, env: environment });
  const stop = endsWithUs(driver);
  const ask = asking(`http://127.0.0.1:${port}`);
  await until(() => ask("GET", "/status"));
  const browser = { capabilities: { alwaysMatch: { "webkitgtk:browserOptions": { binary: miniBrowser(), args: ["--automation"] } } } };
  const { sessionId } = await ask("POST", "/session", browser);
  const session = (/** @type {string} */ method, /** @type {string} */ path, /** @type {object} */ body = {}) => ask(method, `/session/${sessionId}${path}`, body);
  await session("POST", "/timeouts", { script: 300_000, pageLoad: 180_000 });
  await session("POST", "/window/rect", VIEW.viewport);
  return {
    name: "WebKit",
    open: async (url) => void (await session("POST", "/url", { url })),
    run: (work, ...values) => session("POST", "/execute/async", { script: `const done = arguments[arguments.length - 1]; Promise.resolve((${work})(...[...arguments].slice(0, -1))).then((value) => done({ value }), (error) => done({ error: String(error) }))`, args: values }).then(({ value, error }) => {
      if (error !== undefined) {
        throw new Error(error);
      }
      return value;
    }),
    inject: (script) => session("POST", "/execute/sync", { script, args: [] }),
    async close() {
      await session("DELETE", "").catch(() => {});
      stop();
      await rm(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Debian keeps the browser that the driver drives beside the library. */
function miniBrowser() {
  const places = ["x86_64-linux-gnu", "aarch64-linux-gnu"].flatMap((machine) => ["4.1", "4.0", "6.0"].map((version) => `/usr/lib/${machine}/webkit${version === "6.0" ? "gtk-6.0" : `2gtk-${version}`}/MiniBrowser`));
  return places.find((path) => existsSync(path)) ?? "MiniBrowser";
}

/** @param {string} address */
function asking(address) {
  return async (/** @type {string} */ method, /** @type {string} */ path, /** @type {object | undefined} */ body = undefined) => {
    const answer = await fetch(address + path, { method, ...(method === "POST" && { body: JSON.stringify(body) }) });
    const { value } = /** @type {any} */ (await answer.json());
    if (!answer.ok) {
      throw new Error(`WebDriver: ${value.error}: ${value.message}`);
    }
    return value;
  };
}

/** @param {() => Promise<unknown>} work */
async function until(work) {
  for (const end = Date.now() + PATIENCE; Date.now() < end; ) {
    try {
      await work();
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  throw new Error("the driver of WebKit did not answer");
}
