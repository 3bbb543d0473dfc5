// A network that learns a text: it trains, writes, and answers what is typed.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { ENGINE, FIRST_LOOK, auditLooks, openBrowser, openPage, typeOver } from "./harness.js";
import { settled } from "./labpage.js";

const session = await openBrowser();
after(() => session.close());

/**
 * A network for text whose first test is done.
 * @param {string} [query]
 * @param {Parameters<typeof openPage>[1]} [options]
 */
async function openText(query = "", options = {}) {
  const opened = await openPage(session, { path: `embed.html?element=text${query}`, ...options });
  const element = opened.page.locator("downhill-text");
  await element.locator(".status").filter({ hasText: "Test loss" }).waitFor();
  return { ...opened, element };
}

/** @param {import("playwright-core").Locator} element */
const runOf = (element) => element.evaluate((network) => /** @type {any} */ (network).run);

/** A small network that is quick to train. */
const SMALL = "&layers=2&channels=12";

test("it learns, and its test loss falls below that of the bigram table", async () => {
  const { element, close } = await openText("&layers=3&channels=24");
  await element.getByRole("button", { name: "Train" }).click();
  while (((await runOf(element)).test?.loss ?? 9) > 2.3) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await element.getByRole("button", { name: "Pause" }).click();
  await element.locator(".status").filter({ hasText: /bits a character, perplexity \d/ }).waitFor();
  const written = (await element.locator(".sample").textContent()) ?? "";
  assert.match(written, /^[a-z\n]{200}$/);
  assert.match((await element.locator("canvas.curve").getAttribute("aria-label")) ?? "", /^Loss curve over \d+ steps\./);
  await close();
});

test("the same seed writes the same text, and temperature 0 always takes the most probable character", async () => {
  const { element, close } = await openText(SMALL);
  await element.evaluate((network) => /** @type {any} */ (network).step(30));
  const sample = settled(element.locator(".sample"));
  await typeOver(element.getByRole("textbox", { name: "temperature, as a number" }), "0");
  const first = await sample.textContent();
  await element.getByRole("button", { name: "Write again" }).click();
  assert.equal(await sample.textContent(), first);
  await typeOver(element.getByRole("textbox", { name: "temperature, as a number" }), "-1");
  await element.getByText("The temperature must be a finite number of at least 0.").waitFor();
  await close();
});

test("a beginning is gone on with, and one with unknown characters is refused at its field", async () => {
  const { element, close } = await openText(SMALL);
  const field = element.getByRole("textbox", { name: "beginning" });
  await field.fill("qu");
  await element.locator(".sample").filter({ hasText: /^qu/ }).waitFor();
  const chances = await element.locator(".chances td:last-child").allTextContents();
  assert.ok(chances.length === 8 && chances.every((text) => Number(text) > 0 && Number(text) < 1));
  await field.fill("<b>");
  await element.getByText("`<` does not appear in the text that is learned; use only characters that do.").waitFor();
  assert.equal(await field.inputValue(), "<b>");
  await close();
});

test("the sliders write the program, and one by hand can be trained too", async () => {
  const { element, close } = await openText(SMALL);
  const program = () => element.evaluate((network) => /** @type {any} */ (network).state.model);
  assert.match(await program(), /g2 = sigmoid\(conv\(p2, G2\) \+ d2\)/);
  await element.getByRole("combobox", { name: "network" }).selectOption("tanh");
  await element.locator(".status").filter({ hasText: /^Step 0,/ }).waitFor();
  assert.match(await program(), /h2 = tanh\(a2\)/);
  await element.evaluate((network) => Object.assign(network, { state: { model: "scores = transpose(embedding(T, tokens))\nloss = cross_entropy(transpose(scores), next)", init: { T: "zeros(27, 27)" } } }));
  await element.getByText("This program was written by hand, so the page does not know how to write with it.").waitFor();
  await element.evaluate((network) => /** @type {any} */ (network).step(5));
  assert.equal((await runOf(element)).weights.length, 27 * 27);
  await close();
});

/** Texts that can't be learned, and what is said. @type {[text: string, message: string | RegExp][]} */
const BAD = [
  ["", "The text is empty; paste a few pages, or open a file with text."],
  ["aaaaaaa", "The text has only one character, `a`, again and again; it needs at least two different ones."],
  ["ab", /^The text has only 2 characters; it needs at least 4/],
];

test("a text of one's own is learned, and one that can't be is answered", async () => {
  const { page, close } = await openPage(session, { path: `embed.html?element=text&data=own${SMALL}&window=8` });
  const element = page.locator("downhill-text");
  const field = element.getByRole("textbox", { name: "your text" });
  for (const [text, message] of BAD) {
    await field.fill(text);
    await element.getByRole("button", { name: "Learn this text" }).click();
    await element.getByText(message).waitFor();
  }
  await field.fill("שלום <b>é</b> 👩‍👩‍👧\n".repeat(40));
  await element.getByRole("button", { name: "Learn this text" }).click();
  await element.locator(".status").filter({ hasText: "Test loss" }).waitFor();
  await element.evaluate((network) => /** @type {any} */ (network).step(60));
  await element.locator(".sample b").waitFor({ state: "detached" });
  assert.match((await element.locator(".own-text .quiet").textContent()) ?? "", /^\d+ characters, \d+ of them different\./);
  await close();
});

test("invented languages have their floor in the curve", async () => {
  const { element, close } = await openText("&data=tenth&layers=2&channels=8");
  await element.getByText("in about nine of ten cases each letter", { exact: false }).first().waitFor();
  assert.equal((await runOf(element)).steps, 0);
  await close();
});

test("by keyboard, and by touch on a phone", { skip: ENGINE === "firefox" && "Firefox’s driver sends no finger" }, async () => {
  const { element, page, close } = await openText(SMALL, { hasTouch: true, isMobile: true, viewport: { width: 360, height: 640 } });
  await element.getByRole("button", { name: "One step" }).tap();
  await element.getByRole("slider", { name: "layers" }).focus();
  await page.keyboard.press("ArrowRight");
  await element.locator(".status").filter({ hasText: /^Step 0,/ }).waitFor();
  assert.equal(await element.evaluate((network) => /** @type {any} */ (network).state.layers), 3);
  await close();
});

test("nothing is inaccessible or cut off, light and dark, wide and narrow", async () => {
  const { element, page, close } = await openText(SMALL, FIRST_LOOK);
  await element.evaluate((network) => /** @type {any} */ (network).step(5));
  for (const summary of await element.locator("summary:visible").all()) {
    await summary.click();
  }
  assert.deepEqual(await auditLooks(page), []);
  await close();
});
