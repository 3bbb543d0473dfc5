// Sample-steps, drags and the bytes of the first page in Chromium.

import { readFile } from "node:fs/promises";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { openBrowser, openPage } from "../tests/browser/harness.js";
import { quantile, report } from "./measure.js";

const session = await openBrowser();
await steps();
await drags();
await bytes();
await session.close();

async function steps() {
  const code = (await readFile(new URL("./measure.js", import.meta.url), "utf8")).replaceAll("export ", "");
  const { page } = await openPage(session);
  await page.locator("downhill-lab [part=trace]").filter({ hasText: "progress" }).waitFor();
  const { graph, hand } = await page.evaluate(`(async () => {
    ${code}
    const core = await import("/www/pkg/core.js");
    return measureSteps(core);
  })()`);
  report("step: graph, wasm, Chromium", quantile(graph, 0.5), "ns");
  report("step: by hand, JavaScript, Chromium", quantile(hand, 0.5), "ns");
  await page.context().close();
}

/** From an input event of the learning rate to the end of the frame that it is drawn in. */
async function drags() {
  const { page } = await openPage(session);
  await page.locator("downhill-lab [part=trace]").filter({ hasText: "progress" }).waitFor();
  const times = await page.locator("downhill-lab").evaluate(async (lab) => {
    const range = /** @type {HTMLInputElement} */ (lab.shadowRoot?.querySelector(".lr input[type=range]"));
    const canvases = [...(lab.shadowRoot?.querySelectorAll("canvas") ?? [])];
    const times = [];
    for (let index = 0; index < 300; index += 1) {
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      const begin = performance.now();
      range.value = String(-400 + ((index * 37) % 400));
      range.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
      const event = performance.now() - begin;
      const frame = await new Promise((resolve) => requestAnimationFrame(() => resolve(performance.now())));
      // Reading a pixel waits until everything before it is painted.
      canvases.forEach((canvas) => canvas.getContext("2d")?.getImageData(0, 0, 1, 1));
      times.push(event + performance.now() - frame);
    }
    return times.slice(50);
  });
  report("drag to paint, median", quantile(times, 0.5), "ms");
  report("drag to paint, 95th percentile", quantile(times, 0.95), "ms");
  await page.context().close();
}

async function bytes() {
  /** @type {Promise<Uint8Array>[]} */
  const bodies = [];
  const { page } = await openPage(session, {
    prepare: async (page) => {
      page.on("response", (response) => bodies.push(response.body().then((body) => Uint8Array.from(body))));
    },
  });
  await page.locator("downhill-lab [part=trace]").filter({ hasText: "progress" }).waitFor();
  const loaded = await Promise.all(bodies);
  const sum = (/** @type {(body: Uint8Array<ArrayBuffer>) => { byteLength: number }} */ pack) => /** @type {Uint8Array<ArrayBuffer>[]} */ (loaded).reduce((total, body) => total + pack(body).byteLength, 0) / 1000;
  report("first page, raw", sum((body) => body), "kB");
  report("first page, gzip", sum((body) => gzipSync(body, { level: 9 })), "kB");
  report("first page, brotli", sum((body) => brotliCompressSync(body)), "kB");
  report("first page, files", loaded.length, "");
  await page.context().close();
}
