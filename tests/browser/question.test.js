// Questions in a page: answered by pointer and by keyboard, wrongly, shown, in a frame, in a quiz.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { FIRST_LOOK, auditLooks, eventually, lookThrough, openBrowser, openPage, overhang } from "./harness.js";

const session = await openBrowser();
after(() => session.close());

/** @param {string} query @param {Parameters<typeof openPage>[1]} [options] */
async function openQuestion(query, options) {
  const opened = await openPage(session, { path: `embed.html?element=question&${query}`, ...options });
  const element = opened.page.locator("downhill-question");
  // Its buttons are disabled until the engine is there, which some tests hold back.
  await element.locator(options?.prepare ? "[data-action]" : "[data-action]:enabled").first().waitFor({ state: "attached" });
  await element.locator(".query[aria-label]").waitFor();
  return {
    ...opened,
    element,
    said: async () => (await element.locator(".feedback").textContent()) ?? "",
    result: () => element.evaluate((/** @type {any} */ { result }) => result),
  };
}

test("a number is asked for, and each mistake gets an answer of its own", async () => {
  const { page, element, said, result, close } = await openQuestion("of=after+w+1&ask=Where is w after the first step?");
  await page.evaluate(() => {
    const heard = /** @type {any} */ (globalThis).heard = /** @type {any[]} */ ([]);
    addEventListener("result", (event) => heard.push(/** @type {CustomEvent} */ (event).detail.correct));
  });
  const field = element.getByRole("textbox", { name: "your answer" });
  const answers = /** @type {[string, string][]} */ ([
    ["3", "Forgot the learning rate: the gradient is multiplied by 0.01 before it is taken away."],
    ["", "A number is missing; type one such as 0.01."],
    ["two", "`two` is not a number; type one such as 0.01."],
    ["−1", "Not yet: the number is larger than that."],
    ["1,02", "Right."],
  ]);
  await field.focus();
  for (const [answer, sentence] of answers) {
    await page.keyboard.press("ControlOrMeta+A");
    await (answer === "" ? page.keyboard.press("Delete") : page.keyboard.insertText(answer));
    await page.keyboard.press("Enter");
    assert.equal(await said(), sentence);
    assert.equal(await field.inputValue(), answer);
  }
  assert.deepEqual(await result(), { questions: 1, answered: 1, correct: 1, first: 0, attempts: 3, hints: 0, score: 1, complete: true });
  assert.deepEqual(await page.evaluate(() => /** @type {any} */ (globalThis).heard), [0, 0, 1]);
  await element.getByRole("button", { name: "Try again" }).click();
  assert.deepEqual((await result()).attempts, 0);
  await element.getByRole("button", { name: "Show me" }).click();
  assert.equal(await said(), "The answer is 1.02.");
  assert.deepEqual(await result(), { questions: 1, answered: 1, correct: 0, first: 0, attempts: 0, hints: 0, score: 0, complete: true });
  await close();
});

test("an answer that is given before the engine is there is judged when it comes", async () => {
  /** @type {(value?: unknown) => void} */
  let come = () => {};
  const coming = new Promise((resolve) => (come = resolve));
  const prepare = (/** @type {import("playwright-core").Page} */ page) => page.route("**/*.wasm", (route) => coming.then(() => route.continue()));
  const { element, said, close } = await openQuestion("of=change+w+1&choices=it grows: > 0; it shrinks: < 0", { prepare });
  await element.getByRole("button", { name: "it grows" }).click();
  assert.equal(await said(), "");
  come();
  await eventually(said, "Right.");
  await close();
});

test("choices come from the address, and the state can be set", async () => {
  const { element, said, result, close } = await openQuestion("of=change+w+1&choices=it grows: > 0; it shrinks: < 0; it stays: = 0");
  await element.getByRole("button", { name: "it shrinks" }).click();
  assert.equal(await said(), "Not that one. Choose another, or let it be shown.");
  await element.evaluate((/** @type {any} */ element) => (element.state = { answers: { 0: "it grows" } }));
  assert.equal(await said(), "Right.");
  assert.equal(await element.getByRole("button", { name: "it grows" }).getAttribute("aria-pressed"), "true");
  assert.equal((await result()).attempts, 1);
  await close();
});

test("a place is pointed at, and the run is shown over the learner's mark", async () => {
  const { page, element, said, close } = await openQuestion("kind=place&of=after+w+1&data=x = 1; y = 2&lr=0.25&epochs=1");
  const picture = element.locator("canvas[aria-label='The landscape of the loss, with the ball where the run begins.']");
  const box = await picture.boundingBox();
  assert.ok(box);
  await page.mouse.click(box.x + box.width * 0.4, box.y + box.height / 2);
  const pointed = Number(await element.getByRole("textbox").inputValue());
  assert.ok(pointed > 0.6 && pointed < 1.4, String(pointed));
  assert.equal(await element.locator(".mark-own").isVisible(), true);
  await element.getByRole("textbox").fill("1.5");
  await element.getByRole("button", { name: "Check" }).click();
  assert.equal(await said(), "Right.");
  await element.locator("canvas[aria-label='The landscape of the loss, with the run in it.']").waitFor();
  assert.equal(await element.locator(".mark-own").isVisible(), true);
  await close();
});

test("a curve is drawn by pointer and by keyboard", async () => {
  const { page, element, said, result, close } = await openQuestion("of=curve");
  await element.getByRole("button", { name: "Check" }).click();
  assert.equal(await said(), "Your curve stays where it begins: then no step would change the weight.");
  const pad = await element.locator("svg").boundingBox();
  assert.ok(pad);
  await page.mouse.move(pad.x + pad.width * 0.1, pad.y + pad.height * 0.4);
  await page.mouse.down();
  for (const [across, down] of [[0.2, 0.6], [0.4, 0.85], [0.6, 0.92], [0.8, 0.94], [0.98, 0.94]]) {
    await page.mouse.move(pad.x + pad.width * (across ?? 0), pad.y + pad.height * (down ?? 0), { steps: 3 });
  }
  await page.mouse.up();
  const last = element.getByRole("slider", { name: "loss at point 6 of 6" });
  await last.focus();
  await page.keyboard.press("PageUp");
  const before = Number(await last.getAttribute("aria-valuenow"));
  await page.keyboard.press("PageDown");
  assert.equal(Number(await last.getAttribute("aria-valuenow")), Math.max(0, before - 20));
  await page.keyboard.press("Enter");
  assert.equal(await said(), "Close enough: the solid line is what the run does.");
  assert.match((await element.locator(".told").getAttribute("d")) ?? "", /^M0\.0 42\.9L/);
  assert.equal((await result()).correct, 1);
  await close();
});

test("an error of the author stands in the question", async () => {
  for (const [query, message] of [
    ["of=foo&ask=What?", "`of`: There is no number `foo` in this run; the numbers are written like setting lr, start w, end w, after w 1, change w 1, gradient 1, loss 1, predict 4 after, steps, limit."],
    ["of=end+w&kind=riddle", "`kind`: `riddle` is not a kind of question; the kinds are number, choice, place, curve."],
    ["of=end+w&choices=all: > 0", "`choices`: Give at least two, such as it grows: > 0; it shrinks: < 0."],
    ["of=end+w&lr=-1", "`lr`: The learning rate must be a finite number above 0; it is -1."],
  ]) {
    const { element, close } = await openQuestion(query ?? "");
    const check = element.getByRole("button", { name: "Check" });
    if (await check.isVisible()) {
      await element.getByRole("textbox").fill("1");
      await check.click();
    }
    assert.equal(await element.getByRole("alert").textContent(), message);
    await close();
  }
});

test("a quiz gives nothing away", async () => {
  const { element, said, close } = await openQuestion("of=after+w+1&quiz=");
  assert.equal(await element.getByRole("button", { name: "Show me" }).isVisible(), false);
  await element.getByRole("textbox").fill("3");
  await element.getByRole("button", { name: "Check" }).click();
  assert.equal(await said(), "Not right.");
  await close();
});

test("in the lesson a question runs its lab, and shows what it has hidden", async () => {
  const { page, close } = await openPage(session);
  await lookThrough(page);
  const learning = page.locator("#learning");
  await learning.getByRole("button", { name: "6 to 8" }).click();
  await learning.locator("p.status", { hasText: "After 10 epochs" }).waitFor();
  const training = page.locator("#training");
  assert.equal(await training.locator("canvas.curve").isVisible(), false);
  await training.locator("downhill-question").first().getByRole("button", { name: "Show me" }).click();
  await training.locator("canvas.curve").waitFor();
  assert.equal(await overhang(page), 0);
  await close();
});

test("axe finds nothing in any kind of question", async () => {
  for (const query of ["of=end+w&ask=Where?", "of=change+w+1&choices=it grows: > 0; it shrinks: < 0", "kind=place&of=after+w+1&lr=0.25", "of=curve", "of=foo"]) {
    const { element, page, close } = await openQuestion(query, FIRST_LOOK);
    assert.deepEqual(await auditLooks(page), [], query);
    await element.getByRole("button", { name: "Show me" }).click();
    assert.deepEqual(await auditLooks(page), [], `${query}, shown`);
    await close();
  }
});
