// The exercise in a page: solved by keyboard, answered wrongly, helped, and graded.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { FIRST_LOOK, auditLooks, openBrowser, openPage } from "./harness.js";

const session = await openBrowser();
after(() => session.close());

/** @param {Parameters<typeof openPage>[1]} [options] */
async function openExercise(options) {
  const opened = await openPage(session, { path: "embed.html?element=exercise", ...options });
  const element = opened.page.locator("downhill-exercise");
  await element.locator(".question").first().waitFor();
  return {
    ...opened,
    element,
    field: (/** @type {string} */ name) => element.getByRole("textbox", { name, exact: true }),
    said: (/** @type {number} */ index) => element.locator(".feedback").nth(index),
    score: element.locator(".score"),
    result: () => element.evaluate((/** @type {any} */ { result }) => result),
  };
}

test("the deck's exercise is solved by keyboard alone", async () => {
  const { page, element, field, score, result, close } = await openExercise();
  await page.evaluate(() => {
    const heard = /** @type {any} */ (globalThis).heard = /** @type {any[]} */ ([]);
    addEventListener("result", (event) => heard.push(/** @type {CustomEvent} */ (event).detail.correct));
  });
  await field("value of y_hat").focus();
  for (const answer of ["2", "-2", "4", "-4", "1", "2", "-4", "-4", "-8"]) {
    await page.keyboard.type(answer);
    await page.keyboard.press("Enter");
  }
  assert.equal(await score.textContent(), "All 9 numbers are filled in; you found 9 of them yourself.");
  assert.deepEqual(await result(), { questions: 9, answered: 9, correct: 9, first: 9, attempts: 9, hints: 0, score: 1, complete: true });
  assert.deepEqual(await page.evaluate(() => /** @type {any} */ (globalThis).heard), [1, 2, 3, 4, 5, 6, 7, 8, 9]);
  assert.deepEqual(await element.evaluate((/** @type {any} */ { state }) => state.answers[8]), "-8");
  await close();
});

test("wrong answers are explained, and hints are not errors", async () => {
  const { element, field, said, result, score, close } = await openExercise();
  const answer = async (/** @type {string} */ name, /** @type {string} */ text) => {
    await field(name).fill(text);
    await field(name).press("Enter");
  };
  await answer("local derivative of loss with respect to s", "-2");
  assert.equal(await said(3).textContent(), "The factor from the exponent is missing.");
  await answer("gradient of loss with respect to w", "1,500");
  assert.equal(await said(8).textContent(), "This comma may mean thousands or decimals; use a decimal point, as in 1.234, or no comma, as in 1234.");
  assert.equal(await field("gradient of loss with respect to w").inputValue(), "1,500");
  const help = element.locator(".help").nth(8);
  const hint = element.getByRole("button", { name: "hint for the gradient of loss with respect to w" });
  for (let count = 0; count < 3; count += 1) {
    await hint.click();
  }
  assert.equal(((await help.textContent()) ?? "").replace(/[\u2061\u2062]/g, ""), "Multiply the upstream gradient by the local derivative, and add the products of all uses. ∂loss∂y^⋅∂y^∂w = (−4)⋅2");
  await element.getByRole("button", { name: "show for the gradient of loss with respect to w" }).click();
  assert.equal(await field("gradient of loss with respect to w").inputValue(), "-8");
  assert.deepEqual(await result(), { questions: 9, answered: 1, correct: 0, first: 0, attempts: 1, hints: 3, score: 0, complete: false });
  assert.equal(await score.textContent(), "1 of 9 numbers found.");
  await element.getByRole("button", { name: "Start again" }).click();
  assert.deepEqual((await result()).hints, 0);
  await close();
});

test("other exercises are chosen by number, and the state can be read and set", async () => {
  const { page, element, result, close } = await openExercise();
  await element.getByRole("button", { name: "Another exercise" }).click();
  const state = await element.evaluate((/** @type {any} */ { state }) => state);
  assert.equal(state.seed, 1);
  await element.evaluate((/** @type {any} */ element) => (element.state = { seed: 7, answers: { 0: "12345" } }));
  assert.equal((await result()).attempts, 1);
  const [first, second] = await page.evaluate(async () => {
    const make = async () => {
      const element = /** @type {any} */ (document.createElement("downhill-exercise"));
      element.setAttribute("seed", "7");
      document.body.append(element);
      await new Promise((resolve) => setTimeout(resolve, 100));
      return JSON.stringify(element.state);
    };
    return [await make(), await make()];
  });
  assert.equal(first, second);
  await close();
});

test("errors in attributes are shown, and the exercise stays", async () => {
  const { element, close } = await openExercise();
  const say = async (/** @type {string} */ name, /** @type {string} */ value) => {
    await element.evaluate((element, [name = "", value = ""]) => element.setAttribute(name, value), [name, value]);
    return element.locator(".problem.general").textContent();
  };
  assert.equal(await say("seed", "abc"), "`seed`: `abc` is not a number; type one such as 0.01.");
  assert.equal(await say("model", "loss = (w"), "`model`: this `(` is never closed.");
  assert.equal(await say("model", "loss = w*q"), "`model`: `q` has no value; give it one.");
  assert.equal(await say("model", "loss = w^2"), "");
  assert.equal(await element.locator(".question").count(), 3);
  await close();
});

test("axe finds nothing in the exercise, light and dark, wide and narrow", async () => {
  const { page, field, element, close } = await openExercise(FIRST_LOOK);
  await field("value of s").fill("6");
  await field("value of s").press("Enter");
  await element.getByRole("button", { name: "hint for the value of loss" }).click();
  assert.deepEqual(await auditLooks(page), []);
  await close();
});
