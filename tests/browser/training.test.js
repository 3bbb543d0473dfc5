// How a lab trains: settings, long runs, the verdict, lessons, and runs that are compared.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { openBrowser } from "./harness.js";
import { openLab, settled } from "./labpage.js";

const session = await openBrowser();
after(() => session.close());

test("the optimizer, its options, the batch and the order are set by hand", async () => {
  const { lab, trace, state, close } = await openLab(session);
  await lab.locator("summary", { hasText: "Optimizer" }).click();
  const option = (/** @type {string} */ name) => lab.getByLabel(name, { exact: true });
  await option("momentum").fill("0.9");
  const update = (/** @type {RegExp} */ text) => lab.locator(".update p").filter({ hasText: text }).waitFor();
  await update(/^w ← SGD\(w, ∂loss\/∂w\) = SGD\(1, −2\) = 1.02$/);
  await option("optimizer").selectOption("adam");
  assert.equal((await state()).momentum, undefined);
  await option("momentum").waitFor({ state: "hidden" });
  await option("batch size").fill("3");
  // Adam's first step is the learning rate against the sign, whatever the gradient: -28/3 here.
  await update(/= Adam\(1, −9\.333\) = 1\.01$/);
  assert.match((await trace.textContent()) ?? "", /^predict \(before training\) 4 4\.0\n\tgrad:  -9\.33\nprogress: 0 w= 1\.01/);
  await option("batch size").fill("9");
  await lab.getByText("A batch of 9 is larger than the data, which has 3 samples.").waitFor();
  await option("batch size").fill("1");
  await option("shuffle in each epoch").check();
  await option("seed").fill("1");
  const { shuffle, seed, batch } = await state();
  assert.deepEqual({ shuffle, seed, batch }, { shuffle: true, seed: 1, batch: 1 });
  await close();
});

test("a long run is taken in parts, the page stays responsive, and the run can be stopped", async () => {
  // Eighty hyperbolic tangents, a million times.
  const model = encodeURIComponent(`${Array.from({ length: 80 }, (_, index) => `h${index} = tanh(${index ? `h${index - 1} + ` : ""}a*x)`).join("\n")}\nloss = (h79 - y)^2`);
  const { lab, rateField, state, close } = await openLab(session, { path: `?lr=0.001&epochs=100000&data=x=1,2,3,4,5,6,7,8,9,10;y=1,1,1,1,1,1,1,1,1,1&init=a=0.1&model=${model}` });
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

test("a lesson is chosen, with a sentence about it, and reset", async () => {
  const { lab, status, state, close } = await openLab(session, { path: "?momentum=0.5" });
  await lab.getByLabel("lesson").selectOption({ label: "A line with intercept" });
  await lab.getByText("the contours show a long valley", { exact: false }).waitFor();
  assert.match((await status.textContent()) ?? "", /^After 40 epochs w = /);
  assert.equal((await state()).momentum, undefined, "what the lesson does not set is the deck's");
  await lab.getByRole("button", { name: "Reset" }).click();
  assert.equal(await status.textContent(), "After 10 epochs w = 1.951; the mean loss went from 4.667 to 0.01111.");
  assert.equal(await lab.getByLabel("lesson").inputValue(), "");
  await close();
});

test("the verdict describes the learning rate, and includes the island", async () => {
  const { lab, rateField, close } = await openLab(session);
  const verdict = settled(lab.locator(".verdict"));
  assert.equal(await verdict.textContent(), "This learning rate converges: each epoch multiplies the distance to the minimum by 0.7393. Stable: 0 < α < 0.204 and 0.4765 < α < 0.519; fastest at α = 0.05556.");
  await rateField.fill("0.3");
  assert.match((await verdict.textContent()) ?? "", /^This learning rate diverges: each epoch multiplies the distance to the minimum by 2\.464\./);
  await rateField.fill("0.5");
  assert.match((await verdict.textContent()) ?? "", /^This learning rate converges: each epoch multiplies the distance to the minimum by 0\./);
  assert.match(await lab.locator(".track").evaluate((track) => getComputedStyle(track).backgroundImage), /^linear-gradient\(/);
  await close();
});

test("if no factor can be computed, the run is measured", async () => {
  const { lab, close } = await openLab(session, { path: "?optimizer=adam&lr=0.1&epochs=30" });
  assert.match((await lab.locator(".verdict").textContent()) ?? "", /^Measured, not computed: in the second half of this run, each epoch multiplied the mean loss by 0\.\d+\.$/);
  await close();
});

test("runs are pinned, compared, restored and removed", async () => {
  const { lab, rateField, pixels, state, close } = await openLab(session);
  const rows = () => lab.getByLabel("pinned runs").locator("tbody tr").allTextContents();
  const pin = lab.getByRole("button", { name: "Pin this run" });
  await pin.click();
  await rateField.fill("0.1");
  const before = await pixels("curve");
  await pin.click();
  await rateField.fill("0.3");
  await lab.getByLabel("pinned runs").filter({ hasText: "diverges" }).waitFor();
  await lab.getByLabel("pinned runs").locator("tbody tr").nth(2).waitFor();
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

test("the update shows its numbers, and all digits of them", async () => {
  const { lab, close } = await openLab(session, { path: "?at=0/2" });
  const update = lab.locator(".update");
  assert.equal(await update.textContent(), "w ← w − α · ∂loss/∂w = 1.098 − 0.01 · (−16.23) = 1.261");
  assert.deepEqual(await update.locator("output").evaluateAll((outputs) => outputs.map((output) => /** @type {HTMLElement} */ (output).title)), ["1.0984", "0.01", "-16.2288", "1.260688"]);
  await close();
});
