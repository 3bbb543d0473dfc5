// The same deeds in three engines, and the same numbers, bit for bit.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, test } from "node:test";
import { VIEW, drivenPage, otherEngines } from "./engines.js";
import { THOROUGH, openBrowser } from "./harness.js";

const session = await openBrowser();
const chromium = drivenPage("Chromium", await session.browser.newPage(VIEW), session.close);
after(() => chromium.close());
const others = otherEngines();
const axe = await readFile(new URL("../../node_modules/axe-core/axe.min.js", import.meta.url), "utf8");

/** Random programs with what they have natively: a digest of all bits, or where machines round in their own ways the first loss. */
const golden = await readFile(new URL("../snapshots/programs.tsv", import.meta.url), "utf8");
const PROGRAMS = golden.trim().split("\n").map((row) => row.split("\t")).map(([precision = "", model = "", init = "", expected = ""]) => ({ program: [precision, model, JSON.parse(init)], expected }));

/** What is done in a page: its address, what is read there as plain data, and what it is given. */
const DEEDS = /** @type {[string, string, (...values: any[]) => unknown, ...unknown[]][]} */ ([
  ["the lesson is there, with its numbers", "index.html", lesson],
  ["the learning rate is dragged, and everything follows", "lab.html", drag],
  ["the timeline goes through the phases by keyboard", "lab.html?at=0/0/f1", timeline],
  ["another model, data and optimizer", "lab.html", retrain],
  ["bad input is answered", "lab.html", bad],
  ["pictures are drawn, and are SVG", "lab.html", pictures],
  ["the derivative shows its steps", "embed.html?element=derivative", derivative],
  ["the tensor's gradient is 4.5", "embed.html?element=autograd&pick=0,0", tensors],
  ["the exercise is solved", "embed.html?element=exercise", exercise],
  ["the address follows, and goes back", "lab.html", address],
  ["runs are pinned, and compared", "lab.html", pinned],
  ["data is pasted as a table, and refused with its row", "lab.html", pasted],
  ["the program is listed in both languages", "lab.html?at=0/0/b1", listed],
  ["parts are shown, and locked", "lab.html", arranged],
  ["one file opens from a disk", new URL("../../dist/downhill.html", import.meta.url).href, lesson],
  ["the short road is walked", "two-minutes.html", road],
  ["the ten exercises are answered", "exercises.html?seed=7", road],
  ["the second lesson’s road is walked", "networks.html", road],
  ["a network learns, and is asked", "embed.html?element=network&preset=convnet", network],
  ["a network writes", "embed.html?element=text&layers=2&channels=12", writer],
  ["a few strokes are learned", "embed.html?element=segment&data=scenes&kind=plain&layers=1&channels=4&copies=none", segment],
  ["200 seeded runs have the same bits", "lab.html", seeded],
  ["500 programs of tensors have the same bits, compiled and interpreted", "lab.html", computed, PROGRAMS.map(({ program }) => program)],
]);

/** Firefox runs the other suites as well, so there it is tried what they don't. */
const ONLY_HERE = ["one file opens from a disk", "a network learns, and is asked", "a network writes", "a few strokes are learned", "200 seeded runs have the same bits", "500 programs of tensors have the same bits, compiled and interpreted"];

/** @param {string} name of an engine */
function deedsFor(name) {
  return name === "Firefox" && !THOROUGH ? DEEDS.filter(([title]) => ONLY_HERE.includes(title)) : DEEDS;
}

/** @typedef {(typeof DEEDS)[number]} Deed */

/** @param {import("./engines.js").Engine} engine @param {Deed} deed */
async function done(engine, [, path, work, ...values]) {
  await engine.open(new URL(path, session.address).href);
  return engine.run(work, ...values);
}

/** What Chromium answers, which is asked once. @type {Map<string, unknown>} */
const answers = new Map();

/** @param {Deed} deed */
async function inChromium(deed) {
  if (!answers.has(deed[0])) {
    answers.set(deed[0], await done(chromium, deed));
  }
  return answers.get(deed[0]);
}

for (const { name, open } of others) {
  test(`${name} does what Chromium does`, async (context) => {
    const engine = await open();
    try {
      for (const deed of deedsFor(name)) {
        await context.test(deed[0], async () => {
          const expected = await inChromium(deed);
          assert.deepEqual(await done(engine, deed), expected);
        });
      }
      for (const path of ["index.html", "lab.html", "embed.html?element=derivative", "embed.html?element=exercise", "embed.html?element=network"]) {
        await context.test(`axe finds nothing in ${path}`, async () => {
          await engine.open(session.address + path);
          await engine.run(settled);
          await engine.inject(axe);
          assert.deepEqual(await engine.run(audit), []);
        });
      }
    } finally {
      await engine.close();
    }
  });
}

test("500 programs of tensors have in Chromium what they have natively", async () => {
  const results = /** @type {{ loss: string, digest: string }[]} */ (await inChromium(/** @type {Deed} */ (DEEDS.find((deed) => deed[2] === computed))));
  assert.equal(results.length, 500);
  for (const [place, { loss, digest }] of results.entries()) {
    const { program, expected } = /** @type {typeof PROGRAMS[number]} */ (PROGRAMS[place]);
    const isSame = digest === expected || Math.abs(Number(loss) - Number(expected)) <= 1e-6 * Math.abs(Number(loss)) || loss === expected;
    assert.ok(isSame, `${program}: ${digest} and ${loss}, natively ${expected}`);
  }
});

/* What follows runs in the page, so each function stands alone. */

/** Goes through the page, again where a part was passed before it was drawn. */
async function settled() {
  // A question has few words of its own, the others many.
  const words = (/** @type {Element} */ element) => (element.localName === "downhill-question" ? 5 : 100);
  const isBare = (/** @type {Element} */ element) => element.localName.startsWith("downhill-") && (element.shadowRoot?.textContent ?? "").length < words(element);
  const height = () => document.body.scrollHeight;
  for (let gone = 0; gone < height() || [...document.querySelectorAll("main *")].some(isBare); gone += innerHeight / 2) {
    scrollTo(0, gone % height());
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await new Promise((resolve) => setTimeout(resolve, 700));
}

async function audit() {
  const { violations } = await /** @type {any} */ (globalThis).axe.run();
  return violations.map((/** @type {any} */ { id, nodes }) => `${id}: ${nodes.map((/** @type {any} */ { html }) => html.slice(0, 200)).join(" ")}`);
}

async function lesson() {
  const ready = () => /** @type {any} */ (document.querySelector("#lab"))?.run;
  while (!ready()) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await new Promise((resolve) => setTimeout(resolve, 500));
  const numbers = [...document.querySelectorAll("data")].map(({ textContent }) => textContent);
  const sections = [...document.querySelectorAll("main > section h2")].map(({ textContent }) => textContent);
  return { numbers, sections, wide: document.documentElement.scrollWidth <= innerWidth };
}

/** Forty steps of the ConvNet, bit for bit, and what it says of a test picture. */
async function network() {
  const until = async (/** @type {() => any} */ found) => {
    while (!found()) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return found();
  };
  const element = await until(() => document.querySelector("downhill-network"));
  const { steps: before } = await until(() => element.run?.test && element.run);
  element.step(40);
  const { steps, losses, weights, test } = await until(() => element.run.test?.step === 40 && element.run);
  const button = (/** @type {string} */ name) => [...element.shadowRoot.querySelectorAll(".ask-view button")].find(({ textContent }) => textContent === name);
  button("Next").click();
  const said = await until(() => /The network says .*/.exec(element.shadowRoot.querySelector(".ask-view").textContent)?.[0]);
  return { before, steps, test, losses: [...losses], weights: [...weights].slice(0, 200), said };
}

/** Twenty steps of a small network for text, bit for bit, and what it writes then. */
async function writer() {
  const until = async (/** @type {() => any} */ found) => {
    while (!found()) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return found();
  };
  const element = await until(() => document.querySelector("downhill-text"));
  await until(() => element.run?.test);
  element.step(20);
  const { losses, test } = await until(() => element.run.test?.step === 20 && element.run);
  element.shadowRoot.querySelector(".writing input").scrollIntoView();
  const written = await until(() => element.shadowRoot.querySelector(".sample").textContent);
  return { losses: [...losses], test, written };
}

/** Twenty steps from seeded strokes, bit for bit, and how many pixels of the test are right then. */
async function segment() {
  const until = async (/** @type {() => any} */ found) => {
    while (!found()) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return found();
  };
  const element = await until(() => document.querySelector("downhill-segment"));
  await until(() => element.run?.test);
  const button = (/** @type {string} */ name) => [...element.shadowRoot.querySelectorAll("button")].find(({ textContent }) => textContent === name);
  button("Paint some strokes for me").click();
  await until(() => element.run.steps > 0);
  button("Reset").click();
  await until(() => element.run?.steps === 0 && element.run.test);
  element.step(20);
  const { losses, test, weights } = await until(() => element.run.test?.step === 20 && element.run);
  const missing = element.shadowRoot.querySelector(".status").textContent.includes("Paint at least");
  return { losses: [...losses], test, weights: [...weights], missing };
}

/** Answers every question with its second choice or the number 1, then lets it be shown. */
async function road() {
  const until = async (/** @type {() => any} */ found) => {
    while (!found()) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return found();
  };
  const seen = [];
  // Exercises are made by a script.
  await until(() => document.querySelector("downhill-question"));
  for (const question of /** @type {NodeListOf<any>} */ (document.querySelectorAll("downhill-question"))) {
    const button = (/** @type {string} */ text) => [...(question.shadowRoot?.querySelectorAll("button") ?? [])].find(({ textContent }) => textContent === text);
    // What is drawn above it may move it out of sight again.
    await until(() => (question.scrollIntoView(), button("Show me")?.disabled === false));
    const [choice, field] = [question.shadowRoot.querySelectorAll(".room button")[1], question.shadowRoot.querySelector("input[type=text]")];
    if (field) {
      field.value = "1";
      field.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
    }
    (choice ?? button("Check")).click();
    seen.push(question.shadowRoot.querySelector(".feedback").textContent);
    button("Show me").click();
    seen.push(question.shadowRoot.querySelector(".feedback").textContent, question.state);
  }
  const summary = () => document.querySelector(".summary [role=status]")?.textContent;
  return [...seen, await until(() => (document.querySelector(".summary")?.scrollIntoView(), summary()))];
}

async function address() {
  const lab = /** @type {any} */ (document.querySelector("#lab"));
  while (!lab.run) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const field = lab.shadowRoot.querySelector(".lr input[type=text]");
  const seen = [];
  for (const text of ["0.1", "0.2"]) {
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
    seen.push(location.search);
  }
  history.back();
  while (location.search === seen[1] || lab.state.lr === 0.2) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return [...seen, location.search, lab.state.lr];
}

async function pinned() {
  const lab = /** @type {any} */ (document.querySelector("#lab"));
  while (!lab.run) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const pin = [...lab.shadowRoot.querySelectorAll("button")].find((button) => button.textContent === "Pin this run");
  for (const lr of [0.02, 0.3, 0.1]) {
    lab.state = { lr };
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    pin.click();
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  }
  const rows = () => [...lab.shadowRoot.querySelectorAll(".compare tr")];
  while (rows().length < 5) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return rows().map((row) => row.textContent);
}

async function pasted() {
  const lab = /** @type {any} */ (document.querySelector("#lab"));
  while (!lab.run) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const field = [...lab.shadowRoot.querySelectorAll("textarea")].find((area) => area.labels[0]?.textContent.startsWith("data"));
  const seen = [];
  for (const text of ["x;y\n1;2,5\n2;5", "x,y\n1,2\n2,two", "x,y\n1,2\n2"]) {
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    seen.push([lab.state.data, field.value, [...lab.shadowRoot.querySelectorAll(".problem")].map((line) => line.textContent).filter(Boolean)]);
  }
  return seen;
}

async function listed() {
  const lab = /** @type {any} */ (document.querySelector("#lab"));
  while (!lab.shadowRoot?.querySelector("canvas.graph")?.getAttribute("aria-label").includes("nodes")) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const code = lab.shadowRoot.querySelector("details.code");
  code.open = true;
  const seen = [];
  for (const language of ["Python", "PyTorch"]) {
    const select = code.querySelector("select");
    select.value = language;
    select.dispatchEvent(new Event("change", { bubbles: true }));
    await new Promise((resolve) => setTimeout(resolve, 100));
    seen.push([code.querySelector("pre").textContent, code.querySelector("mark")?.textContent ?? ""]);
  }
  return seen;
}

async function arranged() {
  const lab = /** @type {any} */ (document.querySelector("#lab"));
  while (!lab.run) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  lab.setAttribute("views", "lr curve trace init");
  lab.setAttribute("lock", "init");
  // The trace is fetched after the first picture.
  while (!lab.shadowRoot.querySelector(".trace")) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  const shown = [...lab.shadowRoot.querySelectorAll("h2, label, summary")].filter((each) => each.getClientRects().length > 0).map((each) => each.textContent);
  return [shown, [...lab.shadowRoot.querySelectorAll("input")].filter((each) => each.disabled).length];
}

async function drag() {
  const lab = /** @type {any} */ (document.querySelector("#lab"));
  while (!lab.run) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const root = lab.shadowRoot;
  const range = root.querySelector(".lr input[type=range]");
  const seen = [];
  for (const position of [-150, -75, -32, -5, 0]) {
    range.value = String(position);
    range.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    seen.push([lab.state.lr, root.querySelector(".status").textContent, root.querySelector(".verdict").textContent, lab.trace]);
  }
  return seen;
}

async function timeline() {
  const lab = /** @type {any} */ (document.querySelector("#lab"));
  while (!lab.shadowRoot?.querySelector("canvas.graph")?.getAttribute("aria-label").includes("nodes")) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const seen = [];
  for (let count = 0; count < 12; count += 1) {
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    seen.push([lab.state.at, lab.shadowRoot.querySelector(".step").textContent]);
    [...lab.shadowRoot.querySelectorAll(".inside button")][2].click();
  }
  return seen;
}

async function retrain() {
  const lab = /** @type {any} */ (document.querySelector("#lab"));
  while (!lab.run) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  lab.state = { model: "h = tanh(a*x + b)\ny_hat = v*h + c\nloss = (y_hat - y)^2", data: { x: [-1, 0, 1, 2], y: [0.5, -0.25, 1, 2] }, optimizer: "adam", lr: 0.05, epochs: 50, batch: 2, shuffle: true, seed: 11, init: { a: 0.5, b: 0, v: -0.5, c: 0.25 } };
  const names = () => [...lab.shadowRoot.querySelectorAll(".initials label")].map((/** @type {Element} */ label) => label.textContent);
  while (names().length < 4) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return { names: names(), trace: lab.trace, weights: [...lab.run.weights] };
}

async function bad() {
  const lab = /** @type {any} */ (document.querySelector("#lab"));
  while (!lab.run) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const said = [];
  for (const [name, text] of [["lr", "abc"], ["lr", "-1"], ["model", "loss = (x*w - y"], ["model", "loss = sigmod(x*w)"], ["data", "x = 1, two"], ["epochs", "1e9"], ["init", "w"], ["optimizer", "toString"], ["at", "1/2/3/4"]]) {
    lab.setAttribute(name, text);
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    said.push([...lab.shadowRoot.querySelectorAll(".problem")].map((/** @type {Element} */ line) => line.textContent).filter(Boolean));
    lab.removeAttribute(name);
  }
  return said;
}

async function pictures() {
  const lab = /** @type {any} */ (document.querySelector("#lab"));
  while (!lab.run) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const canvases = () => /** @type {HTMLCanvasElement[]} */ ([...lab.shadowRoot.querySelectorAll("canvas")]);
  const isDrawn = (/** @type {HTMLCanvasElement} */ canvas) => canvas.width > 0 && canvas.height > 0 && canvas.hasAttribute("aria-label");
  do {
    await new Promise((resolve) => setTimeout(resolve, 700));
    // The graph is among the pictures that come last.
  } while (!lab.shadowRoot.querySelector("canvas.graph[aria-label*=nodes]") || !canvases().every(isDrawn));
  return canvases().map((canvas) => {
    const { data } = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d")).getImageData(0, 0, canvas.width, canvas.height);
    const colours = new Set(new Uint32Array(data.buffer));
    return [canvas.className, colours.size > 3, (canvas.getAttribute("aria-label") ?? "").length > 20];
  });
}

async function derivative() {
  while (!document.querySelector("downhill-derivative")?.shadowRoot?.querySelector(".lines li")) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const element = /** @type {any} */ (document.querySelector("downhill-derivative"));
  const root = element.shadowRoot;
  const math = root.querySelector(".result mfrac").getBoundingClientRect();
  return { lines: [...root.querySelectorAll(".lines li")].map((/** @type {Element} */ line) => line.textContent), value: root.querySelector(".value").textContent, tall: math.height > 30 };
}

async function tensors() {
  while (!document.querySelector("downhill-autograd")?.shadowRoot?.querySelector(".grid")) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const element = /** @type {any} */ (document.querySelector("downhill-autograd"));
  return [element.shadowRoot.querySelector("pre").textContent, element.shadowRoot.querySelector(".way").textContent];
}

async function exercise() {
  while (!document.querySelector("downhill-exercise")?.shadowRoot?.querySelector(".question")) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const element = /** @type {any} */ (document.querySelector("downhill-exercise"));
  const said = [];
  for (const [index, answer] of ["2", "-2", "4", "-4", "1", "4/2", "-4", "-2", "-8"].entries()) {
    const field = element.shadowRoot.querySelectorAll("[data-answer]")[index];
    field.value = answer;
    field.dispatchEvent(new Event("change", { bubbles: true, composed: true }));
    said.push(element.shadowRoot.querySelectorAll(".feedback")[index].textContent);
  }
  return { said, result: element.result };
}

async function seeded() {
  const { load } = await import(new URL("www/downhill.js", document.baseURI).href);
  const downhill = await load();
  const models = ["y_hat = x*w + b\nloss = (y_hat - y)^2", "h = tanh(w*x + b)\nloss = (v*h - y)^2", "z = w*x + b\nloss = softplus(z) - sigmoid(y)*z", "loss = (exp(w*x/4) + sin(b*x) - y)^2", "loss = abs(w*x - y)^1.5 + log(1 + b^2)"];
  const optimizers = ["sgd", "adagrad", "rmsprop", "adam", "adamw"];
  const digests = [];
  for (let seed = 0; seed < 200; seed += 1) {
    const run = downhill.train({ model: models[seed % 5], optimizer: optimizers[Math.floor(seed / 5) % 5], data: { x: [0.5, -1, 2, 1.5], y: [1, 0.25, -0.5, 3] }, lr: 0.01 + (seed % 7) / 50, epochs: 20, batch: 1 + (seed % 4), shuffle: seed % 2 === 1, seed });
    const bits = new BigUint64Array(run.weights.buffer.slice(0), 0, run.weights.length);
    let digest = 14695981039346656037n;
    for (const word of [...bits, ...new BigUint64Array(Float64Array.from(run.losses).buffer)]) {
      digest = BigInt.asUintN(64, (digest ^ word) * 1099511628211n);
    }
    digests.push(digest.toString(16));
  }
  return digests;
}

/**
 * Three steps of each program and then all tensors of a sample: the first loss, and the digest of all numbers, which compiled code and
 * the interpreter share.
 * @param {[precision: string, model: string, init: object][]} programs
 */
async function computed(programs) {
  const { load } = await import(new URL("www/downhill.js", document.baseURI).href);
  const downhill = await load();
  const digest = (/** @type {number[]} */ numbers) => {
    const bits = new BigUint64Array(Float64Array.from(numbers, (number) => (Number.isNaN(number) ? NaN : number)).buffer);
    return bits.reduce((digest, word) => BigInt.asUintN(64, (digest ^ word) * 1099511628211n), 14695981039346656037n).toString(16).padStart(16, "0");
  };
  const results = [];
  for (const [precision, model, init] of programs) {
    const [machine, interpreter] = [true, false].map((compiled) => {
      const network = downhill.network({ model, data: { s: [1, -0.5, 0.25, 2, -1.5] }, init, batch: 5, precision, compiled });
      // One by one, because a step without a finite loss ends the others.
      const losses = [0, 1, 2].flatMap(() => [...network.step(1, 0.01)]);
      const numbers = [...losses, ...Object.values(network.weights).flat(9), ...Object.values(network.gradients).flat(9)];
      for (const line of model.split("; ")) {
        const { value, gradient } = network.inspect(line.split(" ", 1)[0], 3);
        numbers.push(...[value].flat(9), ...(gradient === null ? [] : [gradient].flat(9)));
      }
      network.free();
      // A text, because not every driver brings NaN home.
      return { loss: String(numbers[0]), digest: digest(numbers) };
    });
    if (machine?.digest !== interpreter?.digest) {
      throw new Error(`${model}: compiled ${machine?.digest}, interpreted ${interpreter?.digest}`);
    }
    results.push({ ...machine });
  }
  return results;
}
