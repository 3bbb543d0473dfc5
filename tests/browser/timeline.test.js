// The timeline of a lab: forward, backward, update; stepped, played and scrubbed.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { FIRST_LOOK, auditLooks, isWhole, openBrowser, openPage } from "./harness.js";
import { read } from "./labpage.js";

const session = await openBrowser();
after(() => session.close());

/** @param {NonNullable<Parameters<typeof openPage>[1]>} [options] */
async function openTimeline({ path = "", ...options } = {}) {
  const opened = await openPage(session, { path: `lab.html${path}`, ...options });
  const lab = opened.page.locator("downhill-lab");
  await isWhole(lab);
  const button = (/** @type {string} */ name) => lab.getByRole("button", { name, exact: true });
  return {
    ...opened,
    lab,
    button,
    /** The sentences of the phase, once they are drawn. */
    sentences: () =>
      read(lab.locator(".step"), (element) => {
        const lines = [...element.querySelectorAll("p")].filter((line) => !line.hidden && line.textContent);
        return lines.map((line) => (line.textContent ?? "").replace(/[\u2061\u2062]/g, ""));
      }),
    at: () => lab.evaluate((/** @type {any} */ { state }) => state.at),
  };
}

/** The phases of the deck's first sample, in order. */
const DECK = [
  ["f0", ["The data and the parameters are known; nothing is computed yet."]],
  ["f1", ["Forward: the value of one operation.", "y^=xw=1⋅1=1"]],
  ["f2", ["Forward: the value of one operation.", "s=y^−y=1−2=−1"]],
  ["f3", ["Forward: the value of one operation.", "loss=s2=(−1)2=1"]],
  ["b0", ["Backward: the derivative of the output with respect to itself is 1.", "∂loss∂loss=1"]],
  ["b1", ["Backward: the upstream gradient times the local derivative.", "∂loss∂s=∂loss∂loss⋅∂loss∂s=1⋅(2s)=1⋅(−2)=−2"]],
  ["b2", ["Backward: the upstream gradient times the local derivative.", "∂loss∂y^=∂loss∂s⋅∂s∂y^=(−2)⋅1=−2", "∂loss∂y=∂loss∂s⋅∂s∂y=(−2)⋅(−1)=2"]],
  ["b3", ["Backward: the upstream gradient times the local derivative.", "∂loss∂x=∂loss∂y^⋅∂y^∂x=(−2)⋅w=(−2)⋅1=−2", "∂loss∂w=∂loss∂y^⋅∂y^∂w=(−2)⋅x=(−2)⋅1=−2"]],
  ["u", ["The parameters move against their gradients."]],
];

test("every phase of the deck's first sample is shown in mathematical notation, forwards and backwards", async () => {
  const { button, sentences, at, close } = await openTimeline();
  for (const [phase, said] of DECK) {
    await button("one operation forward").click();
    assert.deepEqual([(await at()).phase, await sentences()], [phase, said]);
  }
  await button("one operation forward").click();
  assert.deepEqual(await at(), { epoch: 0, sample: 1, phase: "f0" });
  for (const [phase, said] of DECK.toReversed()) {
    await button("one operation back").click();
    assert.deepEqual([(await at()).phase, await sentences()], [phase, said]);
  }
  await button("one operation back").click();
  assert.deepEqual(await at(), { epoch: 0, sample: 0, phase: "f0" });
  await button("whole step").click();
  assert.deepEqual(await at(), { epoch: 0, sample: 0 });
  await close();
});

test("the timeline is controlled by keyboard", async () => {
  const { page, button, at, close } = await openTimeline();
  await button("one operation forward").focus();
  const press = async (/** @type {string} */ key) => {
    await page.keyboard.press(key);
    const { epoch, sample, phase } = await at();
    return `${epoch}/${sample}/${phase}`;
  };
  const keys = ["ArrowRight", "ArrowRight", "Shift+ArrowRight", "PageDown", "PageUp", "Shift+ArrowLeft", "ArrowLeft", "End", "Home"];
  const moments = [];
  for (const key of keys) {
    moments.push(await press(key));
  }
  assert.deepEqual(moments, ["0/0/f0", "0/0/f1", "0/1/f1", "1/1/f1", "0/1/f1", "0/0/f1", "0/0/f0", "9/2/f0", "0/0/f0"]);
  await close();
});

test("the timeline plays, pauses, and stops when a setting changes", async () => {
  const { page, lab, button, at, close } = await openTimeline();
  await lab.getByRole("combobox", { name: "speed" }).selectOption("fast");
  await button("Play").click();
  await lab.locator(".phase").filter({ hasText: /^(forward|backward|update)/ }).waitFor();
  await button("Pause").click();
  const paused = await at();
  await page.waitForTimeout(1000);
  assert.deepEqual(await at(), paused);
  await button("Play").click();
  await lab.getByRole("textbox", { name: "learning rate, as a number" }).fill("0.02");
  await button("Play").waitFor();
  await close();
});

test("the place of a number that is not computed yet is empty", async () => {
  const { lab, button, close } = await openTimeline();
  const coloured = () =>
    read(lab.locator("canvas.graph"), (element) => {
      const canvas = /** @type {HTMLCanvasElement} */ (element);
      const { data } = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d")).getImageData(0, 0, canvas.width, canvas.height);
      let [values, gradients] = [0, 0];
      for (let place = 0; place < data.length; place += 4) {
        const [red = 0, , blue = 0] = data.subarray(place, place + 3);
        values += Number(blue > red + 60);
        gradients += Number(red > blue + 90);
      }
      return [values, gradients];
    });
  const [allValues = 0, allGradients = 0] = await coloured();
  await button("one operation forward").click();
  const [fewValues = 0, noGradients = 0] = await coloured();
  assert.ok(fewValues > 0 && fewValues < allValues && noGradients === 0 && allGradients > 0, `${fewValues} of ${allValues}, ${noGradients} of ${allGradients}`);
  await close();
});

test("the gradient of a value that is used twice is a sum", async () => {
  const { sentences, close } = await openTimeline({ path: "?model=loss%20%3D%20w*w%20%2B%20x*w&init=w%3D3&at=0/0/b3" });
  assert.deepEqual((await sentences()).slice(1), ["∂loss∂(ww)⋅∂(ww)∂w=1⋅w=1⋅3=3,∂loss∂w=1+3=4", "∂loss∂(ww)⋅∂(ww)∂w=1⋅w=1⋅3=3,∂loss∂w=4+3=7"]);
  await close();
});

test("what the output does not depend on is no share, and a first share is no sum", async () => {
  const { sentences, lab, close } = await openTimeline({ path: "?model=a%20%3D%20w*2%3B%20loss%20%3D%20w%5E2&init=w%3D3&at=0/0/b1" });
  assert.deepEqual((await sentences()).slice(1), ["∂loss∂w=∂loss∂loss⋅∂loss∂w=1⋅(2w)=1⋅6=6"]);
  assert.equal(await lab.locator(".update").isVisible(), false);
  await close();
});

test("a node under the pointer shows what it computes", async () => {
  const { lab, close } = await openTimeline();
  const canvas = lab.locator("canvas.graph");
  const box = await canvas.boundingBox();
  const said = async (/** @type {number} */ x, /** @type {number} */ y) => {
    await canvas.hover({ position: { x: x * (box?.width ?? 0), y: y * (box?.height ?? 0) } });
    return ((await lab.locator(".node").textContent()) ?? "").replace(/[\u2061\u2062]/g, "");
  };
  assert.equal(await said(0.29, 0.4), "y^=xw=1⋅1=1,∂loss∂y^=−2");
  assert.equal(await said(0.03, 0.58), "w=1,∂loss∂w=−2");
  assert.equal(await said(0.79, 0.4), "loss=s2=(−1)2=1,∂loss∂loss=1");
  await close();
});

test("moments in attributes and addresses are read, and errors in them are shown", async () => {
  const good = await openTimeline({ path: "?at=0/0/b1" });
  assert.match((await good.sentences())[1] ?? "", /^∂loss∂s=/);
  await good.close();
  const message = "`at`: the moment should have the form epoch/sample, such as 0/2, or with a phase 0/2/f1, 0/2/b1, 0/2/u.";
  for (const at of ["0/0/z9", "0/0/f", "0/0/f1/2", "b1"]) {
    const { lab, close } = await openTimeline({ path: `?at=${encodeURIComponent(at)}` });
    assert.equal(await lab.locator(".problem.general").textContent(), message);
    await close();
  }
  const beyond = await openTimeline({ path: "?at=0/0/f999" });
  assert.match((await beyond.sentences())[1] ?? "", /^loss=/);
  await beyond.close();
});

test("axe finds nothing in a phase, light and dark, wide and narrow", async () => {
  const { page, sentences, close } = await openTimeline({ ...FIRST_LOOK, path: "?at=0/0/b2" });
  assert.equal((await sentences()).length, 3);
  assert.deepEqual(await auditLooks(page), []);
  await close();
});
