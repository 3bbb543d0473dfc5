// The lab in a page: dragged, typed into, broken on purpose.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { after, before, test } from "node:test";
import { LOOKS, auditPage, openLab as open, openBrowser, openPage, overhang, takenHome, typeOver } from "./harness.js";

/** @type {Awaited<ReturnType<typeof openBrowser>>} */
let session;

before(async () => {
  session = await openBrowser();
});

after(() => session.close());

/**
 * Opens the page and waits for the first run.
 * @param {NonNullable<Parameters<typeof openPage>[1]>} [options]
 */
async function openLab(options) {
  const opened = await open(session, options);
  const { lab } = opened;
  return {
    ...opened,
    rate: lab.getByRole("slider", { name: "learning rate" }),
    rateField: lab.getByRole("textbox", { name: "learning rate, as a number" }),
    status: settled(lab.locator(".status")),
    trace: settled(lab.getByLabel("printed trace")),
    /** A number that changes when the pixels of a canvas do. */
    pixels: (/** @type {string} */ name) => lab.locator(`canvas.${name}`).evaluate(checksum),
  };
}

/**
 * Texts as they are after the next frame, in which a change is drawn.
 * @param {import("playwright-core").Locator} locator
 */
function settled(locator) {
  return {
    textContent: () =>
      locator.evaluate(async (element) => {
        await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
        return element.textContent;
      }),
  };
}

/** @param {Element} element */
async function checksum(element) {
  const canvas = /** @type {HTMLCanvasElement} */ (element);
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  const { data } = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d")).getImageData(0, 0, canvas.width, canvas.height);
  return data.reduce((sum, value, index) => (sum + value * (index % 997)) % 1_000_000_007, 0);
}

test("the deck's lesson is there, without a violation", async () => {
  const { page, trace, status, rate, close } = await openLab();
  assert.equal(await page.title(), "Downhill: the lab");
  const text = await trace.textContent();
  assert.ok(text?.startsWith("predict (before training) 4 4.0\n\tgrad:  1.0 2.0 -2.0\n"));
  assert.ok(text?.endsWith("progress: 9 w= 1.95 loss= 0.02\npredict (after training) 4 hours 7.80\n"));
  assert.equal(await status.textContent(), "After 10 epochs w = 1.951; the mean loss went from 4.667 to 0.01111.");
  assert.equal(await rate.getAttribute("aria-valuetext"), "learning rate 0.01");
  await close();
});

test("dragging the learning rate changes trace and pictures", async () => {
  const { page, rate, trace, pixels, state, close } = await openLab();
  const before = [await pixels("curve"), await pixels("graph"), await trace.textContent()];
  await page.getByRole("button", { name: "one step on" }).click();
  const box = await rate.boundingBox();
  assert.ok(box);
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.8, box.y + box.height / 2, { steps: 10 });
  await page.mouse.up();
  const after = [await pixels("curve"), await pixels("graph"), await trace.textContent()];
  assert.ok((await state()).lr > 0.1);
  after.forEach((value, index) => assert.notEqual(value, before[index]));
  await close();
});

test("the keyboard moves sliders as it does natively", async () => {
  const { page, lab, rate, rateField, state, close } = await openLab();
  await rate.focus();
  await page.keyboard.press("ArrowRight");
  assert.equal(await rateField.inputValue(), "0.0102");
  await page.keyboard.press("End");
  assert.equal((await state()).lr, 1);
  await page.keyboard.press("Home");
  assert.equal((await state()).lr, 0.0001);
  await lab.locator("[aria-valuetext='learning rate 0.0001']").waitFor();
  await close();
});

test("a diverging run says so and draws on", async () => {
  const { rateField, status, trace, close } = await openLab({ path: "?lr=1e3&epochs=100" });
  assert.match((await status.textContent()) ?? "", /^The run diverged: after step \d+ its numbers are no longer finite\.$/);
  assert.match((await trace.textContent()) ?? "", /nan/);
  await rateField.fill("0.01");
  assert.match((await status.textContent()) ?? "", /^After 100 epochs w = 2;/);
  await close();
});

/** What is typed, where, and what is then said under it. */
const TYPED = [
  ["learning rate, as a number", "", "A number is missing; type one such as 0.01."],
  ["learning rate, as a number", "abc", "`abc` is not a number; type one such as 0.01."],
  ["learning rate, as a number", "1e999", "`1e999` is too large; the largest number is about 1.8e308."],
  ["learning rate, as a number", "NaN", "`NaN` is not a number; type one such as 0.01."],
  ["learning rate, as a number", "0", "The learning rate must be a finite number above 0; it is 0."],
  ["learning rate, as a number", "-1", "The learning rate must be a finite number above 0; it is -1."],
  ["initial w, as a number", "<img onerror=1>", "W: `<img onerror=1>` is not a number; type one such as 0.01."],
  ["epochs, as a number", "-1", "The number of epochs must be a whole number from 1 on; it is -1."],
  ["epochs, as a number", "1e9", "1000000000 epochs are too many here; with 3 samples at most 333333 are run."],
  ["model; its last line is minimised", "", "Line 1, character 1: there is no formula yet; try `loss = (x*w - y)^2`."],
  ["model; its last line is minimised", "loss = (x*w - y", "Line 1, character 8: this `(` is never closed."],
  ["model; its last line is minimised", "a = x*w\nloss = sigmod(a)", "Line 2, character 8: unknown function `sigmod`; did you mean `sigmoid`?"],
  ["model; its last line is minimised", "loss = x - y", "There is nothing to train: every name is a column of the data; use one more, such as `w`."],
  ["data: columns, or a pasted table", "x = 1, 2; y = 1", "`x` has 2 numbers but `y` has 1; a sample needs one of each."],
  ["data: columns, or a pasted table", "", "There are no samples; give each column at least one number."],
  ["data: columns, or a pasted table", "x = 1, two; y = 1, 2", "`two` is not a number; type one such as 0.01."],
  ["data: columns, or a pasted table", "x 1 2", "`x 1 2` should have the form name = number."],
];

test("bad input is answered under its field, and nothing is lost", async () => {
  const { lab, trace, close } = await openLab();
  await lab.locator("summary", { hasText: "Model and data" }).click();
  const good = await trace.textContent();
  for (const [name = "", text = "", message = ""] of TYPED) {
    const field = lab.getByRole("textbox", { name, exact: true });
    const before = await field.inputValue();
    await field.fill(text);
    assert.equal(await field.getAttribute("aria-invalid"), "true", text);
    const line = lab.locator(`[id="${await field.getAttribute("aria-describedby")}"]`);
    assert.equal(await line.textContent(), message);
    assert.equal(await field.inputValue(), text, "what was typed stays");
    assert.equal(await trace.textContent(), good, "the last good run stays");
    await field.fill(before);
    assert.equal(await line.textContent(), "", "the next good input works");
  }
  await close();
});

test("bad settings in the address are answered where they belong", async () => {
  const { lab, rateField, state, close } = await openLab({ path: "?lr=abc&at=x&epochs=-1&__proto__=1&model=y_hat%3Dx*w%3Bloss%3D(y_hat-y)^2" });
  assert.equal(await rateField.inputValue(), "abc");
  await lab.getByText("`abc` is not a number; type one such as 0.01.", { exact: false }).waitFor();
  assert.equal((await state()).lr, 0.01);
  await close();
});

test("another model brings its own parameters", async () => {
  const { lab, status, close } = await openLab();
  await lab.locator("summary", { hasText: "Model and data" }).click();
  await lab.getByRole("textbox", { name: "model; its last line is minimised" }).fill("y_hat = x*w + b\nloss = (y_hat - y)^2");
  await lab.getByRole("slider", { name: "initial b" }).waitFor();
  assert.match((await status.textContent()) ?? "", /^After 10 epochs w = .*, b = .*; the mean loss/);
  await lab.getByRole("textbox", { name: "initial b, as a number" }).fill("0");
  await lab.getByRole("button", { name: "Reset" }).click();
  await lab.getByRole("slider", { name: "initial b" }).waitFor({ state: "detached" });
  assert.equal(await status.textContent(), "After 10 epochs w = 1.951; the mean loss went from 4.667 to 0.01111.");
  await close();
});

test("the optimizer, its options, the batch and the order are set by hand", async () => {
  const { lab, trace, state, close } = await openLab();
  await lab.locator("summary", { hasText: "Optimizer" }).click();
  const option = (/** @type {string} */ name) => lab.getByLabel(name, { exact: true });
  await option("momentum").fill("0.9");
  const update = (/** @type {RegExp} */ text) => lab.locator(".update p").filter({ hasText: text }).waitFor();
  await update(/^w ← SGD\(w, ∂loss\/∂w\) = SGD\(1, −2\) = 1.02$/);
  await option("optimizer").selectOption("adam");
  assert.equal((await state()).momentum, undefined);
  await option("momentum").waitFor({ state: "hidden" });
  await option("samples in a batch").fill("3");
  // Adam's first step is the learning rate against the sign, whatever the gradient: -28/3 here.
  await update(/= Adam\(1, −9\.333\) = 1\.01$/);
  assert.match((await trace.textContent()) ?? "", /^predict \(before training\) 4 4\.0\n\tgrad:  -9\.33\nprogress: 0 w= 1\.01/);
  await option("samples in a batch").fill("9");
  await lab.getByText("A batch of 9 is more than the 3 samples of the data.").waitFor();
  await option("samples in a batch").fill("1");
  await option("shuffled in each epoch").check();
  await option("seed").fill("1");
  const { shuffle, seed, batch } = await state();
  assert.deepEqual({ shuffle, seed, batch }, { shuffle: true, seed: 1, batch: 1 });
  await close();
});

test("settings of attributes with two words", async () => {
  const { lab, state, close } = await openLab({ path: "?optimizer=adamw&weightDecay=0.1&betas=0.8,0.99&schedule=step&stepSize=3&gamma=0.5&shuffle&seed=7" });
  const { optimizer, weightDecay, betas, schedule, stepSize, gamma, shuffle, seed } = await state();
  assert.deepEqual([optimizer, weightDecay, betas, schedule, stepSize, gamma, shuffle, seed], ["adamw", 0.1, [0.8, 0.99], "step", 3, 0.5, true, 7]);
  assert.equal(await lab.getAttribute("weight-decay"), "0.1");
  await close();
});

test("a leaf of the graph is typed and dragged, and everything follows", async () => {
  const { page, lab, state, close } = await openLab();
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
  const { page, lab, state, pixels, close } = await openLab();
  await lab.getByText("4 before training, 4 at this step, 7.805 after training").waitFor();
  const canvas = lab.locator("canvas.landscape");
  assert.equal(await canvas.getAttribute("aria-label"), "Landscape of the loss with the path of the descent. Now at w = 1, where the slope is −9.333.");
  const before = await pixels("landscape");
  await canvas.scrollIntoViewIfNeeded();
  const box = /** @type {NonNullable<Awaited<ReturnType<typeof canvas.boundingBox>>>} */ (await canvas.boundingBox());
  await page.mouse.move(box.x + 0.9 * box.width, box.y + 100);
  await page.mouse.down();
  await page.mouse.move(box.x + 0.95 * box.width, box.y + 100);
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
  const { lab, pixels, close } = await openLab({ path: "?model=y_hat%3Da*x^2%2Bb*x%2Bc%3Bloss%3D(y_hat-y)^2&lr=0.001" });
  const [up, across] = [lab.getByLabel("parameter upwards"), lab.getByLabel("parameter across")];
  assert.deepEqual([await up.inputValue(), await across.inputValue()], ["b", "a"]);
  const bands = await pixels("landscape");
  await across.selectOption("c");
  assert.match((await lab.locator("canvas.landscape").getAttribute("aria-label")) ?? "", /Now at c = 1, where the slope is .*; b = 1, where/);
  assert.notEqual(await pixels("landscape"), bands);
  await up.selectOption("loss");
  assert.match((await lab.locator("canvas.landscape").getAttribute("aria-label")) ?? "", /Now at c = 1, where the slope is [^;]*\.$/);
  await close();
});

test("the map of fates is drawn, dragged, and can be made larger", async () => {
  const { page, lab, state, pixels, close } = await openLab({ path: "?epochs=30" });
  await lab.getByText("α = 0.01, w = 1: this run reaches a loss of 0.001 in epoch 15.", { exact: false }).waitFor();
  const canvas = lab.locator("canvas.fates");
  await canvas.scrollIntoViewIfNeeded();
  const box = /** @type {NonNullable<Awaited<ReturnType<typeof canvas.boundingBox>>>} */ (await canvas.boundingBox());
  await page.mouse.move(box.x + 0.95 * box.width, box.y + 0.3 * box.height);
  await page.mouse.down();
  await page.mouse.move(box.x + 0.96 * box.width, box.y + 0.3 * box.height);
  await page.mouse.up();
  const { lr, init } = await state();
  assert.ok(lr > 0.52 && lr < 1 && init.w > 2, `${lr} ${init.w}`);
  await lab.getByText("this run diverges: lost in epoch", { exact: false }).waitFor();
  const before = await pixels("fates");
  await lab.getByRole("button", { name: "larger map" }).click();
  assert.notEqual(await pixels("fates"), before);
  await close();
});

test("a long run is taken in parts, the page answers, and it can be stopped", async () => {
  // Eighty hyperbolic tangents, a million times.
  const model = encodeURIComponent(`${Array.from({ length: 80 }, (_, index) => `h${index} = tanh(${index ? `h${index - 1} + ` : ""}a*x)`).join("\n")}\nloss = (h79 - y)^2`);
  const { lab, rateField, state, close } = await openLab({ path: `?lr=0.001&epochs=100000&data=x=1,2,3,4,5,6,7,8,9,10;y=1,1,1,1,1,1,1,1,1,1&init=a=0.1&model=${model}` });
  const progress = lab.locator("progress");
  await progress.waitFor();
  await rateField.fill("0.002");
  assert.equal((await state()).lr, 0.002, "it answers while it trains");
  await progress.waitFor();
  await lab.getByRole("button", { name: "Stop here" }).click();
  await progress.waitFor({ state: "hidden" });
  const steps = await lab.evaluate((/** @type {any} */ element) => element.run.losses.length);
  assert.ok(steps > 0 && steps < 1_000_000, `${steps}`);
  await close();
});

test("a lesson is chosen, with a line of why, and reset", async () => {
  const { lab, status, state, close } = await openLab({ path: "?momentum=0.5" });
  await lab.getByLabel("lesson").selectOption({ label: "A line with intercept" });
  await lab.getByText("the contours show a long valley", { exact: false }).waitFor();
  assert.match((await status.textContent()) ?? "", /^After 40 epochs w = /);
  assert.equal((await state()).momentum, undefined, "what the lesson does not set is the deck's");
  await lab.getByRole("button", { name: "Reset" }).click();
  assert.equal(await status.textContent(), "After 10 epochs w = 1.951; the mean loss went from 4.667 to 0.01111.");
  assert.equal(await lab.getByLabel("lesson").inputValue(), "");
  await close();
});

test("data is pasted as a table, edited by cells, read from a file and generated", async () => {
  const { lab, state, close } = await openLab();
  await lab.locator("summary", { hasText: "Model and data" }).click();
  const field = lab.getByRole("textbox", { name: "data: columns, or a pasted table" });
  await field.fill("x;y\n1,5;3\n2;4,5\n");
  assert.deepEqual((await state()).data, { x: [1.5, 2], y: [3, 4.5] });
  await field.fill("x,y\n1,2\n3\n");
  await lab.getByText("Row 3 has 1 cells, but the first row has 2.").waitFor();
  assert.equal(await field.inputValue(), "x,y\n1,2\n3\n", "nothing is lost");
  assert.deepEqual((await state()).data, { x: [1.5, 2], y: [3, 4.5] });
  await lab.getByLabel("a table from a file").setInputFiles({ name: "points.csv", mimeType: "text/csv", buffer: Buffer.from("x,y\n5,6\n7,8\n") });
  await lab.locator("summary", { hasText: "Edit cell by cell" }).click();
  await typeOver(lab.getByLabel("y of sample 2"), "9");
  await lab.getByLabel("y of sample 2").press("Tab");
  assert.deepEqual((await state()).data, { x: [5, 7], y: [6, 9] });
  await lab.getByRole("button", { name: "remove sample 1" }).click();
  assert.deepEqual((await state()).data, { x: [7], y: [9] });
  await typeOver(lab.getByLabel("y of sample 1"), "nine");
  await lab.getByLabel("y of sample 1").press("Tab");
  await lab.getByText("Sample 1, column `y`: `nine` is not a number; type one such as 0.01.").waitFor();
  await lab.getByLabel("a table from a file").setInputFiles({ name: "big.csv", mimeType: "text/csv", buffer: Buffer.alloc(5_000_001, "1") });
  await lab.getByText("Big.csv has 5000001 bytes; at most 5000000 are read.").waitFor();
  await lab.locator("summary", { hasText: "Generate data" }).click();
  await lab.getByRole("button", { name: "Generate" }).click();
  const { x, y } = (await state()).data;
  assert.deepEqual([x.length, x[0], x[19], y.length], [20, -2, 2, 20]);
  await lab.getByLabel("y =", { exact: true }).fill("sigmod(x)");
  await lab.getByRole("button", { name: "Generate" }).click();
  await lab.getByText("Unknown function `sigmod`; did you mean `sigmoid`?").waitFor();
  await close();
});

test("a program without a loss is offered the squared error", async () => {
  const { lab, state, close } = await openLab({ path: "?model=y_hat%3Dx*w" });
  await lab.getByText("a loss is missing", { exact: false }).waitFor();
  await lab.getByRole("button", { name: "Add loss = (y_hat - y)^2" }).click();
  assert.equal((await state()).model, "y_hat=x*w\nloss = (y_hat - y)^2");
  await lab.getByText("a loss is missing", { exact: false }).waitFor({ state: "hidden" });
  await close();
});

test("the run is taken home: script, notebook, tables; the line of the moment is marked", async () => {
  const { page, lab, trace, close } = await openLab({ path: "?at=0/0/b1" });
  await lab.locator("summary", { hasText: "Take it home" }).click();
  const listing = lab.getByLabel("program");
  await listing.locator("mark", { hasText: "d_s = d_loss * (2.0 * s)" }).waitFor();
  const saved = async (/** @type {string} */ button) => {
    const { name, bytes } = await takenHome(page, () => lab.getByRole("button", { name: button, exact: true }).click());
    return { name, text: bytes.toString("utf8") };
  };
  const script = await saved("Script");
  assert.equal(script.name, "downhill.py");
  const run = spawnSync("python3", ["-"], { input: script.text, encoding: "utf8" });
  assert.equal(run.stdout, await trace.textContent());
  const notebook = JSON.parse((await saved("Notebook")).text);
  assert.deepEqual([notebook.nbformat, notebook.cells.length], [4, 6]);
  const [head, first] = (await saved("Run as CSV")).text.split("\r\n");
  assert.deepEqual([head, first], ["epoch,step,w,gradient of w,loss", "0,0,1.02,-2,0.9603999999999999"]);
  assert.equal((await saved("Data as CSV")).text, "x,y\r\n1,2\r\n2,4\r\n3,6\r\n");
  await lab.getByLabel("language").selectOption("PyTorch");
  await listing.filter({ hasText: "import torch" }).waitFor();
  await close();
});

test("pictures are taken home as they are, and as SVG that a browser draws", async () => {
  const { page, lab, close } = await openLab();
  await lab.locator("summary", { hasText: "Take it home" }).click();
  for (const name of ["curve", "graph", "landscape", "fit", "fates"]) {
    await lab.getByLabel("picture", { exact: true }).selectOption(name);
    for (const kind of ["PNG", "SVG"]) {
      const { name: file, bytes } = await takenHome(page, () => lab.getByRole("button", { name: kind, exact: true }).click());
      assert.equal(file, `${name}.${kind.toLowerCase()}`);
      const type = kind === "PNG" ? "image/png" : "image/svg+xml";
      const size = await page.evaluate(drawnSize, `data:${type};base64,${bytes.toString("base64")}`);
      const box = await lab.locator(`canvas.${name}`).evaluate((canvas) => [canvas.clientWidth, canvas.clientHeight]);
      assert.ok(Math.abs(size.width - (box[0] ?? 0)) <= 1 && Math.abs(size.height - (box[1] ?? 0)) <= 1, `${name} ${kind}`);
      assert.ok(size.colours > 3, `${name} ${kind}`);
    }
  }
  await close();
});

/** The size of an image, and how many colours it has. @param {string} address */
async function drawnSize(address) {
  const image = new Image();
  image.src = address;
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.drawImage(image, 0, 0);
  const pixels = new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer);
  return { width: image.width, height: image.height, colours: new Set(pixels).size };
}

test("runs are pinned, compared, taken again and removed", async () => {
  const { lab, rateField, pixels, state, close } = await openLab();
  const rows = () => lab.getByLabel("pinned runs").locator("tbody tr").allTextContents();
  const pin = lab.getByRole("button", { name: "Pin this run" });
  await pin.click();
  await rateField.fill("0.1");
  const before = await pixels("curve");
  await pin.click();
  await rateField.fill("0.3");
  await lab.getByLabel("pinned runs").filter({ hasText: "diverges" }).waitFor();
  assert.notEqual(await pixels("curve"), before);
  assert.deepEqual(await rows(), [
    "nowα = 0.3, w = 1, 10 epochs3.176e8not reacheddiverges",
    "1α = 0.01, w = 1, 10 epochs0.01111not reachedconvergesTake Remove",
    "2α = 0.1, w = 1, 10 epochs6.504e−183oscillatesTake Remove",
  ]);
  const plain = await pixels("curve");
  await lab.getByRole("button", { name: "take the settings of run 2" }).focus();
  assert.notEqual(await pixels("curve"), plain);
  await lab.getByRole("button", { name: "take the settings of run 2" }).press("Enter");
  assert.equal((await state()).lr, 0.1);
  await lab.getByRole("button", { name: "remove run 1" }).click();
  await lab.getByLabel("pinned runs").filter({ hasNotText: "0.01111" }).waitFor();
  assert.equal((await rows()).length, 2);
  for (let index = 0; index < 5; index += 1) {
    await pin.click();
  }
  await lab.locator("button:disabled", { hasText: "Pin this run" }).waitFor();
  assert.equal((await rows()).length, 7);
  await close();
});

test("the numbers of the pictures are in tables, and are copied with all their digits", async () => {
  const { page, lab, rateField, close } = await openLab({ permissions: ["clipboard-read", "clipboard-write"] });
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

test("what no theory computes is measured", async () => {
  const { lab, close } = await openLab({ path: "?optimizer=adam&lr=0.1&epochs=30" });
  assert.match((await lab.locator(".verdict").textContent()) ?? "", /^Measured, not computed: in its second half, an epoch multiplied the mean loss by 0\.\d+\.$/);
  await close();
});

test("after a trap a new instance goes on from the state", async () => {
  const { page, lab, rateField, trace, close } = await openLab();
  await rateField.fill("0.02");
  const before = await trace.textContent();
  const traps = await page.evaluate(async () => {
    const path = "/www/engine.js";
    const engine = await (await import(path)).loadEngine();
    let traps = 0;
    engine.use((/** @type {any} */ core) => {
      const lesson = new core.Lesson("loss = (x*w)^2", ["x"], Float64Array.of(1), Uint32Array.of(1));
      lesson.train({ lr: 0.1, epochs: 1, batch: 1, initNames: [], initValues: [], optimizer: "sgd", optionNames: [], optionValues: [], schedule: "constant", stepSize: 1, gamma: 1, shuffle: false, seed: 0 });
      if (traps === 0) {
        traps += 1;
        lesson.parametersBefore(1_000_000);
      }
    });
    return [traps, engine.generation];
  });
  assert.deepEqual(traps, [1, 1]);
  await lab.getByRole("button", { name: "one step on" }).click();
  assert.equal(await trace.textContent(), before);
  await rateField.fill("0.01");
  assert.ok((await trace.textContent())?.endsWith("4 hours 7.80\n"));
  await close();
});

test("canvases have the pixels of the screen", async () => {
  for (const deviceScaleFactor of [1, 1.5, 2, 3]) {
    const { lab, close } = await openLab({ deviceScaleFactor });
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

test("500 drags leave the heap and the module's memory as they were", async () => {
  const { page, lab, close } = await openLab();
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
  await drag(500);
  const after = await measure();
  assert.equal(after.wasm, before.wasm);
  assert.ok(after.heap - before.heap < 500_000, `${after.heap - before.heap} bytes more`);
  await close();
});

/** What a page's author may write, and what the lab then says. */
const ATTRIBUTES = [
  ["lr", "", "A number is missing; type one such as 0.01."],
  ["lr", "1e999", "`1e999` is too large; the largest number is about 1.8e308."],
  ["epochs", "-1", "The number of epochs must be a whole number from 1 on; it is -1."],
  ["epochs", "1e9", "1000000000 epochs are too many here; with 3 samples at most 333333 are run."],
  ["model", "(".repeat(300), "Line 1, character 202: this is nested more than 200 deep; name a part of it on a line of its own."],
  ["model", "w".repeat(1_000_000), "Line 1, character 65537: the text has 1000000 bytes; at most 65536 are read."],
  ["data", "x = 1, 2; y = 1", "`x` has 2 numbers but `y` has 1; a sample needs one of each."],
  ["init", "w = <b>", "`<b>` is not a number; type one such as 0.01."],
  ["init", "constructor = 1", "`constructor` is not a parameter of this model; its parameters are `w`."],
  ["at", "first", "At: the moment should have the form epoch/sample, such as 0/2, or with a phase 0/2/f1, 0/2/b1, 0/2/u."],
];

test("bad attributes are answered, before the first run and after it", async () => {
  const { page, lab, trace, close } = await openLab();
  const good = await trace.textContent();
  const say = async (/** @type {import("playwright-core").Locator} */ lab) => {
    await settled(lab).textContent();
    const said = await lab.locator(".problem:not(:empty)").allTextContents();
    // Before the first run there is no slider of a parameter to say it at.
    return said.map((text) => text.replace("Init: ", ""));
  };
  for (const [name = "", text = "", message = ""] of ATTRIBUTES) {
    await lab.evaluate((element, [name = "", text = ""]) => element.setAttribute(name, text), [name, text]);
    assert.deepEqual(await say(lab), [message]);
    assert.equal(await trace.textContent(), good, "the last good run stays");
    await lab.evaluate((element, name) => element.removeAttribute(name), name);
    assert.deepEqual(await say(lab), []);

    await page.evaluate(([name = "", text = ""]) => {
      const fresh = Object.assign(document.createElement("downhill-lab"), { id: "fresh" });
      fresh.setAttribute(name, text);
      document.body.append(fresh);
    }, [name, text]);
    const fresh = page.locator("#fresh");
    await fresh.locator("pre").filter({ hasText: "4 hours 7.80" }).waitFor();
    assert.deepEqual(await say(fresh), [message]);
    await fresh.evaluate((element) => element.remove());
  }
  await close();
});

/** What a script may assign, and what the lab then says. */
const STATES = [
  [null, "State: the state must be an object."],
  ["lr=1", "State: the state must be an object."],
  [{ lr: "1" }, "`lr` must be a number."],
  [{ lr: NaN }, "The learning rate must be a finite number above 0; it is nan."],
  [{ rate: 1 }, "Rate: `rate` is not a setting; there are model, data, lr, init, epochs, batch, optimizer, momentum, nesterov, weightDecay, alpha, betas, eps, schedule, stepSize, gamma, shuffle, seed, at."],
  [{ data: { x: [1, 2], y: ["1", 2] } }, "`data` must be an object of columns, each an array of numbers."],
  [{ data: {} }, "There are no samples; give each column at least one number."],
  [{ at: { epoch: -1, sample: 0 } }, 'At: `at` must be an object { epoch, sample } of whole numbers from 0, with a phase such as "f2", "b1" or "u" where one is shown.'],
];

test("the state is plain data, and a bad one is answered", async () => {
  const { lab, trace, state, close } = await openLab();
  const good = await trace.textContent();
  const set = (/** @type {unknown} */ state) => lab.evaluate((/** @type {any} */ element, state) => { element.state = state; }, state);
  for (const [given, message] of STATES) {
    await set(given);
    assert.equal(await trace.textContent(), good);
    assert.deepEqual(await lab.locator(".problem:not(:empty)").allTextContents(), [message]);
    await set({ ...(await state()) });
    assert.deepEqual(await lab.locator(".problem:not(:empty)").allTextContents(), []);
  }
  const other = { model: "y_hat = x*w + b\nloss = (y_hat - y)^2", data: { x: [1, 2], y: [3, 5] }, lr: 0.125, init: { w: 1, b: 0 }, epochs: 1, batch: 1, optimizer: "sgd", schedule: "constant", stepSize: 10, shuffle: false, seed: 0, at: { epoch: 0, sample: 1 } };
  await set(other);
  assert.deepEqual(await state(), other);
  assert.equal(await lab.evaluate((/** @type {any} */ element) => element.trace.split("\n").at(-2)), "predict (after training) 4 hours 9.875");
  const run = await lab.evaluate((/** @type {any} */ element) => ({ ...element.run, weights: [...element.run.weights] }));
  assert.deepEqual([run.parameters, run.weights], [["w", "b"], [1.5, 0.5, 2.25, 0.875]]);
  await close();
});

test("input is heard while a person drags, and change when they stop", async () => {
  const { page, lab, rate, close } = await openLab();
  await lab.evaluate((element) => {
    const heard = Object.assign(globalThis, { heard: /** @type {string[]} */ ([]) }).heard;
    ["input", "change"].forEach((type) => element.addEventListener(type, () => heard.push(type)));
  });
  const box = await rate.boundingBox();
  assert.ok(box);
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.7, box.y + box.height / 2, { steps: 5 });
  await page.mouse.up();
  const heard = await page.evaluate(() => /** @type {any} */ (globalThis).heard);
  assert.ok(heard.length > 2);
  assert.deepEqual([heard.indexOf("change"), heard.lastIndexOf("change")], [heard.length - 1, heard.length - 1]);
  await close();
});

test("a lab that is moved goes on with its state", async () => {
  const { page, lab, rateField, pixels, trace, close } = await openLab();
  await rateField.fill("0.02");
  const before = [await trace.textContent(), await pixels("curve"), await pixels("graph")];
  await page.evaluate(() => document.querySelector("footer")?.before(/** @type {Element} */ (document.querySelector("downhill-lab"))));
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 100)));
  assert.deepEqual([await trace.textContent(), await pixels("curve"), await pixels("graph")], before);
  await rateField.fill("0.03");
  assert.notEqual(await pixels("curve"), before[1]);
  assert.equal(await lab.count(), 1);
  await close();
});

test("the update shows its numbers, and all digits of them", async () => {
  const { lab, close } = await openLab({ path: "?at=0/2" });
  const update = lab.locator(".update");
  assert.equal(await update.textContent(), "w ← w − α · ∂loss/∂w = 1.098 − 0.01 · (−16.23) = 1.261");
  assert.deepEqual(await update.locator("output").evaluateAll((outputs) => outputs.map((output) => /** @type {HTMLElement} */ (output).title)), ["1.0984", "0.01", "-16.2288", "1.260688"]);
  await close();
});

test("the verdict speaks of the learning rate, and knows the island", async () => {
  const { lab, rateField, close } = await openLab();
  const verdict = settled(lab.locator(".verdict"));
  assert.equal(await verdict.textContent(), "This learning rate converges: an epoch multiplies the distance to the minimum by 0.7393. Stable: 0 < α < 0.204 and 0.4765 < α < 0.519; most is done at α = 0.05556.");
  await rateField.fill("0.3");
  assert.match((await verdict.textContent()) ?? "", /^This learning rate diverges: an epoch multiplies the distance to the minimum by 2\.464\./);
  await rateField.fill("0.5");
  assert.match((await verdict.textContent()) ?? "", /^This learning rate converges: an epoch multiplies the distance to the minimum by 0\./);
  assert.match(await lab.locator(".track").evaluate((track) => getComputedStyle(track).backgroundImage), /^linear-gradient\(/);
  await close();
});

test("axe finds nothing, light and dark, wide and narrow", async () => {
  for (const { colorScheme, viewport } of LOOKS) {
    const { page, lab, close } = await openLab({ colorScheme, viewport, bypassCSP: true });
    await lab.locator("summary", { hasText: "Model and data" }).click();
    await lab.getByRole("textbox", { name: "data: columns, or a pasted table" }).fill("x = 1");
    assert.deepEqual(await auditPage(page), []);
    await close();
  }
});

test("several labs share one module", async () => {
  const { page, close } = await openLab();
  const fetched = await page.evaluate(async () => {
    for (let count = 0; count < 5; count += 1) {
      document.body.append(document.createElement("downhill-lab"));
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
    return performance.getEntriesByType("resource").map(({ name }) => name.split("/").at(-1)).filter((name) => name?.endsWith(".wasm"));
  });
  assert.deepEqual(fetched, ["core_bg.wasm", "core_rest.wasm"]);
  assert.equal(await page.locator("downhill-lab [part=trace]").filter({ hasText: "7.80" }).count(), 6);
  await close();
});

test("a failed download is said in words", async () => {
  const { page } = await openPage(session, { path: "lab.html", prepare: (page) => page.route("**/*.wasm", (route) => route.fulfill({ status: 404 })) });
  await page.locator("downhill-lab").getByRole("alert").filter({ hasText: "The engine could not be downloaded (the server answered 404)." }).waitFor();
  await page.context().close();
});

test("a browser without WebAssembly is told", async () => {
  const { page, close } = await openPage(session, { path: "lab.html", prepare: (page) => page.addInitScript(() => Reflect.deleteProperty(globalThis, "WebAssembly")) });
  await page.locator("downhill-lab").getByRole("alert").filter({ hasText: "This browser has no WebAssembly" }).waitFor();
  await close();
});

test("nothing is wider than a phone, or than a page at 200 %", async () => {
  for (const [width, deviceScaleFactor] of [[360, 3], [640, 2]]) {
    const { page, close } = await openLab({ viewport: { width: width ?? 0, height: 740 }, deviceScaleFactor });
    assert.equal(await overhang(page), 0);
    await close();
  }
});
