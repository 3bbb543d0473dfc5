// Sample-steps, drags and the bytes of the first page in Chromium.

import { readFile } from "node:fs/promises";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { openBrowser, openPage } from "../tests/browser/harness.js";
import { quantile, report } from "./measure.js";

const session = await openBrowser();
await steps();
await drags();
await longCurve();
await longPaste();
await firstMap();
await network();
await manyDrags();
await firstPicture();
await bytes();
await session.close();

async function steps() {
  const code = (await readFile(new URL("./measure.js", import.meta.url), "utf8")).replaceAll("export ", "");
  const { page } = await openPage(session, { path: "lab.html" });
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
  const { page } = await openPage(session, { path: "lab.html" });
  await page.locator("downhill-lab [part=trace]").filter({ hasText: "progress" }).waitFor();
  const times = await page.locator("downhill-lab").evaluate(async (lab) => {
    const range = /** @type {HTMLInputElement} */ (lab.shadowRoot?.querySelector(".lr input[type=range]"));
    const canvases = [...(lab.shadowRoot?.querySelectorAll("canvas") ?? [])];
    const times = [];
    for (let index = 0; index < 300; index += 1) {
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      let frame = NaN;
      // This callback is asked for first, so that the frame begins before the lab draws.
      requestAnimationFrame(() => (frame = performance.now()));
      const begin = performance.now();
      range.value = String(-400 + ((index * 37) % 400));
      range.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
      const event = performance.now() - begin;
      await new Promise((resolve) => requestAnimationFrame(resolve));
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

/** The loss curve of a million steps, drawn again and again. */
async function longCurve() {
  const { page } = await openPage(session, { path: "lab.html" });
  await page.locator("downhill-lab [part=trace]").filter({ hasText: "progress" }).waitFor();
  const times = await page.evaluate(async () => {
    const path = "/www/pkg/core.js";
    const core = await import(path);
    const lesson = new core.Lesson("loss = (x*w - 2)^2", ["x"], Float64Array.of(1), Uint32Array.of(1));
    lesson.train({ lr: 1e-7, epochs: 1_000_000, batch: 1, initNames: [], initValues: [], optimizer: "sgd", optionNames: [], optionValues: [], schedule: "constant", shuffle: false, seed: 0 });
    const canvas = Object.assign(document.createElement("canvas"), { width: 900, height: 300 });
    const theme = new core.Theme(new Uint32Array(), "serif", 1);
    const draw = () => {
      const begin = performance.now();
      lesson.drawCurve(new core.Paper(canvas), theme, { step: 5, axis: core.Axis.Linear, loss: core.Loss.Mean, ghosts: [] });
      canvas.getContext("2d")?.getImageData(0, 0, 1, 1);
      return performance.now() - begin;
    };
    return Array.from({ length: 30 }, draw).slice(5);
  });
  report("curve of 1,000,000 steps, drawn again", quantile(times, 0.5), "ms");
  await page.context().close();
}

/** A pasted table of 100,000 rows: until the page has painted that it reads it, and the longest time for which the page then stands still. */
async function longPaste() {
  const { page } = await openPage(session, { path: "lab.html" });
  const lab = page.locator("downhill-lab");
  await lab.locator("summary", { hasText: "Model and data" }).click();
  const [answer = NaN, longest = NaN] = await lab.evaluate(async (lab) => {
    const field = /** @type {HTMLTextAreaElement} */ (lab.shadowRoot?.querySelector("[data-key=data] textarea"));
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", `x,y\n${Array.from({ length: 100_000 }, (_, row) => `${(row % 1000) / 1000},${(row % 1000) / 500}`).join("\n")}\n`);
    const read = new Promise((resolve) => lab.addEventListener("change", resolve, { once: true }));
    field.select();
    const begin = performance.now();
    field.dispatchEvent(new ClipboardEvent("paste", { bubbles: true, cancelable: true, clipboardData }));
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    const answer = performance.now() - begin;
    let [last, longest, timer] = [performance.now(), 0, 0];
    const beat = () => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
      timer = window.setTimeout(beat);
    };
    beat();
    await read;
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    clearTimeout(timer);
    return [answer, longest];
  });
  report("100,000 pasted rows: until the page answers", answer, "ms");
  report("100,000 pasted rows: longest pause while they are read", longest, "ms");
  await page.context().close();
}

/** From a change that makes the map of fates anew until it is coarse, and until it is fine. */
async function firstMap() {
  const { page } = await openPage(session, { path: "lab.html?epochs=29" });
  await page.locator("downhill-lab [part=trace]").filter({ hasText: "progress" }).waitFor();
  await page.waitForTimeout(1500);
  const times = await page.locator("downhill-lab").evaluate(async (/** @type {any} */ lab) => {
    const times = [];
    for (let index = 0; index < 9; index += 1) {
      const begin = performance.now();
      lab.state = { epochs: index % 2 === 0 ? 30 : 29 };
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      const coarse = performance.now() - begin;
      while (lab.shadowRoot.querySelector(".fates").dataset.cells !== "fine") {
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      times.push([coarse, performance.now() - begin]);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return times;
  });
  report("map of fates on screen, coarse", quantile(times.map(([coarse = NaN]) => coarse), 0.5), "ms");
  report("map of fates on screen, fine", quantile(times.map(([, fine = NaN]) => fine), 0.5), "ms");
  await page.context().close();
}

/** A ConvNet in training with all of its views, and one that is asked about a drawing. */
async function network() {
  const { page } = await openPage(session, { path: "embed.html?element=network", viewport: { width: 1280, height: 2600 } });
  const element = page.locator("downhill-network");
  await element.locator(".status").filter({ hasText: "Test loss" }).waitFor();
  await element.locator("[data-action=run]").click();
  const [frame = NaN, steps = NaN] = await element.evaluate(async (/** @type {any} */ element) => {
    const frames = async (/** @type {number} */ count) => {
      for (let frame = 0; frame < count; frame += 1) {
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
    };
    await frames(60);
    const [begun, before] = [performance.now(), element.run.steps];
    await frames(180);
    return [(performance.now() - begun) / 180, (element.run.steps - before) / 180];
  });
  report("network in training: a frame with 16 steps and all views", frame, "ms");
  report("network in training: steps in a frame", steps, "");
  await element.locator("[data-action=run]").click();
  // A window of a usual height, in which a person draws.
  await page.setViewportSize({ width: 1280, height: 900 });
  await element.locator(".ask-view canvas").first().scrollIntoViewIfNeeded();
  await page.evaluate(watchMoves);
  await drawnWith(page, element.locator(".ask-view canvas").first());
  const times = await page.evaluate("moves");
  report("network: from a move of the pen to the probabilities", quantile(times, 0.5), "ms");
  report("network: from a move of the pen to the probabilities, 95th percentile", quantile(times, 0.95), "ms");
  await page.context().close();
}

/** Measures each move of a pointer: its handlers, and the frame in which it is seen, until that is laid out and painted. Runs in the page. */
function watchMoves() {
  /** @type {number[]} */
  const moves = /** @type {any} */ (globalThis).moves = [];
  let [begin, frame] = [NaN, NaN];
  addEventListener("pointermove", () => {
    begin = performance.now();
    requestAnimationFrame(() => (frame = performance.now()));
  }, true);
  addEventListener("pointermove", () => {
    const event = performance.now() - begin;
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => moves.push(event + performance.now() - frame);
    requestAnimationFrame(() => port2.postMessage(0));
  });
}

/** Draws with 100 moves of a real pen, each in a frame of its own. @param {import("playwright-core").Page} page @param {import("playwright-core").Locator} board */
async function drawnWith(page, board) {
  const box = await board.boundingBox();
  const to = (/** @type {number} */ part) => page.mouse.move((box?.x ?? NaN) + (box?.width ?? NaN) * (0.3 + 0.4 * part), (box?.y ?? NaN) + (box?.height ?? NaN) * (0.2 + 0.6 * Math.abs(Math.sin(9 * part))));
  await to(0);
  await page.mouse.down();
  for (let move = 1; move <= 100; move += 1) {
    await to(move / 100);
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
  }
  await page.mouse.up();
}

/** What 10,000 drags leave behind in the heap, and in the module's memory. */
async function manyDrags() {
  const { page } = await openPage(session, { path: "lab.html" });
  await page.locator("downhill-lab [part=trace]").filter({ hasText: "progress" }).waitFor();
  const [heap = NaN, memory = NaN] = await page.locator("downhill-lab").evaluate(async (lab) => {
    const range = /** @type {HTMLInputElement} */ (lab.shadowRoot?.querySelector(".lr input[type=range]"));
    const path = "/www/pkg/core.js";
    const { initSync } = await import(path);
    const drag = async (/** @type {number} */ times) => {
      for (let index = 0; index < times; index += 1) {
        range.value = String(-400 + ((index * 37) % 400));
        range.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
    };
    const measured = () => {
      /** @type {any} */ (globalThis).gc();
      return [/** @type {any} */ (performance).memory.usedJSHeapSize, initSync().memory.buffer.byteLength];
    };
    await drag(300);
    const [heap, memory] = measured();
    await drag(10_000);
    const [heapAfter, memoryAfter] = measured();
    return [heapAfter - heap, memoryAfter - memory];
  });
  report("heap after 10,000 drags, grown by", heap / 1000, "kB");
  report("module's memory after 10,000 drags, grown by", memory / 1000, "kB");
  await page.context().close();
}

/** From the start of the navigation to the first run in a lab, beside an empty page's own loading. */
async function firstPicture() {
  const load = async (/** @type {string} */ path) => {
    const { page } = await openPage(session, { path, prepare: (page) => page.addInitScript(() => document.addEventListener("ready", () => /** @type {any} */ (globalThis).first ??= performance.now(), true)) });
    const isEmpty = path === "icon.svg";
    await page.waitForFunction((isEmpty) => isEmpty || /** @type {any} */ (globalThis).first, isEmpty);
    const time = await page.evaluate((isEmpty) => (isEmpty ? performance.now() : /** @type {any} */ (globalThis).first), isEmpty);
    await page.context().close();
    return time;
  };
  for (const path of ["icon.svg", "lab.html", "index.html"]) {
    const times = [];
    for (let count = 0; count < 7; count += 1) {
      times.push(await load(path));
    }
    report(`first picture of ${path === "icon.svg" ? "an image alone" : path}`, quantile(times, 0.5), "ms");
  }
}

async function bytes() {
  /** @type {Promise<Uint8Array>[]} */
  const bodies = [];
  const { page } = await openPage(session, {
    prepare: async (page) => {
      page.on("response", (response) => bodies.push(response.body().then((body) => Uint8Array.from(body))));
    },
  });
  await page.locator("downhill-lab .status", { hasText: "After" }).first().waitFor();
  await page.waitForLoadState("networkidle");
  const loaded = await Promise.all(bodies);
  const sum = (/** @type {(body: Uint8Array<ArrayBuffer>) => { byteLength: number }} */ pack) => /** @type {Uint8Array<ArrayBuffer>[]} */ (loaded).reduce((total, body) => total + pack(body).byteLength, 0) / 1000;
  report("first page, raw", sum((body) => body), "kB");
  report("first page, gzip", sum((body) => gzipSync(body, { level: 9 })), "kB");
  report("first page, brotli", sum((body) => brotliCompressSync(body)), "kB");
  report("first page, files", loaded.length, "");
  await page.context().close();
}
