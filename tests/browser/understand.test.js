// What a network confuses, what excites its filters, and one convolution in numbers: by pointer and
// keyboard.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { ENGINE, FIRST_LOOK, auditLooks, eventually, openBrowser, openPage } from "./harness.js";

const session = await openBrowser();
after(() => session.close());

/** @typedef {import("playwright-core").Locator} Locator */

const TITLES = { matrix: "Confusion matrix", mistakes: "The worst mistakes", filters: "What excites a filter", stepper: "One convolution, step by step" };

/**
 * A network that has learnt for some steps, with its parts folded.
 * @param {Parameters<typeof openPage>[1] & { settings?: object, steps?: number }} [options]
 */
async function openNetwork({ settings = {}, steps = 200, ...options } = {}) {
  const opened = await openPage(session, { path: "embed.html?element=network&views=status,understand", ...options });
  const element = opened.page.locator("downhill-network");
  await element.locator(".status", { hasText: /^Step 0/ }).waitFor();
  await element.evaluate((network, settings) => Object.assign(network, { state: settings }), settings);
  await opened.page.waitForFunction(([settings]) => Object.entries(settings).every(([key, value]) => JSON.stringify(/** @type {any} */ (document.querySelector("downhill-network")).state[key]) === JSON.stringify(value)), /** @type {[Record<string, unknown>]} */ ([settings]));
  if (steps > 0) {
    await element.evaluate((network, steps) => /** @type {any} */ (network).step(steps), steps);
  }
  const parts = Object.fromEntries(Object.entries(TITLES).map(([name, title]) => [name, element.locator("details.insight", { has: opened.page.locator("summary", { hasText: title }) })]));
  return { ...opened, element, .../** @type {Record<keyof typeof TITLES, Locator>} */ (parts) };
}

/** @param {Locator} part */
async function unfold(part) {
  await part.locator("summary").click();
  await part.scrollIntoViewIfNeeded();
}

/** @param {Locator} locator */
const texts = async (locator) => (await locator.allTextContents()).map((text) => text.trim());
/** Numbers as they are written, with a true minus. @param {string} text */
const numberOf = (text) => Number(text.replaceAll("−", "-"));

test("the confusion matrix counts every test picture, and a cell shows its pictures: by pointer", async () => {
  const { element, matrix, close } = await openNetwork();
  await unfold(matrix);
  await matrix.locator(".hit").first().waitFor();
  const counts = (await texts(matrix.locator("tbody button"))).map(Number);
  assert.equal(counts.length, 100);
  assert.equal(counts.reduce((sum, count) => sum + count), 360);
  const right = counts.filter((_, cell) => cell % 11 === 0).reduce((sum, count) => sum + count);
  assert.equal(await matrix.locator(".accuracy").textContent(), `${right} of 360 right: ${((100 * right) / 360).toFixed(1)} %`);
  await element.getByText(`${right} of 360 test pictures are right`).first().waitFor();
  await matrix.locator(".hit").nth(3).click();
  await matrix.getByText(`${counts[33]} of class 3 read as 3`).waitFor();
  const pictures = matrix.locator(".gallery button");
  assert.equal(await pictures.count(), counts[33]);
  await pictures.nth(1).click();
  await matrix.locator(".gallery button:nth-child(2)[aria-pressed=true]").waitFor();
  await matrix.locator(".hit").nth(3).click();
  await pictures.first().waitFor({ state: "detached" });
  await close();
});

test("the matrix has one tab stop, and the arrow keys go through its cells and pictures", async () => {
  const { page, element, matrix, stepper, close } = await openNetwork();
  await unfold(matrix);
  await matrix.locator(".hit").first().waitFor();
  await matrix.getByRole("combobox").focus();
  await page.keyboard.press("Tab");
  const focused = () => element.evaluate((network) => network.shadowRoot?.activeElement?.getAttribute("aria-label") ?? network.shadowRoot?.activeElement?.textContent);
  assert.match(await focused() ?? "", /^\d+: 0 read as 0$/);
  for (const key of ["ArrowDown", "ArrowDown", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"]) {
    await page.keyboard.press(key);
  }
  assert.match(await focused() ?? "", /^\d+: 2 read as 2$/);
  await page.keyboard.press("Enter");
  await matrix.locator(".gallery button").first().waitFor();
  assert.match(await focused() ?? "", /^\d+: 2 read as 2$/);
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowRight");
  const picture = await focused();
  assert.match(picture ?? "", /^picture \d+: 2 read as 2, [\d.]+ %$/);
  await page.keyboard.press("Enter");
  await matrix.locator(".gallery button:nth-child(2)[aria-pressed=true]").waitFor();
  assert.equal(await focused(), picture);
  await page.keyboard.press("End");
  await page.keyboard.press("Tab");
  assert.equal(await element.evaluate((network) => network.shadowRoot?.activeElement?.textContent), TITLES.mistakes);
  await unfold(stepper);
  await stepper.locator(".digits td").first().waitFor();
  await close();
});

test("the training pictures are counted instead, as many as are trained with", async () => {
  const { matrix, close } = await openNetwork({ settings: { samples: 40 } });
  await unfold(matrix);
  await matrix.getByRole("combobox").selectOption("training");
  await matrix.getByText(/^\d+ of 40 right: /).waitFor();
  await close();
});

test("the worst mistakes have the largest losses, and one is looked at", async () => {
  const { element, mistakes, matrix, close } = await openNetwork();
  await unfold(mistakes);
  const cards = mistakes.locator(".gallery button");
  await cards.nth(8).waitFor();
  const losses = (await texts(cards)).map((text) => Number(/loss (.+)$/.exec(text)?.[1]));
  assert.equal(losses.length, 9);
  assert.deepEqual(losses, losses.toSorted((one, other) => other - one));
  const [, truth, read] = /picture \d+: (\d)read as (\d)/.exec(await cards.first().textContent() ?? "") ?? [];
  await cards.first().press("Enter");
  await mistakes.locator(".gallery button:first-child[aria-pressed=true]").waitFor();
  await unfold(matrix);
  await matrix.getByRole("button", { name: new RegExp(`^[1-9]\\d*: ${truth} read as ${read}$`) }).waitFor();
  assert.equal(await element.locator(".problem:not(:empty)").count(), 0);
  await close();
});

test("a filter has its kernel and nine pictures, with what it saw outlined", async () => {
  const { page, filters, close } = await openNetwork();
  await unfold(filters);
  const cards = filters.locator(".gallery button");
  await cards.nth(8).waitFor();
  await filters.getByRole("button", { name: "filter 0" }).focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await filters.getByText(/^Filter 1: the strongest of 360 test pictures/).waitFor();
  const responses = (await texts(cards)).map(numberOf);
  assert.deepEqual(responses, responses.toSorted((one, other) => other - one));
  assert.equal(await filters.locator(".patch").count(), 9);
  await filters.getByRole("img", { name: "kernel K1[1], 1 by 3 by 3" }).waitFor();
  await filters.getByRole("combobox", { name: "layer" }).selectOption("c2: conv(h1, K2)");
  await filters.getByRole("img", { name: "kernel K2[1], 8 by 3 by 3" }).waitFor();
  assert.equal(await filters.getByRole("button", { name: /^filter/ }).count(), 16);
  await filters.locator(".patch").first().waitFor({ state: "detached" });
  await close();
});

/** The numbers of a table. @param {Locator} part @param {string} title */
async function table(part, title) {
  return (await texts(part.locator("table:visible", { hasText: title }).locator("td"))).map(numberOf);
}

/** Whether numbers of four digits are equal. @param {number} found @param {number} expected @param {number} size of what was added */
function near(found, expected, size) {
  assert.ok(Math.abs(found - expected) <= 1e-3 * (size + Math.abs(expected)), `${found} is not ${expected}`);
}

test("the products of a window add up to the network's number", async () => {
  const { page, stepper, close } = await openNetwork();
  await unfold(stepper);
  const place = stepper.getByRole("slider");
  await place.focus();
  for (const [key, at] of /** @type {const} */ ([["ArrowRight", "4, 5"], ["ArrowDown", "5, 5"], ["ArrowLeft", "5, 4"], ["ArrowUp", "4, 4"], ["Home", "0, 0"], ["ArrowUp", "0, 0"], ["End", "7, 7"], ["ArrowDown", "7, 7"], ["ArrowLeft", "7, 6"]])) {
    await page.keyboard.press(key);
    await stepper.locator(".said", { hasText: `c1[0, ${at}]` }).waitFor();
    const [window, kernel, products] = [await table(stepper, "window of picture"), await table(stepper, "kernel K1"), await table(stepper, "products")];
    const size = products.reduce((sum, product) => sum + Math.abs(product), 0);
    products.forEach((product, index) => near(product, (window[index] ?? NaN) * (kernel[index] ?? NaN), Math.abs(product)));
    const said = /= (\S+), the same\.$/.exec(await stepper.locator(".said:visible").textContent() ?? "")?.[1] ?? "";
    near(numberOf(said), products.reduce((sum, product) => sum + product), size);
  }
  assert.match(await place.getAttribute("aria-valuetext") ?? "", /^row 7, column 6: /);
  await close();
});

test("the window is dragged on both pictures", async () => {
  const { page, stepper, close } = await openNetwork();
  await unfold(stepper);
  const said = stepper.locator(".said:visible");
  await said.filter({ hasText: "c1[0, 4, 4]" }).waitFor();
  for (const [map, points] of /** @type {const} */ ([[0, [[0.15, 0.15, "0, 0"], [0.85, 0.45, "3, 7"]]], [1, [[0.1, 0.95, "7, 0"], [0.55, 0.05, "0, 4"]]]])) {
    const box = await stepper.locator(".map canvas").nth(map).boundingBox() ?? assert.fail();
    const go = (/** @type {number} */ x, /** @type {number} */ y) => page.mouse.move(box.x + x * box.width, box.y + y * box.height);
    const [[x, y, first], [toX, toY, second]] = points;
    await go(x, y);
    await page.mouse.down();
    await said.filter({ hasText: `c1[0, ${first}]` }).waitFor();
    await go(toX, toY);
    await said.filter({ hasText: `c1[0, ${second}]` }).waitFor();
    await page.mouse.up();
  }
  await close();
});

test("several channels are shown one at a time, and their sum is told", async () => {
  const { stepper, close } = await openNetwork();
  await unfold(stepper);
  await stepper.getByRole("combobox", { name: "layer" }).selectOption("c2: conv(h1, K2)");
  await stepper.getByRole("combobox", { name: "channel" }).selectOption("3");
  await stepper.getByRole("combobox", { name: "filter" }).selectOption("15");
  await stepper.getByText("kernel K2[15, 3]").waitFor();
  const [, sums = "", all = ""] = /^All 8 channels together: (.+) = (\S+)\.$/.exec(await stepper.locator("p", { hasText: "together" }).textContent() ?? "") ?? [];
  const terms = sums.replaceAll("− ", "+ −").split(" + ").map(numberOf);
  assert.equal(terms.length, 8);
  near(numberOf(all), terms.reduce((sum, term) => sum + term), terms.reduce((sum, term) => sum + Math.abs(term), 0));
  assert.match(await stepper.locator(".said:visible").textContent() ?? "", /^The network has c2\[15, \d, \d\] = \S+, the same\.$/);
  await close();
});

test("backward, a place adds its share to the gradient of the kernel", async () => {
  const { page, stepper, close } = await openNetwork();
  await unfold(stepper);
  await stepper.getByRole("button", { name: "Backward" }).press("Enter");
  await stepper.getByText(/^The network has the same gradient of K1\[0, 0\]: /).waitFor();
  const place = stepper.getByRole("slider");
  await place.focus();
  await page.keyboard.press("Home");
  const arrives = stepper.getByText(/^The gradient \S+ arrives at /);
  let gradient = 0;
  for (let step = 0; step < 64 && gradient === 0; step += 1) {
    await page.keyboard.press("ArrowRight");
    await arrives.filter({ hasText: `c1[0, ${Math.floor((step + 1) / 8)}, ${(step + 1) % 8}]` }).waitFor();
    gradient = numberOf(/gradient (\S+) arrives/.exec(await arrives.textContent() ?? "")?.[1] ?? "");
  }
  assert.notEqual(gradient, 0);
  for (const [what, share] of /** @type {const} */ ([["window of picture[0]", "share of the gradient of K1[0, 0]"], ["kernel K1[0, 0]", "share of the gradient of picture[0]"]])) {
    const [numbers, shares] = [await table(stepper, what), await table(stepper, share)];
    assert.equal(shares.length, 9);
    shares.forEach((found, index) => near(found, gradient * (numbers[index] ?? NaN), 0));
  }
  assert.equal(await stepper.getByRole("button", { name: "Backward" }).getAttribute("aria-pressed"), "true");
  await close();
});

test("Play slides the window; where motion is unwelcome there is no Play", async () => {
  const { stepper, close } = await openNetwork({ steps: 0 });
  await unfold(stepper);
  await stepper.locator(".said", { hasText: "c1[0, 4, 4]" }).waitFor();
  await stepper.getByRole("button", { name: "Play" }).click();
  await stepper.locator(".said", { hasText: /c1\[0, (4, [67]|[5-7], \d)\]/ }).waitFor();
  await stepper.getByRole("button", { name: "Pause" }).click();
  await stepper.getByRole("button", { name: "Play" }).waitFor();
  await close();
  // What a reader wants of motion can't be told to this Firefox.
  if (ENGINE === "firefox") {
    return;
  }
  const calm = await openNetwork({ steps: 0, reducedMotion: "reduce" });
  await unfold(calm.stepper);
  await calm.stepper.locator(".said", { hasText: "c1[0, 4, 4]" }).waitFor();
  assert.equal(await calm.stepper.getByRole("button", { name: "Play" }).isVisible(), false);
  await calm.stepper.getByRole("button", { name: "one place on" }).click();
  await calm.stepper.locator(".said", { hasText: "c1[0, 4, 5]" }).waitFor();
  await calm.close();
});

test("what a program does not have is said in each part", async () => {
  const none = await openNetwork({ settings: { preset: "softmax" }, steps: 1 });
  await unfold(none.filters);
  await none.filters.getByText("The program has no convolution whose kernels have a name.").waitFor();
  await unfold(none.stepper);
  await none.stepper.getByText("The program has no convolution.").waitFor();
  await none.close();
  const settings = { model: "h = maxpool(relu(conv(picture, K, padding=1)), 2)\nloss = sum(h)", init: { K: "kaiming(4, 1, 3, 3, seed=1)" } };
  const nested = await openNetwork({ settings, steps: 1 });
  await unfold(nested.stepper);
  await nested.stepper.getByText(/^A convolution can be followed if it has a line of its own/).waitFor();
  await unfold(nested.matrix);
  await nested.matrix.getByText(/^The program has no class scores/).waitFor();
  await unfold(nested.filters);
  await nested.filters.locator(".gallery button").nth(8).waitFor();
  assert.equal(await nested.filters.locator(".patch").count(), 0);
  await nested.close();
});

test("while it trains, the matrix follows and goes on to the last step", async () => {
  const { element, page, matrix, close } = await openNetwork({ steps: 0 });
  // A click would scroll to the button, away from the matrix.
  const press = () => element.evaluate((network) => /** @type {HTMLElement | null | undefined} */ (network.shadowRoot?.querySelector("[data-action=run]"))?.click());
  await unfold(matrix);
  const accuracy = matrix.locator(".accuracy");
  await accuracy.filter({ hasText: "of 360 right" }).waitFor();
  const first = await accuracy.textContent();
  await press();
  await page.waitForFunction(([first]) => document.querySelector("downhill-network")?.shadowRoot?.querySelector(".accuracy")?.textContent !== first, [first]);
  await press();
  const right = /(\d+) of 360 test pictures are right/;
  await element.getByText(right).first().waitFor();
  // The sentence and the matrix come to the last step one after the other.
  await eventually(async () => {
    const said = right.exec(await element.getByText(right).first().textContent() ?? "")?.[1];
    return (await accuracy.textContent())?.includes(`${said} of 360 right`);
  }, true);
  await close();
});

test("another theme paints the pictures anew", async () => {
  const { element, stepper, mistakes, close } = await openNetwork();
  await unfold(stepper);
  await unfold(mistakes);
  await mistakes.locator(".gallery button").nth(8).waitFor();
  const pixels = (/** @type {Locator} */ canvas) => canvas.evaluate((/** @type {HTMLCanvasElement} */ canvas) => canvas.toDataURL());
  const canvases = [stepper.locator(".map canvas").first(), mistakes.locator(".gallery canvas").first()];
  const before = await Promise.all(canvases.map(pixels));
  await element.evaluate((network) => network.setAttribute("theme", "dark"));
  for (const [place, canvas] of canvases.entries()) {
    await canvas.scrollIntoViewIfNeeded();
    await eventually(async () => (await pixels(canvas)) !== before[place], true);
  }
  await close();
});

test("axe finds nothing, and nothing is wider than the page", async () => {
  const { page, close, ...network } = await openNetwork(FIRST_LOOK);
  await unfold(network.stepper);
  await unfold(network.filters);
  await unfold(network.mistakes);
  await unfold(network.matrix);
  await network.matrix.locator(".hit").first().click();
  for (const part of [network.stepper, network.filters, network.mistakes, network.matrix]) {
    await part.scrollIntoViewIfNeeded();
    await part.locator("button:visible").nth(2).waitFor();
  }
  for (const direction of ["forward", "backward"]) {
    assert.deepEqual(await auditLooks(page), [], direction);
    await network.stepper.getByRole("button", { name: "Backward" }).click();
  }
  await close();
});
