// What a person brings to a lab, and what they take home.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { after, test } from "node:test";
import { openBrowser, takenHome, typeOver } from "./harness.js";
import { openLab } from "./labpage.js";

const session = await openBrowser();
after(() => session.close());

test("data is pasted as a table, edited by cells, read from a file and generated", async () => {
  const { lab, state, close } = await openLab(session);
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
  const { lab, state, close } = await openLab(session, { path: "?model=y_hat%3Dx*w" });
  await lab.getByText("a loss is missing", { exact: false }).waitFor();
  await lab.getByRole("button", { name: "Add loss = (y_hat - y)^2" }).click();
  assert.equal((await state()).model, "y_hat=x*w\nloss = (y_hat - y)^2");
  await lab.getByText("a loss is missing", { exact: false }).waitFor({ state: "hidden" });
  await close();
});

test("the run is taken home: script, notebook, tables; the line of the moment is marked", async () => {
  const { page, lab, trace, close } = await openLab(session, { path: "?at=0/0/b1" });
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
  const { page, lab, close } = await openLab(session);
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
