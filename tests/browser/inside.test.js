// The inside of a network for text: a prediction is chosen by pointer and by keyboard, and looked into.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { FIRST_LOOK, auditLooks, eventually, openBrowser, openPage } from "./harness.js";

const session = await openBrowser();
after(() => session.close());

/** A network that is quick to train, whose predictions see five characters. */
const SMALL = "&layers=2&channels=12&window=16";

/** @param {string} [query] @param {Parameters<typeof openPage>[1]} [options] */
async function openInside(query = SMALL, options = {}) {
  const opened = await openPage(session, { path: `embed.html?element=text&views=status,inside${query}`, ...options });
  const element = opened.page.locator("downhill-text");
  await element.locator(".status").filter({ hasText: "Test loss" }).waitFor();
  const [letters, chosen] = [element.getByRole("listbox", { name: "characters of the window" }).getByRole("option"), element.locator("[role=option][aria-selected=true]")];
  await letters.first().waitFor();
  const sees = (/** @type {string} */ count) => element.getByText(new RegExp(`^The prediction after “.+” sees ${count}`)).waitFor();
  return { ...opened, element, letters, chosen, sees };
}

/** The norms as the table has them. @param {import("playwright-core").Locator} element */
async function normsIn(element) {
  return (await element.locator(".findings details tbody td:last-child").allTextContents()).map(Number);
}

test("by pointer: what a prediction sees, what it predicts, and which characters matter", async () => {
  const { element, letters, chosen, sees, close } = await openInside();
  assert.equal(await letters.count(), 16);
  await sees("5 characters");
  await letters.nth(9).click();
  await element.locator("[role=option]:nth-child(10)[aria-selected=true]").waitFor();
  assert.match((await chosen.getAttribute("aria-label")) ?? "", /, position 10$/);
  assert.deepEqual(await letters.evaluateAll((all) => all.flatMap((letter, place) => (letter.classList.contains("seen") ? [place] : []))), [5, 6, 7, 8, 9]);
  const norms = await normsIn(element);
  norms.forEach((norm, place) => assert.equal(norm > 0, place >= 5 && place <= 9, `${place}: ${norm}`));
  await element.getByText("It is exactly 0 for the 6 characters after this position: no prediction looks ahead.").waitFor();
  const chances = (await element.locator(".chances td:last-child").allTextContents()).map(Number);
  assert.ok(chances.length === 3 && chances.every((chance, place) => chance > 0 && chance <= (chances[place - 1] ?? 1)));
  const [, chance, loss] = /probability ([\d.]+): its loss is ([\d.]+)\./.exec((await element.getByText(/^The right one is/).textContent()) ?? "") ?? [];
  assert.ok(Math.abs(-Math.log(Number(chance)) - Number(loss)) < 1e-3);
  await close();
});

test("by keyboard: one tab stop, arrows choose, and the layer can be changed", async () => {
  const { page, element, letters, chosen, sees, close } = await openInside();
  assert.equal(await letters.evaluateAll((all) => all.filter((letter) => /** @type {HTMLElement} */ (letter).tabIndex === 0).length), 1);
  await element.getByRole("combobox", { name: "layer" }).focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Home");
  await sees("1 character; the receptive field has 5, but the window begins here\\.");
  await page.keyboard.press("ArrowRight");
  await sees("2 characters;");
  assert.match((await chosen.getAttribute("aria-label")) ?? "", /, position 2$/);
  assert.equal(await chosen.evaluate((letter) => letter.matches(":focus") && /** @type {HTMLElement} */ (letter).tabIndex === 0), true);
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("ArrowDown");
  await element.getByText(/^g2: gates, from 0 \(closed\) to 1 \(open\)\. At the chosen position 0\.\d+ to 0\.\d+; everywhere/).waitFor();
  assert.match((await element.locator(".gates canvas").nth(1).getAttribute("aria-label")) ?? "", /^12 by 16 numbers, channels by characters\. h2: channels/);
  await close();
});

test("what belongs to a character stands in its column, on a phone too", async () => {
  for (const viewport of [{ width: 1280, height: 900 }, { width: 360, height: 640 }]) {
    const { element, letters, chosen, close } = await openInside("&layers=2&channels=12&window=64", { viewport });
    const [first, last] = [await letters.first().boundingBox(), await letters.last().boundingBox()];
    const map = await element.locator(".gates canvas").first().boundingBox();
    assert.ok(first && last && map && Math.abs(first.x - map.x) < 1 && Math.abs(last.x + last.width - map.x - map.width) < 1);
    await element.evaluate((network) => /** @type {HTMLElement | null | undefined} */ (network.shadowRoot?.querySelector("[role=option]:last-child"))?.focus());
    await element.locator("[role=option]:last-child[aria-selected=true]").waitFor();
    const box = await chosen.boundingBox();
    assert.ok(box && box.x >= 0 && box.x + box.width <= viewport.width + 1);
    await close();
  }
});

test("embeddings lie in a plane, with the neighbours of the chosen character in words", async () => {
  const { element, page, letters, close } = await openInside();
  const plane = element.locator(".embeddings");
  await plane.scrollIntoViewIfNeeded();
  assert.equal(await plane.locator(".token").count(), 27);
  assert.equal(await plane.locator(".vowel").count(), 6);
  const placesOf = () => plane.locator(".token").evaluateAll((all) => all.map((label) => ["--x", "--y"].map((axis) => Number(/** @type {HTMLElement} */ (label).style.getPropertyValue(axis)))));
  const before = await placesOf();
  assert.ok(before.flat().every((place) => place >= 0 && place <= 1));
  await element.evaluate((network) => /** @type {any} */ (network).step(1));
  await page.waitForFunction(() => /^Step 1,/.test(document.querySelector("downhill-text")?.shadowRoot?.querySelector(".status")?.textContent ?? ""));
  // Neither axis turns around from one step to the next.
  (await placesOf()).forEach((place, token) => place.forEach((value, axis) => assert.ok(Math.abs(value - (before[token]?.[axis] ?? NaN)) < 0.2)));
  const label = (await letters.nth(3).locator("bdi").textContent()) ?? "";
  await letters.nth(3).click();
  await element.getByText(new RegExp(`^Nearest to “.${label}.” in all 12 numbers: “.+” \\([\\d.]+\\), `)).waitFor();
  assert.match((await plane.getAttribute("aria-label")) ?? "", new RegExp(`^27 characters in a plane\\. Nearest to “.${label}.”`));
  await close();
});

test("with tanh the gradient is smaller at each layer further down, and with gates it is not", async () => {
  for (const [kind, isLost] of /** @type {const} */ ([["tanh", true], ["gated", false]])) {
    const { element, close } = await openInside(`&kind=${kind}&layers=6&channels=12`);
    const rows = element.locator(".slopes tbody tr");
    await rows.nth(6).waitFor();
    const norms = (await rows.locator("td:last-child").allTextContents()).map(Number);
    assert.deepEqual(await rows.locator("th").allTextContents(), ["h6", "h5", "h4", "h3", "h2", "h1", "e"]);
    assert.equal((norms[6] ?? NaN) < 0.2 * (norms[0] ?? NaN), isLost, `${kind}: ${norms}`);
    await close();
  }
});

test("while it trains, the view follows, and stops with it", async () => {
  const { element, page, close } = await openInside();
  const right = element.getByText(/^The right one is/);
  const before = await right.textContent();
  const press = () => element.evaluate((network) => /** @type {HTMLElement | null | undefined} */ (network.shadowRoot?.querySelector("[data-action=run]"))?.click());
  await press();
  await eventually(async () => (await right.textContent()) !== before, true);
  await press();
  await close();
});

test("programs by hand, a bigram table and another window have what they can", async () => {
  const { element, letters, sees, close } = await openInside(`${SMALL}&kind=bigram`);
  await element.getByText("All characters have the same embedding so far, so they lie on one point. Train the network.").waitFor();
  await element.evaluate((network) => /** @type {any} */ (network).step(3));
  await sees("1 character\\.");
  await element.locator(".embeddings .token").nth(26).waitFor();
  const before = await letters.allTextContents();
  await element.getByRole("button", { name: "next sample" }).click();
  await element.getByText("training window “xcludes⏎regardle”").waitFor();
  assert.notDeepEqual(await letters.allTextContents(), before);
  await element.evaluate((network) => Object.assign(network, { state: { kind: "gated", model: "u = transpose(embedding(U, tokens))\nloss = cross_entropy(transpose(u), next)", init: { U: "zeros(27, 27)" } } }));
  await element.getByText("This program was written by hand, so the page does not know how far a prediction sees, nor its gradient.").waitFor();
  await element.getByText("The program has no table `E` or `T` with a row for each character.").waitFor();
  assert.equal(await element.locator("[role=option].seen").count(), 0);
  assert.equal(await element.locator(".chances tbody tr").count(), 3);
  await element.evaluate((network) => Object.assign(network, { state: { model: "loss = mean(U[0]*tokens)", init: { U: "zeros(27)" } } }));
  await element.getByText("The program has no line of scores for each position, so there is no prediction to show.").waitFor();
  await close();
});

test("nothing is inaccessible or cut off, light and dark, wide and narrow", async () => {
  const { element, page, close } = await openInside("&layers=2&channels=12", FIRST_LOOK);
  await element.getByText("The norms as numbers").click();
  await element.locator(".slopes").scrollIntoViewIfNeeded();
  await element.evaluate((network) => /** @type {any} */ (network).step(5));
  assert.deepEqual(await auditLooks(page), []);
  await close();
});
