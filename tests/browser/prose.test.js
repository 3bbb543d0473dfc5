// Text that can be touched: numbers that are dragged, and words that point at parts of the lab.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { ENGINE, FIRST_LOOK, auditLooks, lookThrough, openBrowser, openPage } from "./harness.js";

const session = await openBrowser();
after(() => session.close());

/** A teacher's own page: plain HTML, and the module. */
const PAGE = `<!doctype html><html lang="en"><title>Mine</title><meta name="viewport" content="width=device-width">
<script type="module" src="www/downhill.js"></script>
<body style="color-scheme: light dark"><main><h1>Mine</h1>
<section><p>With <data data-number="setting lr">0.01</data> and <data data-number="setting epochs">10</data> epochs from <data data-number="start w">1</data>,
at step <data data-number="at step">1</data> (epoch <data data-number="at epoch">0</data>, sample <data data-number="at sample">1</data>),
the <span data-shows="curve">loss curve</span> falls to <data data-number="loss end">0</data>, the <span data-shows="ball">ball</span> rolls.
<span data-shows="sound">Sound</span>, <span data-shows="trace">trace</span>, <data data-number="setting model">program</data>, <data data-number="setting at">moment</data>,
<data data-number="start q">q</data>, <data data-number="at noon">noon</data>, <data data-number="setting toString">name</data>, <data data-number="">none</data>.
<data data-number="setting lr" data-for="second">0.5</data></p>
<downhill-lab id="first" views="lr init epochs curve landscape status"></downhill-lab>
<downhill-lab id="second" views="lr status" lr="0.5"></downhill-lab></section></main></body></html>`;

/** @param {NonNullable<Parameters<typeof openPage>[1]> & { html?: string }} [options] */
async function openTeacher({ html = PAGE, ...options } = {}) {
  const opened = await openPage(session, { path: "mine.html", prepare: (page) => page.route("**/mine.html", (route) => route.fulfill({ contentType: "text/html", body: html })), ...options });
  const { page } = opened;
  const number = (/** @type {string} */ name) => page.locator(`[data-number="${name}"]`).first();
  await number("setting lr").and(page.locator("[role=spinbutton]")).waitFor();
  const lab = page.locator("#first");
  return { ...opened, number, lab, word: (/** @type {string} */ name) => page.locator(`[data-shows="${name}"]`), state: () => lab.evaluate((/** @type {any} */ lab) => lab.state) };
}

/** The middle of an element. @param {import("playwright-core").Locator} locator */
async function middle(locator) {
  const box = await locator.boundingBox();
  assert.ok(box);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Drags by so many pixels. @param {import("playwright-core").Locator} number @param {number} by */
async function drag(number, by) {
  const { x, y } = await middle(number);
  const { mouse } = number.page();
  await mouse.move(x, y);
  await mouse.down();
  await mouse.move(x + by / 2, y);
  await mouse.move(x + by, y);
  return () => mouse.up();
}

/** The events of a lab from now on. @param {import("playwright-core").Locator} lab */
async function listen(lab) {
  await lab.evaluate((lab) => {
    const heard = /** @type {any} */ (globalThis).heard = /** @type {string[]} */ ([]);
    ["input", "change"].forEach((event) => lab.addEventListener(event, () => heard.push(event)));
  });
  return () => lab.evaluate(() => /** @type {string[]} */ (/** @type {any} */ (globalThis).heard));
}

test("a number of the text is dragged as far as its slider would be, and the lab and the other numbers follow", async () => {
  const { page, number, lab, state, close } = await openTeacher();
  const heard = await listen(lab);
  const up = await drag(number("setting lr"), 100);
  await number("setting lr").filter({ hasText: /^0.1$/ }).waitFor();
  assert.equal((await state()).lr, 0.1);
  assert.equal(await lab.getByRole("textbox", { name: "learning rate, as a number" }).inputValue(), "0.1");
  assert.deepEqual(await heard(), ["input", "input"]);
  await up();
  assert.deepEqual(await heard(), ["input", "input", "change"]);
  await (await drag(number("start w"), -20))();
  assert.deepEqual((await state()).init, { w: 0 });
  await (await drag(number("setting epochs"), 1000))();
  assert.equal((await state()).epochs, 100);
  await number("setting epochs").filter({ hasText: /^100$/ }).waitFor();
  // A click is no drag.
  await number("setting epochs").click();
  assert.deepEqual((await heard()).filter((event) => event === "change").length, 3);
  assert.equal(await page.locator("[data-number][style*=min-width]").count(), 0);
  await close();
});

test("the slider moves the number, and so do attributes and the state", async () => {
  const { page, number, lab, close } = await openTeacher();
  await lab.getByRole("slider", { name: "learning rate" }).press("ArrowRight");
  await number("setting lr").filter({ hasText: /^0.0102$/ }).waitFor();
  assert.equal(await number("setting lr").getAttribute("aria-valuetext"), "0.0102");
  await lab.evaluate((/** @type {any} */ lab) => {
    lab.state = { lr: 5, at: { epoch: 2, sample: 1 } };
    lab.dispatchEvent(new Event("change"));
  });
  await number("setting lr").filter({ hasText: /^5$/ }).waitFor();
  // What is beyond the slider is said, and keys lead back into it.
  assert.deepEqual(await number("setting lr").evaluate((element) => ["now", "text", "max"].map((name) => element.getAttribute(`aria-value${name}`))), ["1", "5", "1"]);
  assert.equal(await number("at step").textContent(), "8");
  await number("setting lr").press("ArrowLeft");
  await number("setting lr").filter({ hasText: /^1$/ }).waitFor();
  assert.equal(await page.locator("[data-for=second]").textContent(), "0.5");
  await close();
});

test("keys change a number as they change a slider", async () => {
  const { page, number, lab, state, close } = await openTeacher();
  const rate = page.getByRole("spinbutton", { name: "learning rate" }).first();
  const heard = await listen(lab);
  /** @type {[string, number][]} */
  const steps = [["ArrowRight", 0.0102], ["ArrowUp", 0.0105], ["ArrowLeft", 0.0102], ["ArrowDown", 0.01], ["PageUp", 0.0251], ["PageDown", 0.01], ["Home", 0.0001], ["End", 1]];
  for (const [key, value] of steps) {
    await rate.press(key);
    assert.equal((await state()).lr, value, key);
  }
  assert.deepEqual((await heard()).slice(0, 4), ["input", "change", "input", "change"]);
  await rate.press("Control+ArrowLeft");
  assert.equal((await state()).lr, 1);
  await number("start w").press("ArrowRight");
  await number("start w").press("ArrowRight");
  assert.deepEqual((await state()).init, { w: 1.2 });
  await close();
});

test("the moment is a number too", async () => {
  const { number, state, close } = await openTeacher();
  await number("at step").press("End");
  assert.deepEqual((await state()).at, { epoch: 9, sample: 2 });
  await number("at epoch").press("ArrowLeft");
  await number("at sample").press("Home");
  assert.deepEqual((await state()).at, { epoch: 8, sample: 0 });
  await number("at step").filter({ hasText: /^25$/ }).waitFor();
  assert.equal(await number("at step").getAttribute("aria-valuemax"), "30");
  await close();
});

test("a finger drags sideways, and scrolls upwards", { skip: ENGINE !== "chromium" }, async () => {
  const { page, number, state, close } = await openTeacher({ hasTouch: true, viewport: { width: 360, height: 640 } });
  const finger = await page.context().newCDPSession(page);
  const touch = (/** @type {"touchStart" | "touchMove" | "touchEnd"} */ type, /** @type {{ x: number, y: number }[]} */ ...touchPoints) => finger.send("Input.dispatchTouchEvent", { type, touchPoints });
  const { x, y } = await middle(number("setting lr"));
  await touch("touchStart", { x, y });
  for (let gone = 10; gone <= 100; gone += 10) {
    await touch("touchMove", { x: x + gone, y });
  }
  await touch("touchEnd");
  assert.equal((await state()).lr, 0.1);
  assert.equal(await page.evaluate(() => scrollY), 0);
  await touch("touchStart", { x, y });
  for (let gone = 10; gone <= 60; gone += 10) {
    await touch("touchMove", { x: x + gone / 20, y: y - gone });
  }
  await touch("touchEnd");
  await page.waitForFunction(() => scrollY > 0);
  assert.equal((await state()).lr, 0.1);
  await close();
});

test("what is locked, unknown, or no setting stays plain", async () => {
  const { page, number, lab, close } = await openTeacher();
  const spins = () => page.locator("[role=spinbutton]").evaluateAll((places) => places.map((place) => place.getAttribute("data-number")));
  assert.deepEqual(await spins(), ["setting lr", "setting epochs", "start w", "at step", "at epoch", "at sample", "setting lr"]);
  assert.deepEqual(await Promise.all(["setting model", "setting at", "start q", "at noon", "setting toString", ""].map((name) => number(name).textContent())), ["program", "moment", "q", "noon", "name", "none"]);
  await lab.evaluate((lab) => lab.setAttribute("lock", "lr init timeline"));
  await page.locator("[data-number='start w']:not([role])").waitFor();
  assert.deepEqual(await spins(), ["setting epochs", "setting lr"]);
  await number("setting lr").focus();
  await page.keyboard.press("ArrowRight");
  assert.equal(await number("setting lr").textContent(), "0.01");
  await lab.evaluate((lab) => lab.removeAttribute("lock"));
  await page.locator("[data-number='start w'][role]").waitFor();
  await close();
});

test("a lab may be removed and replaced, and may diverge", async () => {
  const { page, number, lab, close } = await openTeacher();
  await number("setting lr").press("End");
  await number("loss end").filter({ hasText: /e\+|Infinity|NaN|\d{5}/ }).waitFor();
  await lab.evaluate((lab) => lab.remove());
  await page.locator("#second").evaluate((lab) => lab.remove());
  await number("setting lr").press("ArrowLeft");
  assert.equal(await number("setting lr").getAttribute("role"), null);
  assert.equal(await number("setting lr").textContent(), "1");
  await page.locator("section").evaluate((section) => section.append(Object.assign(document.createElement("downhill-lab"), { id: "first", lock: "" })));
  await number("setting lr").filter({ hasText: /^0.01$/ }).waitFor();
  await number("setting lr").press("ArrowRight");
  await number("setting lr").filter({ hasText: /^0.0102$/ }).waitFor();
  await close();
});

test("a draw has no number that could be dragged", async () => {
  const { page, number, lab, close } = await openTeacher();
  await lab.evaluate((lab) => lab.setAttribute("init", "w = normal(seed=1)"));
  // A draw is taken once the rest of the engine is there.
  await lab.evaluate(async (/** @type {any} */ lab) => {
    while (lab.state.init.w === 1) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    lab.dispatchEvent(new Event("change"));
  });
  await page.locator("[data-number='start w']:not([role])").waitFor();
  assert.equal(await number("start w").textContent(), "1");
  await close();
});

/** What a lab has lit. @param {import("playwright-core").Locator} lab */
function litIn(lab) {
  return lab.evaluate((lab) => [...(lab.shadowRoot?.querySelectorAll("[data-lit]:not(.slot), .slot[data-lit] > *") ?? [])].filter((element) => element.checkVisibility()).map((element) => element.className));
}

test("a word lights up its part while it is pointed at, has the focus, or is pressed", async () => {
  const { page, number, lab, word, close } = await openTeacher();
  await word("curve").hover();
  assert.deepEqual(await litIn(lab), ["figure"]);
  assert.equal(await lab.locator("canvas.curve").evaluate((canvas) => canvas.closest("[data-lit]") !== null), true);
  await number("setting lr").hover();
  assert.deepEqual(await litIn(lab), ["slider lr"]);
  await page.mouse.move(5, 5);
  assert.deepEqual(await litIn(lab), []);
  await number("start w").focus();
  assert.deepEqual(await litIn(lab), ["initials"]);
  await word("ball").press("Enter");
  await page.evaluate(() => /** @type {HTMLElement} */ (document.activeElement).blur());
  assert.deepEqual([await litIn(lab), await word("ball").getAttribute("aria-pressed")], [["figure"], "true"]);
  await page.keyboard.press("Escape");
  assert.deepEqual([await litIn(lab), await word("ball").getAttribute("aria-pressed")], [[], "false"]);
  await word("curve").click();
  await word("curve").click();
  await page.mouse.move(5, 5);
  await page.evaluate(() => /** @type {HTMLElement} */ (document.activeElement).blur());
  assert.deepEqual(await litIn(lab), []);
  await close();
});

test("a word for a part that the lab does not show is no button", async () => {
  const { page, word, lab, close } = await openTeacher();
  assert.deepEqual(await page.locator("[data-shows][role=button]").allTextContents(), ["loss curve", "ball"]);
  await lab.evaluate((lab) => lab.setAttribute("views", "lr trace"));
  await word("trace").and(page.locator("[role=button]")).waitFor();
  assert.equal(await word("curve").getAttribute("tabindex"), null);
  await close();
});

test("pointing at a part lights up the words for it", async () => {
  const { page, lab, close } = await openTeacher();
  const lit = () => page.locator("[data-shows][data-lit], [data-number][data-lit]").allTextContents();
  await lab.locator("canvas.curve").hover();
  assert.deepEqual(await lit(), ["loss curve"]);
  await lab.locator("canvas.landscape").hover();
  assert.deepEqual(await lit(), ["ball"]);
  await lab.getByRole("slider", { name: "initial w" }).hover();
  assert.equal((await lit())[0], "1");
  await page.mouse.move(5, 5);
  assert.deepEqual(await lit(), []);
  await lab.getByRole("slider", { name: "learning rate" }).focus();
  assert.deepEqual(await lit(), ["0.01"]);
  await close();
});

test("lighting up moves nothing", async () => {
  const { page, word, lab, close } = await openTeacher();
  const places = () => page.evaluate(() => [...document.querySelectorAll("p, data, span, downhill-lab")].map((element) => JSON.stringify(element.getBoundingClientRect())));
  const before = await places();
  await word("curve").hover();
  assert.equal((await litIn(lab)).length, 1);
  assert.deepEqual(await places(), before);
  await lab.locator("canvas.curve").hover();
  assert.deepEqual(await places(), before);
  await close();
});

test("in the lesson, numbers and words of closed explanations work once they are opened", async () => {
  const { page, close } = await openPage(session);
  await lookThrough(page);
  const section = page.locator("#training");
  await section.locator("summary").first().click();
  const rate = section.getByRole("spinbutton", { name: "learning rate" });
  await rate.press("Home");
  await section.locator("downhill-lab").getByRole("textbox", { name: "learning rate, as a number" }).and(page.locator("*")).waitFor();
  assert.equal(await section.locator("downhill-lab").evaluate((/** @type {any} */ lab) => lab.state.lr), 0.0001);
  await section.locator("[data-shows=update]").hover();
  assert.ok((await litIn(section.locator("downhill-lab"))).includes("update"));
  await close();
});

test("axe finds nothing while a part is lit", async () => {
  const { page, word, number, close } = await openTeacher(FIRST_LOOK);
  await word("curve").click();
  assert.deepEqual(await auditLooks(page), []);
  await number("setting lr").focus();
  await page.locator("#first canvas.landscape").hover();
  assert.deepEqual(await auditLooks(page), []);
  await close();
});
