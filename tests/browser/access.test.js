// For everyone: states that are reached by use, by keyboard alone, large text, forced colours.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { FIRST_LOOK, auditLooks, auditPage, eventually, openBrowser, openPage } from "./harness.js";
import { openLab } from "./labpage.js";

const session = await openBrowser();
after(() => session.close());

/** States that are reached by use: what a person does, one after the other. */
const DEEDS = /** @type {[string, (lab: import("playwright-core").Locator) => Promise<unknown>][]} */ ([
  ["the settings of the training are open", (lab) => lab.locator("summary", { hasText: "Optimizer" }).click()],
  ["an optimizer with options", (lab) => lab.getByLabel("optimizer").selectOption("adam")],
  ["a wrong option", (lab) => lab.getByLabel("weight decay").fill("-1")],
  ["model and data are open", (lab) => lab.locator("summary", { hasText: "Model and data" }).click()],
  ["a wrong model", (lab) => lab.getByLabel("model; its last line").fill("loss = (x*w")],
  ["the data as a table", (lab) => lab.locator("summary", { hasText: "Edit cell by cell" }).click()],
  ["data to be generated", (lab) => lab.locator("summary", { hasText: "Generate data" }).click()],
  ["the program is open", (lab) => lab.locator("summary", { hasText: "Take it home" }).click()],
  ["the graph’s numbers are open", (lab) => lab.locator("summary", { hasText: "The graph’s numbers" }).click()],
  ["the run’s numbers are open", (lab) => lab.locator("summary", { hasText: "The run’s numbers" }).click()],
  ["two runs are pinned", (lab) => lab.getByRole("button", { name: "Pin this run" }).dblclick()],
  ["a node is chosen", (lab) => lab.getByLabel("node", { exact: true }).selectOption("1")],
  ["inside a step", (lab) => lab.getByRole("button", { name: "one operation forward" }).click()],
  ["to be shared", (lab) => lab.getByRole("button", { name: "Share …" }).click()],
]);

test("axe finds nothing in states that are reached by interaction", async () => {
  const { page, lab, close } = await openLab(session, FIRST_LOOK);
  for (const [name, act] of DEEDS) {
    await act(lab);
    assert.deepEqual(await auditLooks(page), [], name);
  }
  await close();
});

test("axe finds nothing while parts of the engine are loading", async () => {
  for (const missing of ["core_bg.wasm", "core_rest.wasm"]) {
    for (const path of ["index.html", "lab.html"]) {
      const { page, close } = await openPage(session, { path, bypassCSP: true, prepare: (page) => page.route(`**/${missing}`, () => {}) });
      await page.locator("#lab .status").waitFor({ state: "attached" });
      assert.deepEqual(await auditPage(page), [], `${path} without ${missing}`);
      await close();
    }
  }
});

test("every control is reached by keyboard, in order, and none traps the focus", async () => {
  const { page, lab, close } = await openLab(session);
  const seen = /** @type {string[]} */ ([]);
  const active = () => lab.evaluate((element) => {
    const focused = element.shadowRoot?.activeElement;
    return focused ? `${focused.localName} ${focused.getAttribute("aria-label") ?? focused.textContent?.slice(0, 30) ?? ""}` : undefined;
  });
  for (let count = 0; count < 80; count += 1) {
    await page.keyboard.press("Tab");
    const name = await active();
    if (name !== undefined) {
      seen.push(name);
    } else if (seen.length > 0) {
      break;
    }
  }
  const focusable = await lab.evaluate((element) => [...(element.shadowRoot?.querySelectorAll("input, select, button, textarea, summary, [tabindex='0']") ?? [])].filter((each) => each.checkVisibility() && !(/** @type {HTMLButtonElement} */ (each).disabled)).length);
  assert.equal(seen.length, focusable);
  await close();
});

test("`?` shows the keys, and Escape closes them", async () => {
  const { page, lab, close } = await openLab(session);
  await lab.getByRole("slider", { name: "learning rate" }).focus();
  await page.keyboard.press("?");
  const dialog = lab.getByRole("dialog", { name: "Keys" });
  await dialog.waitFor();
  assert.equal(await dialog.locator("dt").count(), 8);
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  await lab.getByRole("textbox", { name: "learning rate, as a number" }).focus();
  await page.keyboard.press("?");
  assert.equal(await dialog.isVisible(), false);
  await close();
});

test("the live region is updated once, after a pause", async () => {
  const { page, lab, close } = await openLab(session);
  const spoken = lab.locator(".lab > .spoken");
  await spoken.filter({ hasText: /^After/ }).waitFor();
  await spoken.evaluate((element) => {
    const heard = (/** @type {any} */ (globalThis).heard = /** @type {(string | null)[]} */ ([]));
    new MutationObserver(() => heard.push(element.textContent)).observe(element, { childList: true, characterData: true, subtree: true });
  });
  const slider = lab.getByRole("slider", { name: "learning rate" });
  // In the page: between two keys a busy machine may take longer than the pause.
  await slider.evaluate(async (range) => {
    for (let count = 0; count < 20; count += 1) {
      /** @type {HTMLInputElement} */ (range).stepUp();
      range.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  });
  const told = () => page.evaluate(() => /** @type {any} */ (globalThis).heard);
  await eventually(async () => (await told()).length > 0, true);
  const heard = await told();
  assert.equal(heard.length, 1);
  assert.match(heard[0], /^After 10 epochs w = 1\.\d+; the mean loss went from 4\.667 to .* This learning rate converges/);
  await close();
});

test("text of twice the size, and targets of 24 pixels", async () => {
  const { page, lab, close } = await openLab(session, { bypassCSP: true, viewport: { width: 640, height: 900 } });
  const small = await lab.evaluate((element) => [...(element.shadowRoot?.querySelectorAll("button, select, summary, input") ?? [])].filter((each) => each.checkVisibility()).map((each) => ({ name: each.outerHTML.slice(0, 80), box: (each.closest("label") ?? each).getBoundingClientRect() })).filter(({ box }) => box.width < 24 || box.height < 24).map(({ name }) => name));
  assert.deepEqual(small, []);
  await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
  await lab.evaluate((element) => (element.style.zoom = "2"));
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  await close();
});

test("nothing moves by itself under reduced motion, nor without it", async () => {
  for (const reducedMotion of /** @type {const} */ (["reduce", "no-preference"])) {
    const { page, close } = await openLab(session, { bypassCSP: true, reducedMotion });
    assert.equal(await page.evaluate(() => document.getAnimations().length), 0);
    await close();
  }
});

test("every part is visible with forced colours", async () => {
  const { page, lab, close } = await openLab(session, { bypassCSP: true, forcedColors: "active" });
  assert.deepEqual(await auditPage(page), []);
  assert.notEqual(await lab.locator(".track").evaluate((track) => getComputedStyle(track).backgroundImage), "none");
  await close();
});
