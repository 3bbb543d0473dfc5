// Tensors in a page: the deck's program, an element's way, and what is answered to bad programs.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { FIRST_LOOK, auditLooks, openBrowser, openPage } from "./harness.js";

const session = await openBrowser();
after(() => session.close());

/** @param {Parameters<typeof openPage>[1]} [options] */
async function openAutograd(options) {
  const opened = await openPage(session, { path: "embed.html?element=autograd&pick=0,0", ...options });
  const element = opened.page.locator("downhill-autograd");
  await element.locator(".grid").first().waitFor();
  return {
    ...opened,
    element,
    program: element.getByRole("textbox", { name: /^program/ }),
    cells: element.locator(".cell"),
    way: element.locator(".way"),
    printed: element.getByLabel("printed tensors"),
    problem: element.locator(".problem"),
  };
}

/** @param {import("playwright-core").Locator} locator */
async function text(locator) {
  return ((await locator.textContent()) ?? "").replace(/[\u2061\u2062]/g, "");
}

test("the deck's tensor has the gradient 4.5 everywhere", async () => {
  const { cells, way, printed, close } = await openAutograd();
  assert.equal(await text(cells.first()), "x[0, 0]: value 1, gradient 4.5");
  assert.equal(await text(way), "The gradient of x[0, 0]∂out∂z0,0⋅∂z0,0∂y0,0⋅∂y0,0∂x0,0=14⋅6y⋅1= 0.25 · 18 · 1 = 4.5");
  assert.match(await text(printed), /^x = tensor\(\[\[1\., 1\.\],\n {12}\[1\., 1\.\]\]\)\nx\.grad = tensor\(\[\[4\.5000, 4\.5000\],\n {17}\[4\.5000, 4\.5000\]\]\)\n/);
  await close();
});

test("before the backward pass there are no gradients", async () => {
  const { element, cells, printed, close } = await openAutograd();
  await element.getByRole("button", { name: "backward" }).click();
  assert.equal(await text(cells.first()), "x[0, 0]: value 1, no gradient\u00A0");
  assert.doesNotMatch(await text(printed), /grad/);
  assert.equal(await element.evaluate((/** @type {any} */ { state }) => state.backward), false);
  await close();
});

test("an element is picked by keyboard, and its paths are added up", async () => {
  const { page, program, cells, way, close } = await openAutograd();
  await program.fill("x = [[1, 2], [3, 4]]\ny = x @ x\nout = sum(y)");
  await cells.nth(1).focus();
  await page.keyboard.press("Enter");
  assert.match(await text(way), /^The gradient of x\[0, 1\].*= 1 · 3 \+ 1 · 5 \+ 1 · 3 = 11$/);
  assert.equal(await cells.nth(1).getAttribute("aria-pressed"), "true");
  await close();
});

/** A program, and what is said under it. */
const BAD = /** @type {const} */ ([
  ["a = ones(2, 3)\nout = sum(a @ a)", "Line 2, character 11: `@` can't multiply the shapes (2, 3) and (2, 3): the rows of the first must be as long as the columns of the second."],
  ["x = [[1, 2], [3]]\nout = sum(x)", "Line 1, character 5: the items of a list must have one shape, but here are (2,) and (1,)."],
  ["out = sum(ones(3000, 3000))", "Line 1, character 11: this needs 9000000 numbers; at most 4000000 are calculated with."],
  ["a = b\nb = a\nout = sum(b)", "Line 1, character 5: `b` is used before line 2 has defined it."],
  ["x = <img src=x onerror=alert(1)>", "Line 1, character 5: expected a number, a name or `(`, but found `<`."],
]);

test("errors in programs are shown at their place, and nothing is lost", async () => {
  const { program, problem, printed, close } = await openAutograd();
  for (const [typed, message] of BAD) {
    await program.fill(typed);
    assert.deepEqual([(await problem.allTextContents()).filter(Boolean), await program.inputValue()], [[message], typed]);
    assert.match(await text(printed), /^x = tensor/);
  }
  await close();
});

test("a gradient starts from one number, and unused leaves have none", async () => {
  const { program, problem, printed, element, close } = await openAutograd();
  await program.fill("x = [1, 2]\ny = 2*x");
  assert.deepEqual((await problem.allTextContents()).filter(Boolean), ["`y` has the shape (2,), and a gradient starts from one number: end with a sum or a mean, such as `mean(y)`."]);
  assert.equal(await text(printed), "x = tensor([1., 2.])\ny = tensor([2., 4.])");
  await program.fill("x = [1, 0]\ny = [1, 2]\nout = sum(log(x))");
  assert.equal(await text(element.locator(".said")), "The output does not depend on y: no gradient. Numbers stop being finite in out.");
  assert.match(await text(printed), /y\.grad = None\nout = tensor\(-inf\)/);
  await close();
});

test("axe finds nothing in the tensors, light and dark, wide and narrow", async () => {
  const { page, cells, close } = await openAutograd(FIRST_LOOK);
  await cells.nth(2).click();
  assert.deepEqual(await auditLooks(page), []);
  await close();
});
