// Drawing and asking: by pointer, keyboard and touch, with pictures of the test, and descent in the picture.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { ENGINE, FIRST_LOOK, auditLooks, drawn, openBrowser, openPage, typeOver } from "./harness.js";

/** @typedef {import("playwright-core").Page} Page */

const session = await openBrowser();
after(() => session.close());

/** Nobody's finger is sent to Firefox here. */
const hasAll = ENGINE === "chromium";
const PATH = "embed.html?element=network&views=ask,status,buttons";

/** A three, in parts of the field. @type {[number, number][]} */
const THREE = [[0.35, 0.2], [0.5, 0.12], [0.65, 0.2], [0.65, 0.38], [0.5, 0.48], [0.65, 0.55], [0.7, 0.72], [0.5, 0.88], [0.33, 0.8]];

/** A page with a network that has learned for a moment, and then rests. @param {Parameters<typeof openPage>[1]} [options] */
async function openTrained(options) {
  const opened = await openPage(session, { path: PATH, ...options });
  const { page } = opened;
  await page.getByRole("button", { name: "Train" }).click();
  await page.getByText(/\b9\d\.\d %/).first().waitFor();
  await page.getByRole("button", { name: "Pause" }).click();
  await page.locator(".ask-view .board").scrollIntoViewIfNeeded();
  return opened;
}

/** Where the parts of the field are on the page. @param {Page} page */
async function placesOf(page) {
  const box = await page.locator(".ask-view .board canvas").boundingBox();
  assert.ok(box);
  return (/** @type {[number, number]} */ [x, y]) => ({ x: box.x + x * box.width, y: box.y + y * box.height });
}

/** @param {Page} page */
async function drawThree(page) {
  const place = await placesOf(page);
  const points = THREE.map(place);
  for (const [index, { x, y }] of points.entries()) {
    await page.mouse.move(x, y, { steps: 3 });
    if (index === 0) {
      await page.mouse.down();
    }
  }
  await page.mouse.up();
}

const EMPTY = "Draw something, or choose a picture of the test.";

/** What the network says. @param {Page} page */
const said = (page) => page.locator(".asking .said").first();
/** @param {Page} page @param {string | RegExp} words */
const says = (page, words) => said(page).filter({ hasText: words }).waitFor();
/** The probabilities as they are shown. @param {Page} page */
const chances = async (page) => (await page.locator(".bars td:last-child").allTextContents()).map(Number);
/** @param {Page} page */
const undo = (page) => page.locator(".ask-view").getByRole("button", { name: "Undo" }).click();

test("by pointer: what is drawn is told with probabilities, and each stroke can be undone", async () => {
  const { page, close } = await openTrained();
  assert.equal(await said(page).textContent(), EMPTY);
  await drawThree(page);
  await says(page, /^The network (says|is not sure)/);
  await page.evaluate(drawn);
  const shown = await chances(page);
  assert.equal(shown.length, 10);
  assert.ok(Math.abs(shown.reduce((sum, chance) => sum + chance, 0) - 1) < 0.006);
  assert.equal(await page.locator(".bars .winner th").textContent(), String(shown.indexOf(Math.max(...shown))));
  await page.getByText(/The derivative of log p\(\d\) with respect to each pixel: from −[\d.e−]+ to [\d.e−]+\./).waitFor();
  await undo(page);
  await says(page, EMPTY);
  await undo(page);
  await page.locator(".ask-view .drawing [role=status]", { hasText: "There is nothing to undo." }).waitFor();
  await close();
});

test("by keyboard: a grid of pixels with a cursor that is told", async () => {
  const { page, close } = await openTrained();
  await page.locator(".ask-view").getByRole("button", { name: "Grid" }).press("Enter");
  const board = page.getByRole("application", { name: "Your drawing, 8 rows and 8 columns" });
  await board.focus();
  const spoken = (/** @type {string} */ words) => page.locator(".ask-view .drawing [role=status]", { hasText: words }).waitFor();
  await board.press("ArrowLeft");
  await spoken("Row 1, column 1: empty");
  await board.press("End");
  await board.press("PageDown");
  await spoken("Row 8, column 8: empty");
  await board.press("Space");
  await spoken("Row 8, column 8: ink");
  await board.press("Enter");
  await spoken("Row 8, column 8: empty");
  await says(page, EMPTY);
  await board.press("Home");
  await board.press("PageUp");
  for (let step = 0; step < 4; step += 1) {
    await board.press("Shift+ArrowDown");
  }
  await says(page, /^The network/);
  for (let step = 0; step < 4; step += 1) {
    await board.press("Control+z");
  }
  await says(page, /^The network|^Draw/);
  await board.press("Tab");
  assert.equal(await page.locator("downhill-network").evaluate((element) => element.shadowRoot?.activeElement?.textContent), "Undo");
  await close();
});

test("by touch: the page does not scroll while a finger draws", { skip: !hasAll }, async () => {
  const { page, close } = await openTrained({ hasTouch: true, isMobile: true, viewport: { width: 360, height: 640 } });
  const place = await placesOf(page);
  const before = await page.evaluate(() => scrollY);
  const client = await page.context().newCDPSession(page);
  const touch = (/** @type {"touchStart" | "touchMove" | "touchEnd"} */ type, /** @type {[number, number][]} */ ...points) => client.send("Input.dispatchTouchEvent", { type, touchPoints: points.map(place) });
  await touch("touchStart", /** @type {[number, number]} */ (THREE[0]));
  for (const point of THREE.slice(1)) {
    await touch("touchMove", point);
  }
  await touch("touchEnd");
  await says(page, /^The network/);
  assert.equal(await page.evaluate(() => scrollY), before);
  await close();
});

test("a picture of the test is chosen, told with its class, and drawn on", async () => {
  const { page, close } = await openTrained();
  await page.getByRole("button", { name: "Next" }).click();
  await says(page, /In the data it is \d: (right|wrong)\.$/);
  await page.getByRole("button", { name: "Previous" }).click();
  const field = page.getByRole("textbox", { name: "number of the test picture" });
  assert.equal(await field.inputValue(), "360");
  for (const [typed, problem] of /** @type {[string, RegExp][]} */ ([["0", /pictures 1 to 360/], ["361", /pictures 1 to 360/], ["2.5", /pictures 1 to 360/], ["1e99", /pictures 1 to 360/], ["two", /is not a number/]])) {
    await typeOver(field, typed);
    await field.press("Enter");
    await page.locator(".problem", { hasText: problem }).waitFor();
    assert.equal(await field.inputValue(), typed);
  }
  await page.getByRole("button", { name: "A wrong one" }).click();
  await says(page, /In the data it is \d: wrong\.$/);
  await drawThree(page);
  await says(page, /^(?!.*In the data)/);
  await close();
});

test("downhill in the picture: the chosen class becomes more probable", async () => {
  const { page, close } = await openTrained();
  const descent = page.locator(".wish", { hasText: "Downhill in the picture" });
  const come = descent.locator(".said");
  const run = descent.getByRole("button", { name: "Run" });
  await run.click();
  await come.filter({ hasText: "Draw something first" }).waitFor();
  await drawThree(page);
  await descent.getByRole("combobox").selectOption("1");
  await descent.getByRole("button", { name: "One step" }).click();
  await come.filter({ hasText: /^After 1 step / }).waitFor();
  await run.click();
  await descent.getByRole("button", { name: "Stop" }).waitFor({ state: "hidden" });
  const [, first, last] = /probability of 1 went from (\S+) to (\S+),/.exec((await come.textContent()) ?? "") ?? [];
  assert.ok(Number(last) > Number(first?.replace("−", "-")), `${first} ${last}`);
  await descent.getByText("Every step").click();
  assert.match((await descent.locator("pre").textContent()) ?? "", /^step {3}0 {3}loss \S+ +probability/);
  await typeOver(descent.getByRole("textbox", { name: "step size" }), "-1");
  await descent.locator(".problem", { hasText: "must be greater than 0" }).waitFor();
  await undo(page);
  await says(page, /^The network/);
  assert.equal(await come.textContent(), "");
  await close();
});

test("nothing is inaccessible or cut off, light and dark, wide and narrow", async () => {
  const { page, close } = await openTrained(FIRST_LOOK);
  await page.getByRole("button", { name: "Next" }).click();
  await says(page, /In the data/);
  await page.getByRole("button", { name: "One step on the picture" }).click();
  await page.getByText("Every step").click();
  assert.deepEqual(await auditLooks(page), []);
  await page.locator(".ask-view").getByRole("button", { name: "Grid" }).click();
  assert.deepEqual(await auditLooks(page), []);
  await close();
});
