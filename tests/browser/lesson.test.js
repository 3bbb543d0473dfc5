// The lesson: every number in its prose comes from the engine, and follows the widgets.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, test } from "node:test";
import { brotliCompressSync } from "node:zlib";
import { FIRST_LOOK, auditLooks, lookThrough, openBrowser, openPage, overhang } from "./harness.js";

const session = await openBrowser();
after(() => session.close());

/** @param {NonNullable<Parameters<typeof openPage>[1]>} [options] */
async function openLesson(options) {
  const opened = await openPage(session, options);
  await lookThrough(opened.page);
  return { ...opened, numbers: () => opened.page.locator("data").allTextContents() };
}

test("the numbers in the text agree with the engine", async () => {
  const html = await readFile(new URL("../../index.html", import.meta.url), "utf8");
  const written = [...html.matchAll(/<data data-number="[^"]*">([^<]*)<\/data>/g)].map(([, number]) => number);
  const { page, numbers, close } = await openLesson();
  const empty = page.locator("data").filter({ hasText: /^$/ });
  assert.ok(written.length > 10);
  assert.deepEqual(await numbers(), written);
  await page.locator("data").evaluateAll((places) => places.forEach((place) => (place.textContent = "")));
  await page.locator("downhill-lab, downhill-autograd").evaluateAll((elements) => elements.forEach((element) => element.dispatchEvent(new Event("change"))));
  await empty.first().waitFor({ state: "detached" });
  assert.deepEqual(await numbers(), written);
  await close();
});

test("the numbers in the text follow their widget", async () => {
  const { page, close } = await openLesson();
  const section = page.locator("#training");
  await section.getByRole("textbox", { name: "epochs, as a number" }).fill("100");
  await section.locator("data", { hasText: /^100$/ }).first().waitFor();
  const texts = await section.locator("details data").allTextContents();
  assert.deepEqual(texts, ["0.01", "100", "2", "8"]);
  const tensors = page.locator("#autograd");
  await tensors.locator("downhill-autograd").getByRole("textbox").fill("x = [[1, 2], [3, 4]]\ny = x + 2\nz = 3*y*y\nout = mean(z)");
  await tensors.locator("data", { hasText: /^4.5$/ }).waitFor({ state: "attached" });
  await tensors.locator("downhill-autograd").getByRole("textbox").fill("x = [[3, 2], [3, 4]]\ny = x + 2\nz = 3*y*y\nout = mean(z)");
  await tensors.locator("data", { hasText: /^7.5$/ }).waitFor({ state: "attached" });
  await close();
});

/** The most that may be loaded before a reader goes on, compressed, in bytes: 200 kB. */
const BUDGET = 200_000;

test("the first page is small, and the rest is loaded when it is near the visible part", async () => {
  /** @type {Promise<[string, number]>[]} */
  const answers = [];
  const weigh = async (/** @type {import("playwright-core").Response} */ response) => /** @type {[string, number]} */ ([response.url().split("/").at(-1) ?? "", brotliCompressSync(new Uint8Array(await response.body())).length]);
  const { page, close } = await openPage(session, { prepare: async (page) => page.on("response", (response) => answers.push(weigh(response))) });
  await page.locator("downhill-lab .status", { hasText: "After" }).first().waitFor();
  await page.waitForLoadState("networkidle");
  const first = await Promise.all(answers);
  const bytes = first.reduce((sum, [, size]) => sum + size, 0);
  console.log(`the first page: ${bytes} bytes in ${first.length} files`);
  assert.ok(bytes < BUDGET, JSON.stringify(first));
  const parts = (/** @type {[string, number][]} */ list) => list.map(([name]) => name).filter((name) => name.endsWith(".wasm"));
  assert.deepEqual(parts(first), ["core_bg.wasm"]);
  await lookThrough(page);
  assert.deepEqual(parts(await Promise.all(answers)), ["core_bg.wasm", "core_rest.wasm"]);
  await close();
});

test("if the rest can't be loaded, each element says so", async () => {
  const { page } = await openPage(session, { prepare: (page) => page.route("**/core_rest.wasm", (route) => route.fulfill({ status: 404 })) });
  const alert = (/** @type {string} */ place) => page.locator(place).getByRole("alert").filter({ hasText: "The engine could not be downloaded (the server answered 404). Check your connection, and load the page again." });
  for (const place of ["#recap downhill-autograd", "#derivative downhill-derivative", "#passes downhill-lab", "#exercise downhill-exercise"]) {
    await page.locator(place).scrollIntoViewIfNeeded();
    await alert(place).waitFor();
  }
  assert.match((await page.locator("downhill-lab .status").first().textContent()) ?? "", /^After 10 epochs/);
  await page.context().close();
});

test("every section has a heading, a link from the contents, and its widget from attributes only", async () => {
  const { page, close } = await openLesson();
  const sections = await page.locator("main > section").evaluateAll((sections) => sections.map((section) => ({ id: section.id, heading: section.querySelector("h2")?.textContent })));
  const links = await page.locator("nav li a").evaluateAll((links) => links.map((link) => link.getAttribute("href")?.slice(1)));
  assert.deepEqual(links, sections.map(({ id }) => id));
  assert.ok(sections.every(({ heading }) => heading));
  const widgets = await page.locator("main > section:has(downhill-lab, downhill-derivative, downhill-autograd, downhill-exercise)").count();
  // What to read next, and what to discuss, has none.
  assert.equal(widgets, sections.length - 2);
  await close();
});

test("axe finds nothing in the lesson, light and dark, wide and narrow", async () => {
  const { page, close } = await openLesson(FIRST_LOOK);
  assert.deepEqual(await auditLooks(page), []);
  await close();
});

test("nothing is wider than the page at 320 px", async () => {
  const { page, close } = await openLesson({ viewport: { width: 320, height: 800 } });
  assert.equal(await overhang(page), 0);
  await close();
});

test("the parts of a lab are shown, hidden and locked by attributes", async () => {
  const { page, close } = await openLesson({ path: "lab.html" });
  const lab = page.locator("#lab");
  const visible = (/** @type {string} */ name) => lab.getByRole("heading", { name, exact: true }).isVisible();
  await lab.evaluate((element) => element.setAttribute("views", "lr curve, trace"));
  assert.deepEqual([await visible("Loss"), await visible("Printed trace"), await visible("Computational graph"), await visible("Landscape")], [true, true, false, false]);
  await lab.evaluate((element) => element.setAttribute("hide", "trace"));
  assert.deepEqual([await visible("Loss"), await visible("Printed trace")], [true, false]);
  await lab.evaluate((element) => {
    element.removeAttribute("views");
    element.removeAttribute("hide");
    element.setAttribute("lock", "lr init");
  });
  assert.ok(await lab.getByRole("slider", { name: "learning rate" }).isDisabled());
  assert.ok(await lab.getByRole("slider", { name: "initial w" }).isDisabled());
  const box = await lab.locator("canvas.fates").boundingBox();
  assert.ok(box);
  await lab.locator("canvas.fates").click({ position: { x: box.width / 2, y: box.height / 3 } });
  await lab.getByLabel("lesson", { exact: true }).selectOption({ label: "Too large a learning rate" });
  const state = await lab.evaluate((/** @type {any} */ element) => element.state);
  assert.deepEqual([state.lr, state.init, state.epochs], [0.01, { w: 1 }, 20]);
  await lab.evaluate((element) => element.setAttribute("views", "lr sound"));
  await lab.getByText("`views`: there is no part `sound`; the parts are lr, lesson,", { exact: false }).waitFor();
  await close();
});
