// Programs of tensors in the lab.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { auditPage, isWhole, openBrowser, overhang } from "./harness.js";
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

/** A small ConvNet on pictures of 4 by 4. */
const CONVNET = [
  `model=${encodeURIComponent("h = maxpool(relu(conv(x, K, padding=1)), 2); loss = cross_entropy(W @ reshape(h, -1), label)")}`,
  `data=${encodeURIComponent("x = [[[1, 0, 1, 2], [0, 1, 0, 1], [2, 0, 1, 0], [1, 1, 0, 2]]], [[[0, 2, 0, 1], [1, 0, 1, 0], [0, 1, 2, 1], [2, 0, 1, 0]]]; label = 0, 2")}`,
  `init=${encodeURIComponent("K = kaiming(2, 1, 3, 3, seed=1), W = kaiming(3, 8, seed=2)")}`,
].join("&");

test("the graph of a ConvNet has a heat map for each tensor, and its phases are the operations", async () => {
  const { page, lab, close } = await openLab(session, { path: `?${CONVNET}&at=0/0/f0` });
  const graph = lab.locator("canvas.graph[aria-label*='conv']");
  await graph.waitFor({ state: "attached" });
  const label = async () => (await graph.getAttribute("aria-label")) ?? "";
  assert.match(await label(), /^Computational graph of 10 nodes\. x: shape \(1, 4, 4\), from 0 to 2; label: 0; K: shape \(2, 1, 3, 3\), from [−\d.]+ to [\d.]+; W: shape \(3, 8\), .*; conv; relu; maxpool, h; reshape; @; cross_entropy, loss\.$/);
  const on = lab.getByRole("button", { name: "one operation forward" });
  await on.click();
  await lab.locator(".step .sentence", { hasText: /conv\u2061\(x,K,padding=1\): shape \(2, 4, 4\), from/ }).waitFor();
  for (let count = 0; count < 7; count += 1) {
    await on.click();
  }
  await lab.locator(".step .sentence", { hasText: /: shape \(3\), from −/ }).waitFor();
  assert.match(await label(), /@: shape \(3\), from \S+ to \S+, gradient shape \(3\), from/);
  await lab.getByLabel("node", { exact: true }).selectOption({ label: "h (maxpool)" });
  await lab.locator("p.node", { hasText: /^h=maxpool\u2061\(…,2\): shape \(2, 2, 2\), from/ }).waitFor();
  assert.deepEqual(await auditPage(page), []);
  assert.equal(await overhang(page), 0);
  await close();
});
