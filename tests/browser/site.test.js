// The page as a site: its address, its frame, its one file, offline, and hostile visitors.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { ENGINE, THOROUGH, drawn, eventually, openBrowser, openPage, typeOver } from "./harness.js";
import { openLab } from "./labpage.js";

const session = await openBrowser();
after(() => session.close());

test("the address contains the state, and back and forward restore earlier states", async () => {
  const { page, rateField, state, close } = await openLab(session);
  for (const text of ["0.1", "0.2"]) {
    await typeOver(rateField, text);
    await rateField.press("Enter");
    await rateField.blur();
  }
  await page.waitForURL(/lab\.html\?lr=0\.2&v=1$/);
  const rate = async () => (await state()).lr;
  await page.goBack();
  await eventually(rate, 0.1);
  await page.goBack();
  await eventually(rate, 0.01);
  await page.goForward();
  await eventually(rate, 0.1);
  await eventually(() => rateField.inputValue(), "0.1");
  await close();
});

test("a shared link gives another page the same state", async () => {
  const one = await openLab(session, { path: "?optimizer=adam&lr=0.1&epochs=20&weightDecay=0.01" });
  await one.lab.getByRole("button", { name: "Share …" }).click();
  const dialog = one.lab.getByRole("dialog", { name: "Share this lab" });
  await eventually(async () => (await dialog.getByRole("textbox").first().inputValue()) !== "", true);
  const [link = "", frame = "", element = ""] = await dialog.getByRole("textbox").evaluateAll((fields) => fields.map((field) => /** @type {HTMLTextAreaElement} */ (field).value));
  assert.match(link, /lab\.html\?lr=0\.1&epochs=20&optimizer=adam&weightDecay=0\.01&v=1$/);
  const two = await openLab(session, { path: new URL(link).search });
  assert.deepEqual(await two.state(), await one.state());
  await two.close();
  const attributes = (/** @type {string} */ html, /** @type {string} */ name) => one.page.evaluate(([html = "", name = ""]) => {
    const found = new DOMParser().parseFromString(html, "text/html").querySelector(name);
    return Object.fromEntries([...(found?.attributes ?? [])].map(({ name, value }) => [name, value]));
  }, [html, name]);
  assert.deepEqual(await attributes(element, "downhill-lab"), { lr: "0.1", epochs: "20", optimizer: "adam", "weight-decay": "0.01" });
  assert.match((await attributes(frame, "iframe")).src ?? "", /embed\.html\?lr=0\.1&epochs=20/);
  await one.close();
});

/** In the middle of the lessons and at their end: what stands above grows while it is drawn. */
const SECTIONS = ["index.html#passes", "networks.html#causal", "networks.html#next"];

/** @param {string} path of a page, with a section */
async function openSection(path) {
  const opened = await openPage(session, { path });
  const top = () => opened.page.locator(`#${path.split("#")[1]} h2`).first().evaluate((heading) => Math.round(heading.getBoundingClientRect().top));
  await opened.page.waitForLoadState("networkidle");
  await eventually(async () => (await top()) >= 0 && (await top()) < 200, true);
  return { ...opened, top };
}

test("a link to a section leads to its heading", async () => {
  for (const path of SECTIONS) {
    await (await openSection(path)).close();
  }
});

test("a section that a link led to does not follow the reader who goes on", async () => {
  const { page, top, close } = await openSection("index.html#passes");
  const held = await top();
  await page.mouse.move(200, 400);
  await page.mouse.wheel(0, -400);
  await eventually(top, held + 400);
  const grow = () => page.evaluate(() => document.querySelector("footer")?.append("A page may grow. ".repeat(1000)));
  await grow();
  await page.evaluate(drawn);
  assert.equal(await top(), held + 400);
  // So a browser tells that it went back to where the reader was.
  await page.evaluate(() => dispatchEvent(new HashChangeEvent("hashchange")));
  await grow();
  await page.evaluate(drawn);
  assert.equal(await top(), held + 400);
  await close();
});

/** The most that may move while a page opens: what web.dev/articles/cls calls good. */
const SHIFT = 0.1;

test("hardly anything moves while a page opens", { skip: ENGINE === "firefox" && "only Chromium tells what moves" }, async () => {
  for (const path of ["index.html", "lab.html", "networks.html", "two-minutes.html"]) {
    for (const width of [1280, 360]) {
      const { page, close } = await openPage(session, { path, viewport: { width, height: 900 } });
      await page.waitForLoadState("networkidle");
      const shift = await page.evaluate(() => new Promise((resolve) => {
        new PerformanceObserver((list) => resolve(list.getEntries().reduce((sum, entry) => sum + /** @type {any} */ (entry).value, 0))).observe({ type: "layout-shift", buffered: true });
        setTimeout(() => resolve(0), 1000);
      }));
      assert.ok(/** @type {number} */ (shift) < SHIFT, `${path} at ${width}: ${shift}`);
      await close();
    }
  }
});

test("a refused clipboard leaves the text selected", async () => {
  const { page, lab, close } = await openLab(session, { prepare: (page) => page.addInitScript(() => Object.defineProperty(navigator, "clipboard", { value: undefined })) });
  await lab.getByRole("button", { name: "Share …" }).click();
  await lab.getByRole("button", { name: "copy: Link" }).click();
  await lab.getByText("the clipboard can’t be used here; copy the selected text").waitFor();
  assert.ok(await page.evaluate(() => {
    const field = /** @type {HTMLTextAreaElement} */ (document.querySelector("#lab")?.shadowRoot?.activeElement);
    return field.selectionEnd - field.selectionStart === field.value.length && field.value.length > 10;
  }));
  await close();
});

/** Addresses of other times: each still means what it meant, or says what it no longer does. */
const ADDRESSES = /** @type {const} */ ([
  ["?lr=0.02&epochs=5", { lr: 0.02, epochs: 5 }, ""],
  ["?lr=0.02&v=1", { lr: 0.02 }, ""],
  ["?weight-decay=0.5&optimizer=adamw", { weightDecay: 0.5, optimizer: "adamw" }, ""],
  ["?lr=0.02&lr=0.5", { lr: 0.02 }, ""],
  ["?lr=0.02&v=7", { lr: 0.02 }, "This address was made by a later version of Downhill (version 7); the settings that this version knows were used."],
  ["?lr=0.02&v=x", { lr: 0.02 }, "The version in this address can’t be read; the address was read as one of version 1."],
  ["?__proto__=1&constructor=2&unknown=3", { lr: 0.01 }, ""],
  ["?model=y_hat+%3D+x*w%0Aloss+%3D+(y_hat+-+y)%5E2&data=x=1,2;y=3,4", { data: { x: [1, 2], y: [3, 4] } }, ""],
]);

test("old, new and odd addresses", async () => {
  for (const [path, expected, said] of ADDRESSES) {
    const { lab, state, close } = await openLab(session, { path });
    const found = await state();
    assert.deepEqual(Object.fromEntries(Object.keys(expected).map((key) => [key, found[key]])), expected, path);
    assert.equal(await lab.locator(".problem.general").textContent(), said, path);
    await close();
  }
});

test("an address of 100 kB is not read, and a message says so", async () => {
  const { lab, state, close } = await openLab(session, { prepare: (page) => page.addInitScript(() => location.protocol === "http:" && history.replaceState(null, "", `?lr=0.5&model=${"x".repeat(100_001)}`)) });
  assert.equal((await state()).lr, 0.01);
  assert.match((await lab.locator(".problem.general").textContent()) ?? "", /^This address has 100\d+ characters and was not read; the limit is 100000\.$/);
  await close();
});

/** Texts that try to be more than texts. */
const HOSTILE = [
  "<script>pwned=1</script>", "\"><img src=x onerror=pwned=1>", "javascript:pwned=1", "${pwned=1}", "{{constructor.constructor('pwned=1')()}}",
  "__proto__", "constructor", "toString", "__proto__[polluted]=1", "x=__proto__", "{\"__proto__\":{\"polluted\":1}}",
  "\u0000", "\uD800", "\u202Etxt", "NaN", "Infinity", "-0", "1e999", "0x10", "1_000", "١٢٣", " ", "'", "`", "\\", "%00", "%", "%E0%A4%A", "..//..//etc/passwd", "w".repeat(5000),
  "(".repeat(3000), "x^99999999", "1e308*1e308", "sin(".repeat(300), "=".repeat(50), ";;;;", "a=b=c", "x=1;x=2", ",".repeat(999), "x=1,2;y=",
];

/** The same where a name, a value or a program is expected. */
const PAYLOADS = ["", "x = ", "w = ", "loss = ", "y_hat = x*w\nloss = "].flatMap((start) => HOSTILE.map((text) => start + text));

test("hostile texts at every attribute: nothing is executed, and the page still works", async () => {
  const { page, lab, rateField: rate, state, close } = await openLab(session);
  const tried = await lab.evaluate(async (/** @type {any} */ element, texts) => {
    const names = element.constructor.observedAttributes;
    for (const name of names) {
      for (const text of texts) {
        element.setAttribute(name, text);
      }
      element.removeAttribute(name);
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    return names.length * texts.length;
  }, PAYLOADS);
  assert.ok(PAYLOADS.length >= 200 && tried >= 4600, `${PAYLOADS.length} texts, ${tried} tried`);
  await rate.fill("0.03");
  assert.equal((await state()).lr, 0.03);
  assert.deepEqual(await page.evaluate(() => [/** @type {any} */ (globalThis).pwned, /** @type {any} */ ({}).polluted, Object.keys(Object.prototype)]), [undefined, undefined, []]);
  await close();
});

test("a frame reports its height and its state, and responds only to the page that contains it", async () => {
  // The page around it is of another origin.
  const page = await (await session.browser.newContext()).newPage();
  const heard = await page.evaluate(async (src) => {
    const frame = Object.assign(document.createElement("iframe"), { src, width: "600" });
    const heard = /** @type {any[]} */ ([]);
    addEventListener("message", (event) => event.source === frame.contentWindow && heard.push(event.data));
    const wait = async (/** @type {(message: any) => boolean} */ is) => {
      while (!heard.some(is)) {
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      return heard.find(is);
    };
    document.body.append(frame);
    const ready = await wait(({ type }) => type === "downhill:ready");
    await wait(({ type }) => type === "downhill:resize");
    const tell = (/** @type {unknown} */ message) => frame.contentWindow?.postMessage(message, "*");
    for (const message of [null, 1, "text", [], {}, { type: 1 }, { type: "other" }, { type: "downhill:eval" }, { type: "downhill:set" }, { type: "downhill:set", state: [] }, { type: "downhill:set", state: JSON.parse('{"__proto__": {"polluted": 1}, "constructor": 1}') }, { type: "downhill:set", state: { lr: "0.1" } }]) {
      tell(message);
    }
    tell({ type: "downhill:set", state: { lr: 0.5, epochs: 7 } });
    const { state } = await wait((message) => message.type === "downhill:state" && message.state.lr === 0.5);
    // Another frame of the page is not the page.
    const stranger = Object.assign(document.createElement("iframe"), { srcdoc: "<script>parent.frames[0].postMessage({ type: 'downhill:set', state: { lr: 0.9 } }, '*')</script>" });
    document.body.append(stranger);
    await new Promise((resolve) => setTimeout(resolve, 300));
    tell({ type: "downhill:get" });
    const states = () => heard.filter(({ type }) => type === "downhill:state").map(({ state }) => state.lr);
    const before = states().length;
    await wait(() => states().length > before);
    const errors = heard.filter(({ type }) => type === "downhill:error").map(({ message }) => message);
    const embedly = heard.filter((message) => typeof message === "string").map((text) => JSON.parse(text)).at(-1);
    const { height } = heard.findLast(({ type }) => type === "downhill:resize");
    return { ready: ready.state.lr, height, embedly, state, errors, last: states().at(-1), heardStranger: states().includes(0.9), polluted: /** @type {any} */ ({}).polluted };
  }, `${session.address}embed.html?views=lr,curve&lr=0.05`);
  assert.equal(heard.ready, 0.05);
  assert.ok(heard.height > 300 && heard.height < 1200, String(heard.height));
  assert.deepEqual([heard.embedly.context, heard.embedly.height > 300], ["iframe.resize", true]);
  assert.deepEqual([heard.state.lr, heard.state.epochs], [0.5, 7]);
  assert.deepEqual(heard.errors, [
    "there is no message `downhill:eval`; the messages are downhill:get, downhill:result, downhill:set",
    "`downhill:set` needs a state, which is an object of settings",
    "`downhill:set` needs a state, which is an object of settings",
  ]);
  assert.deepEqual([heard.last, heard.heardStranger, heard.polluted], [0.5, false, undefined]);
  await page.context().close();
});

test("a quiz in a frame gives no help, and reports its result", async () => {
  const { page, close } = await openPage(session, { path: "embed.html?element=exercise&quiz" });
  const exercise = page.locator("downhill-exercise");
  const field = exercise.getByRole("textbox", { name: "value of y_hat", exact: true });
  await field.fill("3");
  await field.press("Enter");
  await exercise.getByText("Not right.").waitFor();
  assert.equal(await exercise.getByRole("button").count(), 0);
  await close();
});

/** How often a lab is mounted; only Chromium tells whether memory is left behind. */
const MOUNTS = THOROUGH ? 1000 : ENGINE === "chromium" ? 300 : 30;

test("two labs, in a shadow root, in a hidden place, and mounted again and again", async () => {
  const { page, lab, close } = await openLab(session);
  const measured = await page.evaluate(async (mounts) => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    // Only Chromium tells its heap.
    const memory = () => {
      /** @type {any} */ (globalThis).gc?.();
      return /** @type {any} */ (performance).memory?.usedJSHeapSize ?? 0;
    };
    const host = document.createElement("div");
    host.attachShadow({ mode: "open" }).innerHTML = '<downhill-lab lr="0.2"></downhill-lab>';
    document.body.append(host);
    const hidden = Object.assign(document.createElement("div"), { hidden: true, innerHTML: '<downhill-lab lr="0.3"></downhill-lab>' });
    document.body.append(hidden);
    for (let count = 0; count < 20; count += 1) {
      await frame();
    }
    const rates = [host.shadowRoot, hidden].map((place) => /** @type {any} */ (place?.querySelector("downhill-lab")).run?.weights.length);
    const mount = async (/** @type {number} */ times) => {
      for (let count = 0; count < times; count += 1) {
        const lab = document.createElement("downhill-lab");
        document.body.append(lab);
        await frame();
        lab.remove();
      }
    };
    await mount(mounts / 3);
    const before = memory();
    await mount(mounts);
    return { rates, grown: memory() - before, left: document.querySelectorAll("downhill-lab").length };
  }, MOUNTS);
  assert.deepEqual(measured.rates, [30, 30]);
  assert.equal(measured.left, 2);
  assert.ok(measured.grown < 3e6, `${measured.grown} bytes in ${MOUNTS} mounts`);
  assert.ok(await lab.isVisible());
  await close();
});

test("one file opens from a disk and in a sandbox", async () => {
  const path = fileURLToPath(new URL("../../dist/downhill.html", import.meta.url));
  const page = await (await session.browser.newContext()).newPage();
  /** @type {string[]} */
  const problems = [];
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("request", (request) => !/^(file|data|blob|about):/.test(request.url()) && problems.push(request.url()));
  await page.goto(`file://${path}?lr=0.02`);
  const text = (/** @type {import("playwright-core").Page | import("playwright-core").Frame} */ place) => place.locator("#lab [part=trace]").filter({ hasText: "progress" }).textContent();
  assert.match((await text(page)) ?? "", /after training\) 4 hours 7\.99/);
  const links = await page.evaluate(() => [...document.querySelectorAll("a")].map((link) => link.getAttribute("href") ?? ""));
  assert.deepEqual(links.filter((link) => !link.startsWith("#")), [], "no other page lies beside it");
  await page.setContent('<iframe sandbox="allow-scripts" width="900" height="900"></iframe>');
  const html = await readFile(path, "utf8");
  await page.locator("iframe").evaluate((frame, html) => (/** @type {HTMLIFrameElement} */ (frame).srcdoc = html), html);
  const frame = page.frames().at(-1);
  assert.match((frame && (await text(frame))) ?? "", /after training\) 4 hours 7\.80/);
  assert.deepEqual(problems, []);
  await page.context().close();
});

test("after the first visit the site works offline, and requests nothing from other origins", async () => {
  const context = await session.browser.newContext();
  const page = await context.newPage();
  /** @type {string[]} */
  const others = [];
  context.on("request", (request) => !request.url().startsWith(session.address) && !request.url().startsWith("data:") && others.push(request.url()));
  await page.goto(`${session.address}lab.html`);
  // On one's own machine the page leaves this to whoever wants it.
  assert.equal(await page.evaluate(() => navigator.serviceWorker.getRegistration()), undefined);
  await page.evaluate(() => navigator.serviceWorker.register("sw.js").then(() => navigator.serviceWorker.ready));
  await context.setOffline(true);
  for (const name of ["lab.html?lr=0.03", "index.html", "embed.html?lr=0.03"]) {
    await page.goto(session.address + name);
    const lab = page.locator("downhill-lab").last();
    await lab.scrollIntoViewIfNeeded();
    await lab.locator("[part=trace]").filter({ hasText: "progress" }).waitFor();
  }
  assert.deepEqual(others, []);
  await context.close();
});

test("a module that can't be compiled, or has a wrong type, is reported", async () => {
  const answers = /** @type {const} */ ([
    [{ status: 404, body: "" }, "The engine could not be downloaded (the server answered 404). Check your connection, and load the page again."],
    [{ status: 200, contentType: "text/html", body: "<!doctype html>" }, "The file that was downloaded as the engine is not WebAssembly; the server sent something else. Load the page again, or tell the person who runs the site."],
  ]);
  for (const [answer, message] of answers) {
    const { page, problems } = await openPage(session, { path: "lab.html", prepare: (page) => page.route("**/*.wasm", (route) => route.fulfill(answer)) });
    await page.getByText(message).waitFor();
    assert.deepEqual(problems.filter((problem) => problem.startsWith("error")), []);
    await page.context().close();
  }
  const policy = "default-src 'self'; script-src 'self'; style-src 'self'";
  const { page } = await openPage(session, { path: "lab.html", prepare: (page) => page.route("**/lab.html", async (route) => route.fulfill({ response: await route.fetch(), headers: { "content-type": "text/html", "content-security-policy": policy } })) });
  await page.getByText("This page’s security policy forbids WebAssembly; its script-src needs 'wasm-unsafe-eval'.").waitFor();
  await page.context().close();
});

test("the page works with blocked storage", async () => {
  const { lab, close } = await openLab(session, { prepare: (page) => page.addInitScript(() => ["localStorage", "sessionStorage", "indexedDB", "caches"].forEach((name) => Object.defineProperty(globalThis, name, { get() { throw new DOMException("blocked", "SecurityError"); } }))) });
  await lab.locator("[part=trace]").filter({ hasText: "7.80" }).waitFor();
  await close();
});
