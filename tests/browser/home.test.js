// A network is taken home: program, notebook and weights, and the weights come back.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { openBrowser, openPage, takenHome } from "./harness.js";

const session = await openBrowser();
after(() => session.close());

/** What is taken home: the address, the files' name, the headings of the notebook, and a line of the program. @type {[string, string, string[], RegExp][]} */
const NETWORKS = [
  ["element=network&preset=softmax", "downhill-network", ["Data", "Network", "Loss and optimizer", "Training", "Test"], /^def forward\(picture, label\):$/m],
  ["element=text&layers=2&channels=8", "downhill-text", ["Data", "Network", "Loss and optimizer", "Training", "Test", "Writing"], /^def write\(beginning="", length=200, temperature=1\.0\):$/m],
];

for (const [query, file, headings, line] of NETWORKS) {
  test(`${file}: program, notebook and weights, out and in`, async () => {
    const { page, close } = await openPage(session, { path: `embed.html?${query}` });
    const element = page.locator(query.includes("text") ? "downhill-text" : "downhill-network");
    await element.locator(".status").filter({ hasText: "Test loss" }).waitFor();
    const weights = () => element.evaluate((network) => [.../** @type {any} */ (network).run.weights].map(Math.fround));
    await element.evaluate((network) => /** @type {any} */ (network).step(3));
    await element.locator("summary", { hasText: "Take it home" }).click();
    const taken = (/** @type {string} */ name) => takenHome(page, () => element.getByRole("button", { name, exact: true }).click());
    const script = await taken("Script");
    assert.equal(script.name, `${file}.py`);
    assert.match(script.bytes.toString("utf8"), line);
    assert.match(script.bytes.toString("utf8"), /zip\(range\(3\), batches\(\)\)/);
    const notebook = await taken("Notebook");
    const { nbformat, cells } = JSON.parse(notebook.bytes.toString("utf8"));
    assert.deepEqual([notebook.name, nbformat], [`${file}.ipynb`, 4]);
    const texts = cells.map((/** @type {{ source: string | string[] }} */ { source }) => [source].flat().join(""));
    assert.deepEqual(texts.filter((/** @type {string} */ text) => text.startsWith("## ")), headings.map((heading) => `## ${heading}`));
    const saved = await taken("Weights");
    const expected = await weights();
    assert.equal(saved.name, `${file}.safetensors`);
    await element.evaluate((network) => /** @type {any} */ (network).step(2));
    assert.notDeepEqual(await weights(), expected);
    const field = element.getByLabel("Load weights");
    const load = (/** @type {string} */ name, /** @type {Buffer} */ buffer) => field.setInputFiles({ name, mimeType: "application/octet-stream", buffer });
    await load("saved.safetensors", saved.bytes);
    await element.getByText("the weights of saved.safetensors are loaded").waitFor();
    assert.deepEqual(await weights(), expected);
    await load("wrong.safetensors", Buffer.from("not weights"));
    await element.getByText("According to its first eight bytes, the file has a header of 7451598620781211502 bytes, and at most 100000000 are allowed; it is probably not a safetensors file.").waitFor();
    assert.deepEqual(await weights(), expected);
    await close();
  });
}
