// A network that gives each pixel a class: it learns from a few strokes, is scored, kept, saved and opened.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { readMask, rgbPng } from "../../www/state/segment/png.js";
import { unpackProject } from "../../www/state/segment/projectfile.js";
import { ENGINE, FIRST_LOOK, auditLooks, eventually, openBrowser, openPage, takenHome, typeOver } from "./harness.js";

const session = await openBrowser();
after(() => session.close());

/** A small network that is quick to train. */
const SMALL = "&data=scenes&kind=plain&layers=1&channels=4&copies=none";
/** Scenes have so many rows and columns. @type {[number, number]} */
const SIZE = [128, 128];
const WAITS = "Paint at least two classes.";

/** @param {string} [query] @param {Parameters<typeof openPage>[1]} [options] */
async function openSegment(query = SMALL, options = {}) {
  const opened = await openPage(session, { path: `embed.html?element=segment${query}`, viewport: { width: 1280, height: 1600 }, ...options });
  return { ...opened, element: await ready(opened.page) };
}

/** The element once its pictures are there. @param {import("playwright-core").Page} page */
async function ready(page) {
  const element = page.locator("downhill-segment");
  await element.locator(".thumbnail").first().waitFor();
  await element.locator(".status").filter({ hasText: "Step" }).waitFor();
  return element;
}

/** @param {import("playwright-core").Locator} element */
const runOf = (element) => element.evaluate((network) => /** @type {any} */ (network).run);

/** @param {import("playwright-core").Locator} element @param {number} steps */
async function trainedUntil(element, steps) {
  while ((await runOf(element)).steps < steps) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Paints a line by mouse; places are parts of the picture. @param {import("playwright-core").Locator} element @param {[number, number]} from @param {[number, number]} to */
async function stroke(element, from, to) {
  const canvas = element.locator(".easel-canvas");
  await canvas.scrollIntoViewIfNeeded();
  const box = (await canvas.boundingBox()) ?? assert.fail();
  const mouse = element.page().mouse;
  await mouse.move(box.x + from[0] * box.width, box.y + from[1] * box.height);
  await mouse.down();
  await mouse.move(box.x + to[0] * box.width, box.y + to[1] * box.height, { steps: 4 });
  await mouse.up();
}

/** Paints two classes. @param {import("playwright-core").Locator} element */
async function paintTwo(element) {
  await stroke(element, [0.1, 0.1], [0.3, 0.1]);
  await element.getByRole("radio", { name: "disc" }).click();
  await stroke(element, [0.5, 0.5], [0.6, 0.6]);
}

/** The classes in a file that a button hands over. @param {import("playwright-core").Locator} element @param {string} name of the button */
async function saved(element, name) {
  const { bytes } = await takenHome(element.page(), () => element.getByRole("button", { name, exact: true }).click());
  return readMask(new Uint8Array(bytes), SIZE, 3);
}

/** What the browser keeps: of each value, whether its weights are the network's of this moment. @param {any} network @returns {Promise<boolean[]>} */
function kept(network) {
  return new Promise((resolve) => {
    const opening = indexedDB.open("downhill-segment");
    opening.onsuccess = () => {
      const [name = ""] = opening.result.objectStoreNames;
      const asked = opening.result.transaction(name).objectStore(name).getAll();
      asked.onsuccess = () => {
        opening.result.close();
        resolve(asked.result.map(({ weights }) => String(weights) === String(Object.values(network.run.weights))));
      };
    };
  });
}

/** @param {Uint8Array} mask */
const classesIn = (mask) => [...new Set(mask)].sort();

test("two strokes begin the training; prediction, scores and the next place appear", async () => {
  const { element, close } = await openSegment();
  await element.locator(".status").filter({ hasText: WAITS }).waitFor();
  await paintTwo(element);
  await trainedUntil(element, 20);
  await element.locator(".next").filter({ hasText: /^(Paint here next: row \d+, column \d+|The network is sure)/ }).waitFor();
  await element.getByText(/\d % of [\d,]+ pixels of the training pictures that are not painted are right\. [\d.]+ % of 32,768 pixels of the test pictures are right\./).waitFor();
  await element.getByRole("button", { name: "Pause" }).click();
  assert.deepEqual(classesIn(await saved(element, "Mask")), [0, 1, 2]);
  const predicted = await saved(element, "Prediction");
  assert.ok(predicted.every((k) => k === 1 || k === 2) && classesIn(predicted).length === 2);
  const steps = (await runOf(element)).steps;
  await stroke(element, [0.7, 0.2], [0.8, 0.2]);
  await element.locator(".status").filter({ hasText: "Test loss" }).waitFor();
  assert.equal((await runOf(element)).steps, steps);
  await close();
});

test("without strokes, and with one class only, it waits, and says for what", async () => {
  const { element, close } = await openSegment();
  for (const name of ["Train", "One step"]) {
    await element.getByRole("button", { name }).click();
  }
  await stroke(element, [0.1, 0.1], [0.3, 0.1]);
  await element.locator(".status").filter({ hasText: WAITS }).waitFor();
  assert.equal((await runOf(element)).steps, 0);
  await element.getByRole("button", { name: "Prediction", exact: true }).click();
  await element.getByText("There is no prediction yet; paint at least two classes.").waitFor();
  await element.getByRole("radio", { name: "disc" }).click();
  await element.getByRole("button", { name: "Train" }).click();
  await stroke(element, [0.5, 0.5], [0.6, 0.6]);
  await trainedUntil(element, 3);
  await close();
});

test("a page without a picture for the test makes no test", async () => {
  const { element, close } = await openSegment("&data=coins&kind=pixel&layers=1&channels=4");
  await element.getByRole("button", { name: "Paint some strokes for me" }).click();
  await trainedUntil(element, 5);
  const text = (await element.locator(".status").textContent()) ?? "";
  assert.doesNotMatch(text, /NaN|Test/);
  assert.match(text, /epochs? of \d+ pictures and copies\. Training loss/);
  await close();
});

test("a tab that is closed in mid-stroke loses only that stroke", async () => {
  const { element, page, problems } = await openSegment();
  await paintTwo(element);
  await trainedUntil(element, 5);
  await element.getByRole("button", { name: "Pause" }).click();
  await element.locator("summary", { hasText: "Network" }).click();
  await element.getByRole("slider", { name: "channels" }).press("ArrowRight");
  await element.getByRole("button", { name: "Paint some strokes for me" }).click();
  await element.getByRole("button", { name: "One step" }).click();
  // It is kept after strokes, not after a step.
  await element.getByRole("button", { name: "Paint some strokes for me" }).click();
  await eventually(async () => (await element.evaluate(kept)).includes(true), true);
  const [mask, { weights }] = [await saved(element, "Mask"), await runOf(element)];
  await element.locator(".easel-canvas").scrollIntoViewIfNeeded();
  const box = (await element.locator(".easel-canvas").boundingBox()) ?? assert.fail();
  await page.mouse.move(box.x + 20, box.y + 100);
  await page.mouse.down();
  await page.mouse.move(box.x + 200, box.y + 100);
  const context = page.context();
  const address = page.url();
  await page.close();
  const next = await context.newPage();
  await next.goto(address);
  const again = await ready(next);
  assert.deepEqual(await saved(again, "Mask"), mask);
  assert.deepEqual((await runOf(again)).weights, weights);
  assert.equal(await again.evaluate((network) => /** @type {any} */ (network).state.channels), 5);
  assert.ok(classesIn(await saved(again, "Prediction")).every((k) => k > 0));
  assert.deepEqual(problems, []);
  await context.close();
});

test("what is kept can be forgotten, and keeping turned off", async () => {
  const { element, page, close } = await openSegment();
  const again = async () => {
    await page.reload();
    return classesIn(await saved(await ready(page), "Mask"));
  };
  /** Long enough for a stroke to be kept, if it were. */
  const pause = () => new Promise((resolve) => setTimeout(resolve, 2500));
  await stroke(element, [0.1, 0.1], [0.3, 0.1]);
  // The pictures, and the strokes on them.
  await eventually(async () => (await element.evaluate(kept)).length, 2);
  assert.deepEqual(await again(), [0, 1]);
  await element.getByRole("button", { name: "Forget it" }).click();
  await element.getByText("Forgotten. The next stroke is kept again.").waitFor();
  assert.deepEqual(await again(), [0]);
  await element.getByRole("checkbox", { name: "Keep my work in this browser" }).uncheck();
  await element.getByText("Nothing is kept any more.").waitFor();
  await stroke(element, [0.1, 0.1], [0.3, 0.1]);
  await pause();
  assert.deepEqual(await again(), [0]);
  assert.equal(await element.getByRole("checkbox", { name: "Keep my work in this browser" }).isChecked(), false);
  await close();
});

/** What keeps the browser from keeping anything, and what is said then. @type {[string, string, string, string][]} */
const REFUSALS = [
  ["refused", "SecurityError", "IDBFactory.prototype.open", "This browser keeps nothing here: it may be in private mode, or the page in a frame; save the work as a file."],
  ["full", "QuotaExceededError", "IDBObjectStore.prototype.put", "This browser has no room left to keep the work; save it as a file."],
];

for (const [name, error, method, sentence] of REFUSALS) {
  test(`storage that is ${name} is told, and the work goes on`, async () => {
    const prepare = (/** @type {import("playwright-core").Page} */ page) => page.addInitScript(`${method} = () => { throw new DOMException("", "${error}"); };`);
    const { element, close } = await openSegment(SMALL, { prepare });
    await paintTwo(element);
    await element.locator(".keeping .problem").filter({ hasText: sentence }).waitFor();
    await trainedUntil(element, 1);
    await close();
  });
}

test("a project is saved and opened, and files that are none are answered", async () => {
  const { element, page, close } = await openSegment();
  await paintTwo(element);
  await trainedUntil(element, 5);
  await element.getByRole("button", { name: "Pause" }).click();
  const { name, bytes } = await takenHome(page, () => element.getByRole("button", { name: "Save the project" }).click());
  const { project, state, weights } = await unpackProject(new Uint8Array(bytes));
  assert.deepEqual([name, project.shots.length, state.channels], ["downhill-segment.zip", 6, 4]);
  assert.deepEqual([...(weights ?? [])], Object.values((await runOf(element)).weights));
  await element.getByRole("combobox", { name: "pictures" }).selectOption("own");
  const own = element.locator(".own-pictures");
  await own.getByLabel("or open a project").setInputFiles({ name: "broken.zip", mimeType: "application/zip", buffer: Buffer.from("PK no zip") });
  await own.getByText(/not a project file, or it is damaged/).waitFor();
  await own.getByLabel("or open a project").setInputFiles({ name, mimeType: "application/zip", buffer: bytes });
  await element.getByRole("radio", { name: "disc" }).waitFor();
  assert.deepEqual(await saved(element, "Mask"), project.shots[0]?.mask);
  const mask = element.getByLabel("Open a mask for this picture");
  await mask.setInputFiles({ name: "rgb.png", mimeType: "image/png", buffer: Buffer.from(await rgbPng(new Uint8Array(48), [4, 4])) });
  await element.getByText(/^The mask has red, green and blue/).waitFor();
  const { bytes: coco } = await takenHome(page, () => element.getByRole("button", { name: "All masks, for COCO" }).click());
  assert.deepEqual(JSON.parse(String(coco)).categories.map((/** @type {any} */ { name }) => name), ["background", "disc", "box"]);
  await close();
});

test("pictures of one's own are added, kept for the test, removed and taken back; classes too", async () => {
  const { element, close } = await openSegment(SMALL, {}).then(async (opened) => {
    await opened.element.getByRole("combobox", { name: "pictures" }).selectOption("own");
    return opened;
  });
  const bytes = Buffer.from(await rgbPng(Uint8Array.from({ length: 3 * 32 * 24 }, (_, place) => (place * 7) % 256), [24, 32]));
  const picture = (/** @type {string} */ name) => ({ name, mimeType: "image/png", buffer: bytes });
  await element.locator(".own-pictures").getByLabel("Add pictures").setInputFiles([picture("one.png"), { name: "bad.png", mimeType: "image/png", buffer: Buffer.from("bad") }]);
  const thumbnails = element.locator(".thumbnail");
  await eventually(() => thumbnails.allTextContents(), ["one.png"]);
  await element.getByRole("checkbox", { name: "for the test" }).click();
  await element.getByText("At least one picture must be left for the training.").waitFor();
  await element.locator(".pictures").getByLabel("Add pictures").setInputFiles(picture("two.png"));
  await eventually(() => thumbnails.allTextContents(), ["one.png", "two.png"]);
  await element.getByRole("checkbox", { name: "for the test" }).click();
  await eventually(() => thumbnails.allTextContents(), ["one.png", "two.png (test)"]);
  await element.getByRole("button", { name: "Remove this picture" }).click();
  await element.getByText("“two.png” is removed.").waitFor();
  await element.getByRole("button", { name: "Take it back" }).click();
  await eventually(() => thumbnails.allTextContents(), ["one.png", "two.png (test)"]);
  await element.locator("summary", { hasText: "Names and colours" }).click();
  await element.getByRole("button", { name: "Add a class" }).click();
  await eventually(() => element.getByRole("radio").allTextContents(), ["background", "object", "class 3"]);
  await element.getByRole("radio", { name: "object" }).click();
  await element.getByRole("button", { name: "Remove “object”" }).click();
  await eventually(() => element.getByRole("radio").allTextContents(), ["background", "class 3"]);
  await element.getByRole("button", { name: "Take it back" }).click();
  await eventually(() => element.getByRole("radio").allTextContents(), ["background", "object", "class 3"]);
  await close();
});

test("a pixel is pointed at by numbers and keys: what is said of it, and its gradient", async () => {
  const { element, page, close } = await openSegment();
  await element.getByRole("button", { name: "Paint some strokes for me" }).click();
  await trainedUntil(element, 10);
  await element.getByRole("button", { name: "Pause" }).click();
  const row = element.getByRole("textbox", { name: "row" });
  await row.scrollIntoViewIfNeeded();
  await typeOver(row, "0");
  await row.press("Enter");
  await element.getByText("The row must be a whole number from 1 to 128; it is 0.").waitFor();
  await typeOver(row, "12");
  await row.press("Enter");
  await element.getByText(/^Row 12, column 65: the network says “\w+” with a probability of/).first().waitFor();
  await element.locator("canvas.pointing").focus();
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("ArrowLeft");
  await element.getByText(/^Row 22, column 64: .* It sees 3 × 3 pixels around it/).first().waitFor();
  assert.match((await element.locator(".seeing canvas.heat").getAttribute("aria-label")) ?? "", /^How strongly the loss of the pixel, -log p\(\w+\), depends on each pixel of the picture: at most \d/);
  await element.locator(".layers .layer").first().scrollIntoViewIfNeeded();
  await eventually(() => element.locator(".layers h3").allTextContents(), ["h1", "scores"]);
  await close();
});

test("the program is listed as soon as there is something to learn", async () => {
  const { element, close } = await openSegment();
  const code = element.locator("details.code");
  await code.locator("summary").click();
  await code.getByText(WAITS).waitFor();
  await element.getByRole("button", { name: "Paint some strokes for me" }).click();
  await trainedUntil(element, 2);
  await element.getByRole("button", { name: "Pause" }).click();
  await code.locator("pre").filter({ hasText: "# 4 pictures for training, then 2 for the test" }).waitFor();
  await close();
});

test("by touch on a phone", { skip: ENGINE === "firefox" && "Firefox’s driver sends no finger" }, async () => {
  const { element, close } = await openSegment(SMALL, { hasTouch: true, isMobile: true, viewport: { width: 360, height: 640 } });
  const canvas = element.locator(".easel-canvas");
  await canvas.scrollIntoViewIfNeeded();
  await canvas.tap({ position: { x: 60, y: 90 } });
  await element.getByRole("radio", { name: "disc" }).tap();
  await canvas.tap({ position: { x: 160, y: 200 } });
  await trainedUntil(element, 2);
  await close();
});

test("nothing is inaccessible or cut off, light and dark, wide and narrow", async () => {
  const { element, page, close } = await openSegment(SMALL, FIRST_LOOK);
  await element.getByRole("button", { name: "Paint some strokes for me" }).click();
  await trainedUntil(element, 3);
  await element.getByRole("button", { name: "Pause" }).click();
  // After few steps the table of confusions has its largest numbers.
  await element.getByRole("button", { name: "Reset" }).click();
  await element.evaluate((network) => /** @type {any} */ (network).step(9));
  await element.locator(".scores-part").scrollIntoViewIfNeeded();
  await element.locator(".measured summary").waitFor();
  for (const summary of await element.locator("summary:visible").all()) {
    await summary.click();
  }
  assert.deepEqual(await auditLooks(page), []);
  await close();
});
