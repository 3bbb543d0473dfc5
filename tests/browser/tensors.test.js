// Programs of tensors in the lab.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { isWhole, openBrowser, overhang } from "./harness.js";
import { openLab } from "./labpage.js";

const session = await openBrowser();
after(() => session.close());

test("a classifier is trained, shown element by element, and taken home", async () => {
  const { page, lab, status, trace, close } = await openLab(session);
  await lab.getByLabel("lesson").selectOption({ label: "Three classes: softmax regression" });
  await lab.getByText("each class gets a score", { exact: false }).waitFor();
  await isWhole(lab);
  assert.match((await status.textContent()) ?? "", /^After 20 epochs W\[0, 0\] = .*; the mean loss went from 1\.099 to 0\.0\d+\.$/);
  assert.match((await trace.textContent()) ?? "", /^\tgrad:  \|W\|= 0\.82 \|b\|= 0\.82\n/);
  for (const name of ["The run’s numbers", "Take it home", "Model and data", "Edit cell by cell"]) {
    await lab.locator("summary", { hasText: name }).click();
  }
  assert.match((await lab.locator(".listing").textContent()) ?? "", /^import math\n\nimport torch\n[\s\S]*loss = cross_entropy\(z, label\)/);
  assert.equal(await lab.getByLabel("x of sample 2").inputValue(), "[0, 1]");
  assert.equal(await overhang(page), 0);
  await close();
});

test("an element of a drawn tensor is edited, and the others stay", async () => {
  const model = encodeURIComponent("loss = sum((W @ x - y)^2)");
  const { lab, state, close } = await openLab(session, { path: `?model=${model}&data=x = [1, 2]; y = [3, 4]&init=W = normal(2, 2, seed=1)` });
  await isWhole(lab);
  assert.deepEqual((await state()).init, { W: "normal(2, 2, seed=1)" });
  await lab.getByLabel("initial W[0, 1]", { exact: true }).first().fill("0.5");
  const [[first, second], others] = /** @type {any} */ ((await state()).init).W;
  assert.deepEqual([second, others.length], [0.5, 2]);
  assert.ok(Math.abs(first) < 5 && first !== 0);
  await close();
});

test("what does not fit is said where it stands", async () => {
  const { lab, close } = await openLab(session);
  await lab.locator("summary", { hasText: "Model and data" }).click();
  const [model, data] = [lab.locator("textarea").first(), lab.getByLabel("data", { exact: false }).first()];
  await model.fill("loss = w @ x");
  await lab.getByText("`@` can't multiply the shapes () and ()", { exact: false }).waitFor();
  await model.fill("loss = sum(w*x)");
  await data.fill("x = [1, 2], [3]; y = 1, 2");
  await lab.getByText("The lists of `x` must be equally long.").waitFor();
  await data.fill("x = [1, 2], [3, 4]; y = 1, 2");
  await lab.locator("p.status", { hasText: "After 10 epochs w =" }).waitFor();
  await close();
});
