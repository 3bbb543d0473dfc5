// A network in training: its controls, its settings, bad input, and pictures of one's own.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { ENGINE, FIRST_LOOK, auditLooks, openBrowser, openPage, typeOver } from "./harness.js";

const session = await openBrowser();
after(() => session.close());

/**
 * A network whose first test is done.
 * @param {Parameters<typeof openPage>[1]} [options]
 */
async function openNetwork({ path = "embed.html?element=network", ...options } = {}) {
  const opened = await openPage(session, { path, ...options });
  const element = opened.page.locator("downhill-network");
  await element.locator(".status").filter({ hasText: "Test loss" }).waitFor();
  return { ...opened, element };
}

/** @param {import("playwright-core").Locator} element */
const stepsOf = (element) => element.evaluate((network) => /** @type {any} */ (network).run.steps);

/** @param {import("playwright-core").Locator} element @param {number} steps */
async function trainedUntil(element, steps) {
  while ((await stepsOf(element)) < steps) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

test("it trains, pauses, takes a step, and begins anew with the same numbers", async () => {
  const { element, close } = await openNetwork();
  const first = await element.evaluate((network) => [.../** @type {any} */ (network).run.weights]);
  await element.getByRole("button", { name: "Train" }).click();
  await trainedUntil(element, 200);
  await element.getByRole("button", { name: "Pause" }).click();
  const paused = await stepsOf(element);
  await element.locator(".status").filter({ hasText: /9\d\.\d %|8\d\.\d %/ }).waitFor();
  await element.getByRole("button", { name: "One step", exact: true }).click();
  assert.equal(await stepsOf(element), paused + 1);
  await element.getByRole("button", { name: "Reset" }).click();
  await element.locator(".status").filter({ hasText: /^Step 0,/ }).waitFor();
  assert.deepEqual(await element.evaluate((network) => [.../** @type {any} */ (network).run.weights]), first);
  await close();
});

test("a learning rate that is changed acts on the training, and is marked", async () => {
  const { element, page, close } = await openNetwork();
  await element.getByRole("button", { name: "Train" }).press("Enter");
  await trainedUntil(element, 50);
  await element.getByRole("slider", { name: "learning rate" }).focus();
  await page.keyboard.press("ArrowLeft");
  const at = await stepsOf(element);
  await trainedUntil(element, at + 50);
  const { rates, steps } = await element.evaluate((network) => /** @type {any} */ (network).run);
  assert.deepEqual(rates.map((/** @type {any} */ { lr }) => lr), [0.1, 0.0977]);
  assert.ok(rates[1].step >= 50 && rates[1].step <= at + 20 && steps > at);
  await close();
});

test("a click before the pictures are there is not lost", async () => {
  /** @type {() => void} */
  let go = () => {};
  const held = new Promise((resolve) => (go = () => resolve(undefined)));
  const { page, close } = await openPage(session, { path: "embed.html?element=network", prepare: (page) => page.route("**/digits-pictures.idx", (route) => held.then(() => route.continue())) });
  const element = page.locator("downhill-network");
  await element.getByRole("button", { name: "Train" }).click();
  await element.getByRole("button", { name: "Pause" }).waitFor();
  go();
  await element.locator(".status").filter({ hasText: /^Step [1-9]/ }).waitFor();
  await close();
});

/** What is typed into a field, and what stands at it. @type {[field: string, text: string, message: string | RegExp][]} */
const BAD = [
  ["program; its last line is minimised", "scores = W @ picture\nloss = cross_entropy(scores, label)", /^Line 1, character 10: `@` can't multiply the shapes \(10, 64\) and \(1, 8, 8\)/],
  ["program; its last line is minimised", "scores = ", /^Line 1, character \d+: /],
  ["program; its last line is minimised", "loss = mean(picture)", "There is nothing to train: every name is a column of the data; use one more, such as `w`."],
  ["initial values, by name", "W = zeros(3, 64), b = zeros(10)", /the shapes \(3,\) and \(10,\) do not fit/],
  ["initial values, by name", "W", "`W` should have the form name = number."],
  ["learning rate, as a number", "-1", "The learning rate must be a finite number above 0; it is -1."],
  ["training pictures", "0", "The number of training samples must be a whole number of at least 1."],
  ["batch size", "2000", "A batch of 2000 is larger than the data, which has 1437 samples."],
  ["seed", "1.5", /^The seed must be a whole number/],
];

test("what is wrong is said at its place, and the network that is there stays", async () => {
  const { element, close } = await openNetwork({ path: "embed.html?element=network&preset=softmax" });
  for (const part of ["Optimizer, batch, precision", "Program"]) {
    await element.locator("summary").filter({ hasText: part }).click();
  }
  for (const [name, text, message] of BAD) {
    const field = element.getByRole("textbox", { name });
    const before = await field.inputValue();
    await field.fill(text);
    const line = element.locator(".problem").filter({ hasText: /\S/ });
    await line.waitFor();
    const said = (await line.textContent()) ?? "";
    assert.ok(typeof message === "string" ? said === message : message.test(said), `${name} = ${text}: ${said}`);
    assert.equal(await field.inputValue(), text);
    await field.fill(before);
    await line.waitFor({ state: "detached" });
    assert.equal(await element.evaluate((network) => /** @type {any} */ (network).run.weights.length), 650);
  }
  await close();
});

test("a step without a finite result is told, and the last good weights stay", async () => {
  const { element, close } = await openNetwork({ path: "embed.html?element=network&preset=mlp&lr=1e300" });
  await element.getByRole("button", { name: "Train" }).click();
  await element.getByText(/^Step \d+ had no finite result: the learning rate is too high\./).first().waitFor();
  assert.ok(await element.evaluate((network) => /** @type {any} */ (network).run.weights.every(Number.isFinite)));
  await typeOver(element.getByRole("textbox", { name: "learning rate, as a number" }), "0.1");
  await element.getByRole("button", { name: "Train" }).click();
  await trainedUntil(element, 100);
  await close();
});

test("other networks, other pictures, and settings from the address", async () => {
  const { element, close } = await openNetwork({ path: "embed.html?element=network&preset=overfitting&data=clothing&precision=float64&views=preset+pictures+status+curve" });
  await element.locator(".status").filter({ hasText: "epochs of 50 pictures" }).waitFor();
  assert.deepEqual(await element.evaluate((network) => /** @type {any} */ (network).run.test.of), 500);
  await element.getByRole("combobox", { name: "network" }).selectOption("softmax");
  await element.locator(".status").filter({ hasText: "epochs of 2,000 pictures" }).waitFor();
  assert.deepEqual(await element.evaluate((network) => { const { preset, data, lr, samples } = /** @type {any} */ (network).state; return { preset, data, lr, samples }; }), { preset: "softmax", data: "clothing", lr: 0.5, samples: undefined });
  await element.evaluate((network) => Object.assign(network, { state: { data: "digits", lr: 0.2 } }));
  await element.locator(".status").filter({ hasText: "epochs of 1,437 pictures" }).waitFor();
  await close();
});

test("a locked learning rate stays, and a run that is pinned can be taken again", async () => {
  const { element, close } = await openNetwork({ path: "embed.html?element=network&preset=softmax&lock=preset&views=lr+buttons+preset+status+curve" });
  assert.ok(await element.getByRole("combobox", { name: "network" }).isDisabled());
  await element.getByRole("button", { name: "One step" }).click();
  await element.getByRole("button", { name: "Pin this run" }).click();
  await typeOver(element.getByRole("textbox", { name: "learning rate, as a number" }), "0.01");
  const rows = element.locator(".compare tbody tr");
  await rows.nth(1).waitFor();
  assert.match((await rows.nth(1).textContent()) ?? "", /^1softmax regression, digits, α = 0\.5, sgd, batch 32/);
  await rows.nth(1).getByRole("button", { name: "take the settings of run 1" }).click();
  await element.locator(".status").filter({ hasText: /^Step 0,/ }).waitFor();
  assert.equal(await element.evaluate((network) => /** @type {any} */ (network).state.lr), 0.5);
  await close();
});

test("a program that is refused stays out of the state, and training goes on", async () => {
  const { element, close } = await openNetwork({ path: "embed.html?element=network&preset=softmax" });
  await element.getByRole("button", { name: "Train" }).click();
  await element.locator("summary").filter({ hasText: "Program" }).click();
  const field = element.getByRole("textbox", { name: "program; its last line is minimised" });
  const before = await field.inputValue();
  await field.fill(before.slice(0, -1));
  await element.locator(".problem").filter({ hasText: "is never closed" }).waitFor();
  await typeOver(element.getByRole("textbox", { name: "learning rate, as a number" }), "0.2");
  await trainedUntil(element, (await stepsOf(element)) + 50);
  assert.deepEqual(await element.evaluate((network) => [/** @type {any} */ (network).state.model, /** @type {any} */ (network).state.lr]), [before, 0.2]);
  assert.equal(await field.inputValue(), before.slice(0, -1));
  await close();
});

test("what is wrong in the address is said, and a network is there all the same", async () => {
  const { element, close } = await openNetwork({ path: "embed.html?element=network&preset=mlp&lr=nonsense&init=V%3Dnormal(3,2)&views=status,lr,buttons,blub" });
  await element.getByText("`views`: there is no part `blub`", { exact: false }).waitFor();
  await element.locator(".lr .problem").filter({ hasText: /\S/ }).waitFor();
  assert.equal(await element.getByRole("textbox", { name: "learning rate, as a number" }).inputValue(), "nonsense");
  await close();
});

test("what can be copied to share a network", async () => {
  const { element, close } = await openNetwork({ path: "embed.html?element=network&preset=mlp&lr=0.3" });
  await element.getByRole("button", { name: "Share …" }).click();
  const texts = await element.locator("dialog textarea").evaluateAll((fields) => fields.map((field) => /** @type {HTMLTextAreaElement} */ (field).value));
  assert.deepEqual(texts.map((text) => text.replaceAll(session.address, "/")), [
    "/embed.html?element=network&preset=mlp&lr=0.3&v=1",
    '<iframe src="/embed.html?element=network&amp;preset=mlp&amp;lr=0.3&amp;v=1" title="Downhill: a network" width="100%" height="900"></iframe>',
    '<script type="module" src="/www/downhill.js"></script>\n<downhill-network preset="mlp" lr="0.3"></downhill-network>',
  ]);
  await close();
});

test("pictures of one's own are learned", async () => {
  const { element, page, close } = await openPage(session, { path: "embed.html?element=network&data=own&preset=softmax" }).then((opened) => ({ ...opened, element: opened.page.locator("downhill-network") }));
  const board = element.locator(".own-samples canvas").first();
  await board.waitFor();
  for (const [place, to] of [[0, 0.2], [0, 0.3], [0, 0.25], [1, 0.8], [1, 0.7], [1, 0.75]]) {
    const box = /** @type {{ x: number, y: number, width: number, height: number }} */ (await board.boundingBox());
    const at = (/** @type {number} */ x, /** @type {number} */ y) => /** @type {const} */ ([box.x + x * box.width, box.y + y * box.height]);
    await page.mouse.move(...at(0.5, 0.2));
    await page.mouse.down();
    await page.mouse.move(...at(to ?? 0, 0.8), { steps: 4 });
    await page.mouse.up();
    await element.getByRole("button", { name: /^Add to / }).nth(place ?? 0).click();
  }
  await element.locator(".status").filter({ hasText: /of 4 pictures/ }).waitFor();
  await element.evaluate((network) => /** @type {any} */ (network).step(200));
  await element.locator(".status").filter({ hasText: "2 of 2 test pictures are right" }).waitFor();
  await close();
});

test("by touch, on a phone", { skip: ENGINE === "firefox" && "Firefox’s driver sends no finger" }, async () => {
  const { element, close } = await openNetwork({ hasTouch: true, isMobile: true, viewport: { width: 360, height: 640 } });
  await element.getByRole("button", { name: "Train" }).tap();
  await trainedUntil(element, 100);
  await element.getByRole("button", { name: "Pause" }).tap();
  await element.getByRole("button", { name: "next sample" }).tap();
  await element.getByText("training picture, class").waitFor();
  await close();
});

test("nothing is inaccessible or cut off, light and dark, wide and narrow", async () => {
  const { element, page, close } = await openNetwork(FIRST_LOOK);
  await element.evaluate((network) => /** @type {any} */ (network).step(50));
  await element.getByRole("button", { name: "Pin this run" }).click();
  for (const summary of await element.locator("summary:visible").all()) {
    await summary.click();
  }
  assert.deepEqual(await auditLooks(page), []);
  await close();
});
