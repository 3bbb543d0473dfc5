// The derivative with its steps: typed, pointed at, walked by keyboard, read by axe.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { ENGINE, FIRST_LOOK, auditLooks, openBrowser, openPage } from "./harness.js";

const session = await openBrowser();
after(() => session.close());

/**
 * What formulas say, without the signs of multiplication and application that nobody sees.
 * @param {import("playwright-core").Locator} locator
 */
async function texts(locator) {
  return (await locator.allTextContents()).map((text) => text.replace(/[\u2061\u2062]/g, ""));
}

/** @param {import("playwright-core").Locator} locator */
async function text(locator) {
  return (await texts(locator)).join(" ");
}

/** @param {Parameters<typeof openPage>[1]} [options] */
async function openDerivative(options) {
  const opened = await openPage(session, { path: "embed.html?element=derivative&model=y_hat%20%3D%20x*w%0As%20%3D%20y_hat%20-%20y%0Aloss%20%3D%20s%5E2", ...options });
  const element = opened.page.locator("downhill-derivative");
  await element.locator(".lines math").first().waitFor();
  // Formulas move when their font comes.
  await opened.page.evaluate(async () => void (await document.fonts.load("17px 'Downhill Math'")));
  return {
    ...opened,
    element,
    formula: element.getByRole("textbox", { name: /^formula/ }),
    values: element.getByRole("textbox", { name: "values" }),
    lines: element.locator(".lines math"),
    detail: element.locator(".detail"),
    pending: element.locator(".lines .derivative"),
    rows: element.getByRole("treeitem"),
  };
}

test("the deck's five lines are on the page", async () => {
  const { lines, element, close } = await openDerivative();
  assert.deepEqual(await texts(lines), [
    "ddw[(xw−y)2]",
    "=2(xw−y)ddw[xw−y]",
    "=2(xddw[w]+ddw[−y])(xw−y)",
    "=2(1x+0)(xw−y)",
    "=2x(xw−y)",
  ]);
  assert.equal(await text(element.locator(".value")), "At x = 1, w = 1, y = 2 it is −2; autodiff gives −2, a central difference −2.");
  assert.match(await text(element.locator(".chain")), /^∂loss∂w=∂loss∂s⋅∂s∂y\^⋅∂y\^∂w=2s⋅1⋅x= −2 · 1 · 1 = −2$/);
  await close();
});

test("a pending derivative shows its own calculation: hovered, focused, tapped", async () => {
  const { page, element, pending, detail, close } = await openDerivative({ hasTouch: true });
  await pending.nth(1).hover();
  assert.equal(await text(detail), "ddw[xw−y]=ddw[xw]+ddw[−y]sum rule: a sum is differentiated term by term. Its value is 1.");
  await element.getByRole("button", { name: "how the derivative of w is calculated: variable" }).focus();
  assert.equal(await element.locator(".lines .asked").getAttribute("data-step"), "0");
  assert.match(await text(detail), /^ddw\[w\]=1variable: /);
  await page.mouse.move(0, 0);
  // Nobody's finger is sent to Firefox here.
  await (ENGINE === "firefox" ? pending.nth(0).click() : pending.nth(0).tap());
  assert.match(await text(detail), /^ddw\[\(xw−y\)2\]=2\(xw−y\)ddw\[xw−y\]power rule: .* Its value is −2\.$/);
  await close();
});

test("the tree of steps is controlled by arrow keys", async () => {
  const { page, element, rows, close } = await openDerivative();
  const focused = () => element.evaluate(({ shadowRoot }) => shadowRoot?.activeElement?.textContent?.split(":")[0]);
  const press = async (/** @type {string[]} */ ...keys) => {
    for (const key of keys) {
      await page.keyboard.press(key);
    }
    return focused();
  };
  await element.locator("summary", { hasText: "All steps" }).focus();
  await page.keyboard.press("Enter");
  assert.equal(await press("Tab"), "power rule");
  assert.equal(await press("ArrowRight"), "sum rule");
  assert.equal(await press("ArrowRight", "ArrowRight"), "constant factor");
  assert.equal(await press("ArrowRight", "ArrowDown"), "variable");
  assert.equal(await rows.count(), 5);
  assert.equal(await press("ArrowLeft"), "constant factor");
  assert.equal(await press("End"), "constant");
  assert.equal(await press("Home", "ArrowLeft"), "power rule");
  assert.equal(await rows.count(), 1);
  assert.match(await text(rows), /^power rule: the derivative of \(x\*w - y\)\^2 is 2\*\(1\*x \+ 0\)\*\(x\*w - y\); /);
  await close();
});

test("a typed formula is differentiated at once", async () => {
  const { element, formula, values, lines, close } = await openDerivative();
  await formula.fill("s = sin(a*w)\nloss = s^2");
  assert.equal(await text(lines.last()), "=2acos(aw)sin(aw)");
  assert.equal(await text(element.locator(".value")), "Give `a` a value to see numbers.");
  await values.fill("a=2, w=0");
  assert.equal(await text(element.locator(".value")), "At a = 2, w = 0 it is 0; autodiff gives 0, a central difference 0.");
  await element.getByLabel("order", { exact: true }).selectOption("second");
  assert.equal(await text(element.locator(".value")), "At a = 2, w = 0 it is 8; autodiff gives 8, a central difference 8.");
  await element.getByLabel("variable", { exact: true }).selectOption("a");
  assert.match(await text(element.locator(".result")), /^d2fda2=/);
  assert.deepEqual(await element.evaluate((/** @type {any} */ { state }) => state), { model: "s = sin(a*w)\nloss = s^2", by: "a", order: 2, init: { a: 2, w: 0 } });
  await close();
});

test("buttons simplify, find roots and copy", async () => {
  const { page, element, formula, close } = await openDerivative({ permissions: ["clipboard-read", "clipboard-write"] });
  const press = (/** @type {string} */ name) => element.getByRole("button", { name, exact: true }).click();
  await press("Roots");
  assert.equal(await text(element.locator(".roots")), "w=yx 2 timesThere are no others.");
  await formula.fill("w^2/w + 0*x");
  await press("Simplify");
  assert.equal(await formula.inputValue(), "w");
  assert.equal(await text(element.locator(".said")), "This equals the original formula, where w ≠ 0.");
  await formula.fill("cos(w) - w");
  await press("Roots");
  assert.match(await text(element.locator(".roots")), /^w≈0\.739085133215160\d+ found by a search, between 0\.73\d+ and 0\.73\d+Searched between -10 and 10; there may be others outside\.$/);
  const copied = [];
  for (const name of ["text", "LaTeX", "Python", "MathML"]) {
    await press(name);
    await element.getByText(`copied as ${name}`).waitFor();
    copied.push(await page.evaluate(() => navigator.clipboard.readText()));
  }
  assert.deepEqual(copied.slice(0, 3), ["-sin(w) - 1", "-\\sin\\left(w\\right) - 1", "-math.sin(w) - 1"]);
  assert.match(copied[3] ?? "", /^<math xmlns="http:\/\/www\.w3\.org\/1998\/Math\/MathML"><.*<\/math>$/);
  await close();
});

test("a refused clipboard leaves a text to select", async () => {
  const prepare = (/** @type {import("playwright-core").Page} */ page) => page.addInitScript(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
  const { element, close } = await openDerivative({ prepare });
  await element.getByRole("button", { name: "LaTeX" }).click();
  assert.equal(await element.getByRole("textbox", { name: "the formula to copy" }).inputValue(), "2 x \\left(x w - y\\right)");
  await close();
});

/** What is typed, what is said, and the place that a caret marks. */
const BAD = /** @type {const} */ ([
  ["sigmod(w)", "Line 1, character 1: unknown function `sigmod`; did you mean `sigmoid`?", "sigmod(w)\n^^^^^^"],
  ["(w", "Line 1, character 1: this `(` is never closed.", "(w\n^"],
  ["w +", "Line 1, character 4: expected a number, a name or `(`, but found the end of the line.", "w +\n   ^"],
  ["", "Line 1, character 1: there is no formula yet; try `loss = (x*w - y)^2`.", "\n^"],
  ["2 3", "Line 1, character 3: expected an operator such as `+` or `*`, but found `3`.", "2 3\n  ^"],
]);

test("an error in a formula is shown under its field, and nothing is lost", async () => {
  const { element, formula, lines, close } = await openDerivative();
  const field = element.locator(".editor").first();
  for (const [typed, message, caret] of BAD) {
    await formula.fill(typed);
    assert.deepEqual([await text(field.locator(".problem")), await text(field.locator(".caret")), await formula.inputValue()], [message, caret, typed]);
    assert.equal(await text(lines.last()), "=2x(xw−y)");
  }
  await formula.fill("w^2");
  assert.equal(await text(lines.last()), "=2w");
  await close();
});

test("hostile names are ordinary names", async () => {
  const { page, element, formula, close } = await openDerivative();
  for (const name of ["constructor", "__proto__", "toString", "hasOwnProperty"]) {
    await formula.fill(`${name}^2`);
    assert.equal(await text(element.locator(".lines math").last()), `=2${name}`);
  }
  await formula.fill("<img src=x onerror=alert(1)>");
  assert.equal(await element.locator("img").count(), 0);
  assert.equal(await formula.inputValue(), "<img src=x onerror=alert(1)>");
  assert.equal(await page.evaluate(() => Object.keys(Object.prototype).length), 0);
  await close();
});

test("long formulas are handled, and the page still works", async () => {
  const { element, formula, lines, close } = await openDerivative();
  for (const text of [Array(1_000).fill("w^2").join(" + "), "(".repeat(201) + "w" + ")".repeat(201), "w^99999999", "0^0", "log(-1)", "1/0", "w/w", "x".repeat(70_000)]) {
    await formula.fill(text);
    assert.equal(await formula.inputValue(), text);
  }
  await formula.fill("w^3");
  assert.equal(await text(lines.last()), "=3w2");
  await close();
});

test("random formulas are well-formed MathML that the browser draws", async () => {
  const { page, close } = await openDerivative();
  const faults = await page.evaluate(drawRandomFormulas, 300);
  assert.deepEqual(faults, []);
  await close();
});

/**
 * Draws the derivatives of random formulas, and returns those in which something is wrong.
 * @param {number} count
 */
async function drawRandomFormulas(count) {
  const { load } = await import(new URL("www/downhill.js", document.baseURI).href);
  const downhill = await load();
  let seed = 1;
  const random = (/** @type {number} */ below) => (seed = (seed * 48_271) % 2_147_483_647) % below;
  const pick = (/** @type {string[]} */ list) => list[random(list.length)] ?? "";
  const any = (/** @type {number} */ depth) => {
    /** @type {string} */
    const inner = depth === 0 ? pick(["w", "x", "2", "pi", "ŷ", "y_hat"]) : `(${any(depth - 1)})${pick(["+", "-", "*", "/", "^"])}(${any(depth - 1)})`;
    return random(3) === 0 ? `${pick(["sin", "exp", "log", "sqrt", "abs", "relu", "tanh", "log2"])}(${inner})` : inner;
  };
  const place = document.body.appendChild(document.createElement("div"));
  const faults = [];
  for (let index = 0; index < count; index += 1) {
    const formula = `w*(${any(1 + random(3))})`;
    const { mathml } = downhill.differentiate(formula, "w");
    const read = new DOMParser().parseFromString(`<math xmlns="http://www.w3.org/1998/Math/MathML">${mathml}</math>`, "application/xml");
    const math = document.adoptNode(read.documentElement);
    place.replaceChildren(math);
    const strange = [...math.querySelectorAll("*")].some((element) => !/^(mrow|mi|mn|mo|mfrac|msup|msub|msqrt|mroot|mover|mspace|mtext)$/.test(element.localName));
    const { width, height } = math.getBoundingClientRect();
    if (math.localName !== "math" || strange || width === 0 || height === 0) {
      faults.push(formula);
    }
  }
  return faults;
}

test("axe finds nothing in the derivative, light and dark, wide and narrow", async () => {
  const { page, element, pending, close } = await openDerivative(FIRST_LOOK);
  await pending.nth(1).hover();
  await element.locator(".ask").nth(1).focus();
  await element.locator("summary", { hasText: "All steps" }).click();
  await element.getByRole("button", { name: "Roots" }).click();
  assert.deepEqual(await auditLooks(page), []);
  await close();
});
