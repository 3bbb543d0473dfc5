// The lab in a page: dragged, typed into, broken on purpose.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { FIRST_LOOK, auditLooks, eventually, openBrowser, openPage, overhang } from "./harness.js";
import { openLab, settled } from "./labpage.js";

const session = await openBrowser();
after(() => session.close());

test("the deck's lesson is shown, without a policy violation", async () => {
  const { page, trace, status, rate, close } = await openLab(session);
  assert.equal(await page.title(), "Downhill: the lab");
  const text = await trace.textContent();
  assert.ok(text?.startsWith("predict (before training) 4 4.0\n\tgrad:  1.0 2.0 -2.0\n"));
  assert.ok(text?.endsWith("progress: 9 w= 1.95 loss= 0.02\npredict (after training) 4 hours 7.80\n"));
  assert.equal(await status.textContent(), "After 10 epochs w = 1.951; the mean loss went from 4.667 to 0.01111.");
  assert.equal(await rate.getAttribute("aria-valuetext"), "learning rate 0.01");
  await close();
});

test("dragging the learning rate changes trace and pictures", async () => {
  const { page, rate, trace, pixels, state, close } = await openLab(session);
  const before = [await pixels("curve"), await pixels("graph"), await trace.textContent()];
  await page.getByRole("button", { name: "one step forward" }).click();
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
  const { page, lab, rate, rateField, state, close } = await openLab(session);
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

test("a diverging run is reported, and the pictures are still drawn", async () => {
  const { rateField, status, trace, close } = await openLab(session, { path: "?lr=1e3&epochs=100" });
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
  ["initial w, as a number", "<img onerror=1>", "Initial `w`: `<img onerror=1>` is not a number; type one such as 0.01."],
  ["epochs, as a number", "-1", "The number of epochs must be a whole number of at least 1; it is -1."],
  ["epochs, as a number", "1e9", "1000000000 epochs are too many; with 3 samples at most 333333 are run."],
  ["model; its last line is minimised", "", "Line 1, character 1: there is no formula yet; try `loss = (x*w - y)^2`."],
  ["model; its last line is minimised", "loss = (x*w - y", "Line 1, character 8: this `(` is never closed."],
  ["model; its last line is minimised", "a = x*w\nloss = sigmod(a)", "Line 2, character 8: unknown function `sigmod`; did you mean `sigmoid`?"],
  ["model; its last line is minimised", "loss = x - y", "There is nothing to train: every name is a column of the data; use one more, such as `w`."],
  ["data: columns, or a pasted table", "x = 1, 2; y = 1", "`x` has 2 numbers but `y` has 1; each sample needs one of each."],
  ["data: columns, or a pasted table", "x = ; y = ", "There are no samples; give each column at least one number."],
  ["data: columns, or a pasted table", "x = 1, two; y = 1, 2", "`two` is not a number; type one such as 0.01."],
  ["data: columns, or a pasted table", "x 1 2", "`x 1 2` should have the form name = number."],
];

test("errors in an input are shown under its field, and nothing is lost", async () => {
  const { lab, trace, close } = await openLab(session);
  await lab.locator("summary", { hasText: "Model and data" }).click();
  const good = await trace.textContent();
  for (const [name = "", text = "", message = ""] of TYPED) {
    const field = lab.getByRole("textbox", { name, exact: true });
    const before = await field.inputValue();
    await field.fill(text);
    assert.equal(await field.getAttribute("aria-invalid"), "true", text);
    const line = lab.locator(`[id="${(await field.getAttribute("aria-describedby"))?.split(" ")[0]}"]`);
    assert.equal(await line.textContent(), message);
    assert.equal(await field.inputValue(), text, "what was typed stays");
    assert.equal(await trace.textContent(), good, "the last good run stays");
    await field.fill(before);
    assert.equal(await line.textContent(), "", "the next good input works");
  }
  await close();
});

test("errors in the address are shown at their controls", async () => {
  const { lab, rateField, state, close } = await openLab(session, { path: "?lr=abc&at=x&epochs=-1&__proto__=1&model=y_hat%3Dx*w%3Bloss%3D(y_hat-y)^2" });
  assert.equal(await rateField.inputValue(), "abc");
  await lab.getByText("`abc` is not a number; type one such as 0.01.", { exact: false }).waitFor();
  assert.equal((await state()).lr, 0.01);
  await close();
});

test("another model has its own parameters", async () => {
  const { lab, status, close } = await openLab(session);
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

test("settings of attributes with two words", async () => {
  const { lab, state, close } = await openLab(session, { path: "?optimizer=adamw&weightDecay=0.1&betas=0.8,0.99&schedule=step&stepSize=3&gamma=0.5&shuffle&seed=7" });
  const { optimizer, weightDecay, betas, schedule, stepSize, gamma, shuffle, seed } = await state();
  assert.deepEqual([optimizer, weightDecay, betas, schedule, stepSize, gamma, shuffle, seed], ["adamw", 0.1, [0.8, 0.99], "step", 3, 0.5, true, 7]);
  assert.equal(await lab.getAttribute("weight-decay"), "0.1");
  await close();
});

test("after a trap, a new instance continues from the state", async () => {
  const { page, lab, rateField, trace, close } = await openLab(session);
  await rateField.fill("0.02");
  const before = await trace.textContent();
  const traps = await page.evaluate(async () => {
    const path = "/www/engine/engine.js";
    const engine = await (await import(path)).loadEngine();
    let traps = 0;
    engine.use((/** @type {any} */ core) => {
      const lesson = new core.Lesson("loss = (x*w)^2", ["x"], Float64Array.of(1), Uint32Array.of(1));
      lesson.train({ lr: 0.1, epochs: 1, batch: 1, initNames: [], initValues: [], optimizer: "sgd", optionNames: [], optionValues: [], schedule: "constant", shuffle: false, seed: 0 });
      if (traps === 0) {
        traps += 1;
        lesson.parametersBefore(1_000_000);
      }
    });
    return [traps, engine.generation];
  });
  assert.deepEqual(traps, [1, 1]);
  await lab.getByRole("button", { name: "one step forward" }).click();
  assert.equal(await trace.textContent(), before);
  await rateField.fill("0.01");
  assert.ok((await trace.textContent())?.endsWith("4 hours 7.80\n"));
  await close();
});

/** What a page's author may write, and what the lab then says. */
const ATTRIBUTES = [
  ["lr", "", "A number is missing; type one such as 0.01."],
  ["lr", "1e999", "`1e999` is too large; the largest number is about 1.8e308."],
  ["epochs", "-1", "The number of epochs must be a whole number of at least 1; it is -1."],
  ["epochs", "1e9", "1000000000 epochs are too many; with 3 samples at most 333333 are run."],
  ["model", "(".repeat(300), "Line 1, character 202: this is nested more than 200 deep; name a part of it on a line of its own."],
  ["model", "w".repeat(1_000_000), "Line 1, character 65537: the text has 1000000 bytes; at most 65536 are read."],
  ["data", "x = 1, 2; y = 1", "`x` has 2 numbers but `y` has 1; each sample needs one of each."],
  ["init", "w = <b>", "`<b>` is not a number; type one such as 0.01."],
  ["init", "constructor = 1", "`constructor` is not a parameter of this model; its parameters are `w`."],
  ["at", "first", "`at`: the moment should have the form epoch/sample, such as 0/2, or with a phase 0/2/f1, 0/2/b1, 0/2/u."],
];

test("errors in attributes are shown, before the first run and after it", async () => {
  const { page, lab, trace, close } = await openLab(session);
  const good = await trace.textContent();
  const say = async (/** @type {import("playwright-core").Locator} */ lab) => {
    await settled(lab).textContent();
    const said = await lab.locator(".problem:not(:empty)").allTextContents();
    // Before the first run there is no slider of a parameter to say it at.
    return said.map((text) => text.replace("`init`: ", ""));
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
  [null, "The state must be an object."],
  ["lr=1", "The state must be an object."],
  [{ lr: "1" }, "`lr` must be a number."],
  [{ lr: NaN }, "The learning rate must be a finite number above 0; it is nan."],
  [{ rate: 1 }, "`rate` is not a setting; the settings are model, data, lr, init, epochs, batch, optimizer, momentum, nesterov, weightDecay, alpha, betas, eps, schedule, stepSize, gamma, shuffle, seed, at."],
  [{ data: { x: [1, 2], y: ["1", 2] } }, "`data` must be an object of columns, each an array of numbers or of tensors as nested arrays."],
  [{ data: { x: [], y: [] } }, "There are no samples; give each column at least one number."],
  [{ at: { epoch: -1, sample: 0 } }, '`at` must be an object { epoch, sample } of whole numbers from 0, with a phase such as "f2", "b1" or "u" where one is shown.'],
];

test("the state is plain data, and errors in it are shown", async () => {
  const { lab, trace, state, close } = await openLab(session);
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

test("`input` is dispatched during a drag, and `change` at its end", async () => {
  const { page, lab, rate, close } = await openLab(session);
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

test("a lab that is moved keeps its state", async () => {
  const { page, lab, rateField, pixels, trace, close } = await openLab(session);
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

test("axe finds nothing, light and dark, wide and narrow", async () => {
  const { page, lab, close } = await openLab(session, FIRST_LOOK);
  await lab.locator("summary", { hasText: "Model and data" }).click();
  await lab.getByRole("textbox", { name: "data: columns, or a pasted table" }).fill("x = 1");
  assert.deepEqual(await auditLooks(page), []);
  await close();
});

test("several labs share one module", async () => {
  const { page, close } = await openLab(session);
  await page.evaluate(() => {
    for (let count = 0; count < 5; count += 1) {
      document.body.append(document.createElement("downhill-lab"));
    }
  });
  await eventually(() => page.locator("downhill-lab [part=trace]").filter({ hasText: "7.80" }).count(), 6);
  const fetched = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name.split("/").at(-1)).filter((name) => name?.endsWith(".wasm")));
  assert.deepEqual(fetched, ["core_bg.wasm", "core_rest.wasm"]);
  await close();
});

test("a failed download is reported in words", async () => {
  const { page } = await openPage(session, { path: "lab.html", prepare: (page) => page.route("**/*.wasm", (route) => route.fulfill({ status: 404 })) });
  await page.locator("downhill-lab").getByRole("alert").filter({ hasText: "The engine could not be downloaded (the server answered 404)." }).waitFor();
  await page.context().close();
});

test("without WebAssembly a message is shown", async () => {
  const { page, close } = await openPage(session, { path: "lab.html", prepare: (page) => page.addInitScript(() => Reflect.deleteProperty(globalThis, "WebAssembly")) });
  await page.locator("downhill-lab").getByRole("alert").filter({ hasText: "This browser has no WebAssembly" }).waitFor();
  await close();
});

test("nothing is wider than a phone, or than a page at 200 %", async () => {
  for (const [width, deviceScaleFactor] of [[360, 3], [640, 2]]) {
    const { page, close } = await openLab(session, { viewport: { width: width ?? 0, height: 740 }, deviceScaleFactor });
    assert.equal(await overhang(page), 0);
    await close();
  }
});
