// The short road and the exercises: each question answered in a page.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { ENGINE, FIRST_LOOK, auditLooks, eventually, openBrowser, openPage, scrollThrough } from "./harness.js";

const session = await openBrowser();
after(() => session.close());

/** @param {string} path @param {Parameters<typeof openPage>[1]} [options] */
async function openRoad(path, options) {
  const opened = await openPage(session, { path, ...options });
  await scrollThrough(opened.page);
  await questionsReady(opened.page);
  return opened;
}

/** @typedef {import("playwright-core").Locator} Locator */

/** Nobody's finger is sent to Firefox here; it does not show how a page is printed, nor a frame that the site's policy forbids. */
const hasAll = ENGINE === "chromium";

/** How a button is pressed. @type {Record<string, (button: Locator) => Promise<void>>} */
const WAYS = { pointer: (button) => button.click(), keyboard: (button) => button.press("Enter"), touch: (button) => button.tap() };

Object.entries(WAYS).forEach(([way, press]) => test(`two minutes have three questions, and the last one lets the run escape: by ${way}`, { skip: way === "touch" && !hasAll }, async () => {
  const { page, close } = await openRoad("two-minutes.html", { hasTouch: hasAll });
  const questions = page.locator("downhill-question");
  await press(questions.nth(0).getByRole("button", { name: "it grows" }));
  await questions.nth(1).getByRole("textbox").fill("1.02");
  await press(questions.nth(1).getByRole("button", { name: "Check" }));
  await press(questions.nth(2).getByRole("button", { name: "it grows without end" }));
  await eventually(() => questions.locator(".feedback").allTextContents(), ["Right.", "Right.", "Right."]);
  await eventually(() => page.getByRole("textbox", { name: "learning rate" }).inputValue(), "0.3");
  await close();
}));

/** Each question fetches what it needs when it is looked at. @param {import("playwright-core").Page} page */
async function questionsReady(page) {
  for (const question of await page.locator("downhill-question").all()) {
    await question.scrollIntoViewIfNeeded();
    await question.locator("[data-action]:enabled").first().waitFor({ state: "attached" });
  }
}

test("ten exercises are shown one by one, and the last line counts them", async () => {
  const { page, close } = await openRoad("exercises.html?seed=7");
  const summary = page.locator(".summary [role=status]").first();
  assert.equal(await summary.textContent(), "Nothing is answered yet.");
  const shows = page.getByRole("button", { name: "Show me" });
  for (let left = 10; left > 0; left -= 1) {
    await shows.first().click();
    await page.locator(".summary", { hasText: `${11 - left} of 10 answered` }).waitFor();
  }
  assert.equal(await summary.textContent(), "10 of 10 answered, 0 of them by yourself, 0 at the first attempt.");
  await page.getByRole("link", { name: "Ten other exercises" }).click();
  await page.waitForURL(/seed=8$/);
  await close();
});

test("the summary says how each section went, and is printed alone", async () => {
  const { page, close } = await openRoad("exercises.html?seed=7");
  const section = (/** @type {string} */ title) => page.locator("section", { has: page.getByRole("heading", { name: title, exact: true }) });
  const answer = async (/** @type {string} */ title, /** @type {string} */ text) => {
    await section(title).getByRole("textbox").fill(text);
    await section(title).getByRole("button", { name: "Check" }).click();
  };
  const limit = await section("Choosing a learning rate").locator("downhill-question").evaluate((question) => Number(/x = (-?\d)/.exec(question.getAttribute("data") ?? "")?.[1]) ** -2);
  await answer("Choosing a learning rate", String(limit));
  await answer("Steps", "1");
  await section("Steps").getByRole("button", { name: "Show me" }).click();
  const outcome = (/** @type {string} */ title) => page.getByRole("rowheader", { name: title, exact: true }).locator("xpath=../td");
  assert.equal(await outcome("Choosing a learning rate").textContent(), "right at the first attempt");
  assert.equal(await outcome("Steps").textContent(), "with the answer shown: look at it again");
  assert.equal(await outcome("Update").textContent(), "open");
  await page.evaluate(() => (window.print = () => document.body.setAttribute("data-printed", document.body.className)));
  await page.getByRole("button", { name: "Print" }).click();
  assert.equal(await page.locator("body").getAttribute("data-printed"), "only-summary");
  if (hasAll) {
    await page.emulateMedia({ media: "print" });
    assert.deepEqual([await section("Steps").isVisible(), await outcome("Steps").isVisible()], [false, true]);
  }
  await close();
});

test("in a frame, the page's result counts every question, loaded or not", { skip: !hasAll }, async () => {
  const { page, close } = await openPage(session, { path: "glossary.html", bypassCSP: true });
  const result = page.evaluate(() => new Promise((resolve) => {
    addEventListener("message", ({ data }) => data.type === "downhill:result" && resolve(data.result));
    document.body.prepend(Object.assign(document.createElement("iframe"), { src: "index.html", width: 1000, height: 700 }));
  }));
  const frame = page.frameLocator("iframe");
  await frame.locator(".summary").scrollIntoViewIfNeeded();
  await frame.getByRole("heading", { name: "Your answers" }).waitFor();
  await frame.locator("#descent downhill-question").first().scrollIntoViewIfNeeded();
  await frame.locator("#descent").getByRole("button", { name: "it grows" }).click();
  const count = await frame.locator("downhill-question, downhill-exercise").count();
  const { questions, complete, ...others } = /** @type {import("../../www/parts/result.js").Result} */ (await result);
  assert.ok(questions >= count);
  assert.deepEqual([others.answered, others.first, complete], [1, 1, false]);
  await close();
});

test("answers are kept only if the reader wants it", async () => {
  const { page, close } = await openRoad("two-minutes.html");
  const kept = () => page.evaluate(() => localStorage.length);
  const [first, second] = [page.locator("downhill-question").nth(0), page.locator("downhill-question").nth(1)];
  await first.getByRole("button", { name: "it shrinks" }).click();
  await first.getByRole("button", { name: "it grows" }).click();
  assert.equal(await kept(), 0);
  await page.getByRole("checkbox", { name: "Keep my answers" }).check();
  await second.getByRole("button", { name: "Show me" }).click();
  const status = page.locator(".summary [role=status]").first();
  const said = "2 of 3 answered, 1 of them by yourself, 0 at the first attempt.";
  assert.equal(await status.textContent(), said);
  await page.reload();
  await questionsReady(page);
  await page.locator(".summary", { hasText: said }).waitFor();
  assert.equal(await second.locator(".feedback").textContent(), "The answer is 1.02.");
  await page.getByRole("checkbox", { name: "Keep my answers" }).uncheck();
  assert.equal(await kept(), 0);
  await close();
});

test("axe finds nothing on the roads, and nothing is wider than the page", async () => {
  for (const path of ["two-minutes.html", "exercises.html", "glossary.html"]) {
    const { page, close } = await openRoad(path, FIRST_LOOK);
    // Then the summary has its table.
    if (path !== "glossary.html") {
      await page.getByRole("button", { name: "Show me" }).first().click();
      await page.getByRole("rowheader").first().waitFor();
    }
    assert.deepEqual(await auditLooks(page), [], path);
    await close();
  }
});
