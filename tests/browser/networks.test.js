// The second lesson: each question is answered wrongly and rightly, and the page is looked at.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, test } from "node:test";
import { FIRST_LOOK, TRIED, auditLooks, openBrowser, openPage, scrollThrough, typeOver } from "./harness.js";

/** @typedef {import("playwright-core").Locator} Locator */

const session = await openBrowser();
after(() => session.close());

/** @param {NonNullable<Parameters<typeof openPage>[1]>} [options] */
async function openLesson(options) {
  const opened = await openPage(session, { path: "networks.html", ...options });
  await scrollThrough(opened.page);
  return opened;
}

/** Until a question can be answered. @param {Locator} question */
async function isOpen(question) {
  await question.scrollIntoViewIfNeeded();
  await question.locator("button:enabled:visible").first().waitFor();
}

/** What is said of an answer. @param {Locator} question @param {RegExp | string} words */
function said(question, words) {
  return question.locator(".feedback", { hasText: words }).waitFor();
}

/** The typed answers: section, wrong ones with what is said of them, and the right one. @type {[string, [string, string][], string][]} */
const TYPED = [
  ["softmax", [["-2.303", "The absolute value is right, but the sign is wrong."], ["0.1", "Not yet: the number is larger than that."]], "2.3026"],
  ["classifier", [
    ["3", "That is the number of epochs; each epoch takes a step for every batch of samples."],
    ["30", "That counts every sample; a step takes a whole batch."],
  ], "9"],
  ["convolution", [["1", "Not yet: the number is larger than that."], ["8", "That is twice as much: is there a factor of 2 too many?"]], "4"],
  ["test", [["8", "Not yet: the number is smaller than that."], ["5", "That was the prediction before training."]], "5.5"],
  ["fast", [
    ["0.125", "That is 1 divided by the curvature, where one step lands in the minimum. A step may be up to twice as long."],
    ["8", "That is the curvature; the limit is 2 divided by it."],
  ], "1/4"],
  ["dead", [
    ["-4.2", "That is the gradient of error; the chain rule goes on from there: multiply by the next local derivative."],
    ["0.42", "The absolute value is right, but the sign is wrong."],
  ], "-0.42"],
];

test("typed answers: each mistake gets its own sentence, and the right one is accepted", { skip: TRIED }, async () => {
  const { page, close } = await openLesson();
  for (const [id, wrong, right] of TYPED) {
    const question = page.locator(`#${id} downhill-question`).filter({ hasNot: page.locator("[slot=choices]") });
    await isOpen(question);
    const field = question.getByRole("textbox");
    for (const [answer, sentence] of [...wrong, /** @type {[string, string]} */ ([right, "Right"])]) {
      await typeOver(field, answer);
      await field.press("Enter");
      await said(question, sentence);
    }
  }
  await close();
});

test("choices: each wrong one says why, and the right one is accepted", { skip: TRIED }, async () => {
  const { page, close } = await openLesson();
  const questions = page.locator("downhill-question").filter({ has: page.locator("[slot=choices]") });
  assert.ok((await questions.count()) > 10);
  for (const question of await questions.all()) {
    await isOpen(question);
    const choices = await question.locator("li").evaluateAll((items) => items.map((item) => ({ words: item.textContent ?? "", say: item.getAttribute("data-say") })));
    // The right one comes last; it is the one without a sentence.
    for (const { words, say } of choices.sort((a, b) => Number(a.say === null) - Number(b.say === null))) {
      await question.getByRole("button", { name: words, exact: true }).click();
      await said(question, say ?? "Right.");
    }
  }
  await close();
});

test("the right answer runs the program beside it, and the numbers of the text follow", async () => {
  const { page, close } = await openLesson();
  const relu = page.locator("#relu");
  await relu.locator("summary", { hasText: "Why" }).click();
  assert.equal(await relu.locator("data").textContent(), "0");
  await relu.getByRole("button", { name: "2", exact: true }).click();
  await relu.locator("data", { hasText: /^3$/ }).waitFor();
  const convolution = page.locator("#convolution");
  await convolution.getByRole("button", { name: "36", exact: true }).click();
  await convolution.getByRole("table", { name: "M, shape 4 by 9" }).waitFor();
  const tokens = page.locator("#tokens");
  await tokens.getByRole("button", { name: "3", exact: true }).click();
  await tokens.getByRole("table", { name: "M, shape 6 by 5" }).waitFor();
  await close();
});

test("every network of the lesson takes a step, and its attributes are right", async () => {
  const { page, close } = await openLesson();
  const networks = page.locator("downhill-network, downhill-text");
  assert.ok((await networks.count()) > 6);
  for (const network of await networks.all()) {
    await network.scrollIntoViewIfNeeded();
    await network.locator(".status", { hasText: /^Step 0/ }).waitFor();
    await network.getByRole("button", { name: "One step" }).first().click();
    await network.locator(".status", { hasText: /^Step 1,.* Training loss \d/ }).waitFor();
    assert.equal((await network.getByRole("alert").allTextContents()).join(""), "");
  }
  await close();
});

test("the network for text writes while it learns, and a receptive field of its own is set with the slider", async () => {
  const { page, close } = await openLesson();
  const writer = page.locator("#words downhill-text");
  await writer.scrollIntoViewIfNeeded();
  await writer.locator(".sample", { hasText: /^[a-z\n]{200}$/ }).waitFor();
  await writer.getByRole("textbox", { name: "beginning" }).fill("q");
  await writer.locator(".sample", { hasText: /^q/ }).waitFor();
  const small = page.locator("#reach downhill-text");
  await small.scrollIntoViewIfNeeded();
  await small.locator(".status", { hasText: /^Step 0,/ }).waitFor();
  assert.deepEqual(await small.evaluate((network) => { const { layers, kernel, channels, lr } = /** @type {any} */ (network).state; return [layers, kernel, channels, lr]; }), [2, 5, 16, 0.01]);
  await small.getByRole("slider", { name: "layers" }).focus();
  await page.keyboard.press("ArrowRight");
  await small.locator(".status", { hasText: /^Step 0,/ }).waitFor();
  assert.match(await small.evaluate((network) => /** @type {any} */ (network).state.model), /h3 = h2 \+ a3\*g3/);
  await close();
});

test("the numbers in the text agree with the engine", async () => {
  const html = await readFile(new URL("../../networks.html", import.meta.url), "utf8");
  const written = [...html.matchAll(/<data data-number="[^"]*">([^<]*)<\/data>/g)].map(([, number]) => number);
  const { page, close } = await openLesson();
  const numbers = page.locator("data");
  await numbers.evaluateAll((places) => places.forEach((place) => (place.textContent = "")));
  await page.locator("downhill-autograd").evaluateAll((elements) => elements.forEach((element) => element.dispatchEvent(new Event("change"))));
  await numbers.filter({ hasText: /^$/ }).first().waitFor({ state: "detached" });
  assert.ok(written.length > 5);
  assert.deepEqual(await numbers.allTextContents(), written);
  await close();
});

test("every section has a heading and a link from the contents, and the first lesson and the lab lead here", async () => {
  const { page, close } = await openLesson();
  const sections = await page.locator("main > section").evaluateAll((sections) => sections.map((section) => [`#${section.id}`, section.querySelector("h2")?.textContent]));
  assert.deepEqual(await page.locator("nav li a").evaluateAll((links) => links.map((link) => [link.getAttribute("href"), link.textContent])), sections);
  for (const [path, name] of Object.entries({ "lab.html": "the second one", "index.html": "The second lesson" })) {
    const other = await openPage(session, { path });
    const link = other.page.getByRole("link", { name, exact: true });
    assert.equal(await link.evaluate((link) => /** @type {HTMLAnchorElement} */ (link).href), page.url());
    await other.close();
  }
  await close();
});

test("the summary counts the questions of every section", async () => {
  const { page, close } = await openLesson();
  const count = await page.locator("downhill-question").count();
  const pooling = page.locator("#pooling downhill-question");
  await isOpen(pooling);
  await pooling.getByRole("button", { name: "0", exact: true }).click();
  await page.locator(".summary").scrollIntoViewIfNeeded();
  await page.locator(".summary [role=status]", { hasText: `1 of ${count} answered, 1 of them by yourself, 1 at the first attempt.` }).waitFor();
  await close();
});

test("axe finds nothing in the second lesson, light and dark, wide and narrow, and nothing is wider than the page", async () => {
  const { page, close } = await openLesson(FIRST_LOOK);
  assert.deepEqual(await auditLooks(page), []);
  await close();
});
