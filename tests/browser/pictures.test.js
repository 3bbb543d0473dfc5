// The pictures of a lab: dragged, looked at closely, and their numbers in tables.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { TRIED, openBrowser } from "./harness.js";
import { openLab } from "./labpage.js";

const session = await openBrowser();
after(() => session.close());

test("a leaf of the graph is typed and dragged, and everything follows", async () => {
  const { page, lab, state, close } = await openLab(session);
  const list = lab.getByLabel("node", { exact: true });
  await list.selectOption({ label: "x" });
  const field = lab.getByLabel("x of this sample");
  assert.equal(await field.inputValue(), "1");
  await field.fill("3");
  assert.deepEqual((await state()).data.x, [3, 2, 3]);
  await lab.locator(".update p").filter({ hasText: /= 1 − 0\.01 · 6 = 0\.94$/ }).waitFor();
  await field.fill("three");
  await lab.getByText("`three` is not a number; type one such as 0.01.").waitFor();
  assert.equal(await field.inputValue(), "three");
  await list.selectOption({ label: "w" });
  await lab.locator(".leaf").getByLabel("initial w").fill("2");
  assert.equal((await state()).init.w, 2);
  // The first box is x: forty pixels to the right are ten tenths.
  const canvas = lab.locator("canvas.graph");
  await canvas.scrollIntoViewIfNeeded();
  const box = /** @type {NonNullable<Awaited<ReturnType<typeof canvas.boundingBox>>>} */ (await canvas.boundingBox());
  const [left, top] = [box.x + 30, box.y + 0.25 * box.height];
  await page.mouse.move(left, top);
  await page.mouse.down();
  await page.mouse.move(left + 20, top);
  await page.mouse.move(left + 40, top);
  await page.mouse.up();
  assert.deepEqual((await state()).data.x, [4, 2, 3]);
  await close();
});

test("the landscape is dragged, and the fit predicts", async () => {
  const { page, lab, state, pixels, close } = await openLab(session);
  await lab.getByText("4 before training, 4 at this step, 7.805 after training").waitFor();
  const canvas = lab.locator("canvas.landscape");
  assert.equal(await canvas.getAttribute("aria-label"), "Landscape of the loss with the path of the descent. Now at w = 1, where the slope is −9.333.");
  const before = await pixels("landscape");
  await canvas.scrollIntoViewIfNeeded();
  const box = /** @type {NonNullable<Awaited<ReturnType<typeof canvas.boundingBox>>>} */ (await canvas.boundingBox());
  await page.mouse.move(box.x + 0.9 * box.width, box.y + 100);
  await page.mouse.down();
  await page.mouse.move(box.x + 0.92 * box.width, box.y + 100);
  const far = (await state()).init.w;
  assert.ok(far > 2.2 && far <= 2.5, `${far}`);
  await page.mouse.up();
  assert.notEqual(await pixels("landscape"), before);
  const input = lab.getByLabel("Predict for x =");
  await input.fill("10");
  await lab.locator(".predict output").filter({ hasText: `${Number((10 * far).toPrecision(4))} before training` }).waitFor();
  await input.fill("ten");
  await lab.getByText("`ten` is not a number; type one such as 0.01.").waitFor();
  await close();
});

test("two parameters have contours, and any pair can be chosen", async () => {
  const { lab, pixels, words, close } = await openLab(session, { path: "?model=y_hat%3Da*x^2%2Bb*x%2Bc%3Bloss%3D(y_hat-y)^2&lr=0.001" });
  const [up, across] = [lab.getByLabel("parameter on the vertical axis", { exact: true }), lab.getByLabel("parameter on the horizontal axis")];
  assert.deepEqual([await up.inputValue(), await across.inputValue()], ["b", "a"]);
  const bands = await pixels("landscape");
  await across.selectOption("c");
  assert.match(await words("landscape"), /Now at c = 1, where the slope is .*; b = 1, where/);
  assert.notEqual(await pixels("landscape"), bands);
  await up.selectOption("loss");
  assert.match(await words("landscape"), /Now at c = 1, where the slope is [^;]*\.$/);
  await close();
});

test("the map of fates is drawn, can be dragged in, and can be enlarged", async () => {
  const { page, lab, state, pixels, close } = await openLab(session, { path: "?epochs=30" });
  await lab.getByText("α = 0.01, w = 1: this run reaches a loss of 0.001 in epoch 15.", { exact: false }).waitFor();
  const canvas = lab.locator("canvas.fates");
  await canvas.scrollIntoViewIfNeeded();
  const box = /** @type {NonNullable<Awaited<ReturnType<typeof canvas.boundingBox>>>} */ (await canvas.boundingBox());
  await page.mouse.move(box.x + 0.92 * box.width, box.y + 0.3 * box.height);
  await page.mouse.down();
  await page.mouse.move(box.x + 0.93 * box.width, box.y + 0.3 * box.height);
  await page.mouse.up();
  const { lr, init } = await state();
  assert.ok(lr > 0.52 && lr < 1 && init.w > 2, `${lr} ${init.w}`);
  await lab.getByText("this run diverges in epoch", { exact: false }).waitFor();
  const before = await pixels("fates");
  await lab.getByRole("button", { name: "larger map" }).click();
  assert.notEqual(await pixels("fates"), before);
  await close();
});

test("a map that is not complete ends when the model changes", async () => {
  const { lab, words, close } = await openLab(session, { path: "?epochs=30" });
  const canvas = lab.locator("canvas.fates");
  await canvas.scrollIntoViewIfNeeded();
  for (let round = 0; round < 3; round++) {
    await lab.evaluate(changeWhileCellsAreDue);
    assert.match(await words("fates"), /^Map of fates over the learning rate and the initial [bw]\./);
  }
  await lab.locator("canvas.fates[data-cells=fine]").waitFor();
  await close();
});

/** A model with one parameter more or less, when the next cells are already due. @param {any} lab */
async function changeWhileCellsAreDue(lab) {
  lab.state = { ...lab.state, epochs: lab.state.epochs + 1 };
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  const end = performance.now() + 200;
  while (performance.now() < end) {
    // Timers become due.
  }
  const model = lab.state.model.includes("b") ? "loss = (w*x - y)^2" : "loss = (b + w*x - y)^2";
  lab.state = { ...lab.state, model, init: model.includes("b") ? { b: 0, w: 1 } : { w: 1 } };
  await new Promise((resolve) => setTimeout(resolve));
}

test("canvases have the pixels of the screen", async () => {
  for (const deviceScaleFactor of [1, 1.5, 2, 3]) {
    const { lab, close } = await openLab(session, { deviceScaleFactor });
    for (const name of ["curve", "graph"]) {
      const { width, wanted } = await lab.locator(`canvas.${name}`).evaluate((canvas) => ({
        width: /** @type {HTMLCanvasElement} */ (canvas).width,
        wanted: Math.round(canvas.getBoundingClientRect().width * devicePixelRatio),
      }));
      assert.ok(Math.abs(width - wanted) <= 1, `${name}: ${width}, ${wanted}`);
    }
    await close();
  }
});

/** How often the learning rate is dragged; only Chromium tells its heap. */
const DRAGS = TRIED ? 60 : 500;

test("hundreds of drags do not increase the heap or the module's memory", async () => {
  const { page, lab, close } = await openLab(session);
  const measure = () => page.evaluate(async () => {
    const path = "/www/pkg/core.js";
    const { memory } = (await import(path)).initSync();
    // Only Chromium tells its heap.
    /** @type {any} */ (globalThis).gc?.();
    return { wasm: memory.buffer.byteLength, heap: /** @type {any} */ (performance).memory?.usedJSHeapSize ?? 0 };
  });
  const drag = (/** @type {number} */ count) => lab.evaluate(async (element, count) => {
    const range = /** @type {HTMLInputElement} */ (element.shadowRoot?.querySelector(".lr input[type=range]"));
    for (let index = 0; index < count; index += 1) {
      range.value = String(-400 + ((index * 37) % 400));
      range.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  }, count);
  await drag(100);
  const before = await measure();
  await drag(DRAGS);
  const after = await measure();
  assert.equal(after.wasm, before.wasm);
  assert.ok(after.heap - before.heap < 500_000, `${after.heap - before.heap} bytes more`);
  await close();
});

test("the numbers of the pictures are in tables, and are copied with all their digits", async () => {
  const { page, lab, rateField, close } = await openLab(session, { permissions: ["clipboard-read", "clipboard-write"] });
  await lab.locator("summary", { hasText: "The run’s numbers" }).click();
  const table = lab.getByRole("group", { name: "The run’s numbers as a table" });
  const last = () => table.locator("tbody tr").last().allTextContents();
  // CPython's own digits.
  await table.getByRole("cell", { name: "0.011106107923098163" }).waitFor();
  assert.deepEqual(await last(), ["100.0111061079230981631.9512159834655312"]);
  await rateField.fill("0.02");
  await table.getByRole("cell", { name: "1.9986593823561054" }).waitFor();
  assert.equal(await table.locator("tbody tr").count(), 11);
  await lab.locator("summary", { hasText: "The graph’s numbers" }).click();
  await lab.getByRole("button", { name: "Copy the table" }).first().click();
  await lab.getByText("copied", { exact: true }).waitFor();
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), /^node\toperation\tvalue\tgradient\nx\t\t1\t-2\n/);
  await close();
});
