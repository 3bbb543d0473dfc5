// What is taken elsewhere: the npm package, pages of others, slides, a learning platform, a notebook.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { TRIED, eventually, openBrowser, typeOver } from "./harness.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const TYPES = /** @type {Record<string, string>} */ ({ ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".css": "text/css", ".wasm": "application/wasm", ".json": "application/json", ".svg": "image/svg+xml" });

const session = await openBrowser();
const folder = await mkdtemp(join(tmpdir(), "downhill-packages-"));

after(async () => {
  await session.close();
  await rm(folder, { recursive: true, force: true });
});

/** Serves a folder as any server would. @param {string} root */
async function serve(root) {
  const server = createServer(async ({ url = "/" }, response) => {
    const path = normalize(join(root, decodeURIComponent(url.split("?")[0] ?? "")));
    const body = path.startsWith(normalize(root)) ? await readFile(path).catch(() => undefined) : undefined;
    response.writeHead(body ? 200 : 404, { "content-type": TYPES[extname(path)] ?? "application/octet-stream" }).end(body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return { address: `http://127.0.0.1:${port}/`, close: () => server.close() };
}

/**
 * Opens a page of a folder; whatever goes wrong in it is an error of the test.
 * @param {string} root
 * @param {string} path
 * @param {(page: import("playwright-core").Page) => Promise<void>} work
 */
async function visit(root, path, work) {
  const server = await serve(root);
  const page = await (await session.browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
  /** @type {string[]} */
  const problems = [];
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("response", (response) => response.status() >= 400 && !response.url().endsWith("favicon.ico") && problems.push(`${response.status()} ${response.url()}`));
  await page.goto(server.address + path);
  await work(page);
  assert.deepEqual(problems, []);
  await page.context().close();
  server.close();
}

/** @param {string} program @param {string[]} options @param {string} cwd */
function run(program, options, cwd) {
  const { status, stdout, stderr } = spawnSync(program, options, { cwd, encoding: "utf8" });
  assert.equal(status, 0, stderr);
  return stdout;
}

test("the npm package is packed, installed, and imported in Node and in a page", async () => {
  const packed = JSON.parse(run("npm", ["pack", "--json", "--pack-destination", folder, join(ROOT, "dist/npm")], folder));
  const names = packed[0].files.map((/** @type {{ path: string }} */ { path }) => path);
  for (const name of ["downhill.js", "downhill.d.ts", "pkg/core_bg.wasm", "pkg/elements.css", "font/DownhillMath.woff2", "README.md", "LICENSE-MIT", "LICENSE-APACHE"]) {
    assert.ok(names.includes(name), name);
  }
  await writeFile(join(folder, "package.json"), '{ "name": "course", "private": true, "type": "module" }');
  run("npm", ["install", "--no-audit", "--no-fund", "--offline", join(folder, packed[0].filename)], folder);
  const program = `
    import { readFile } from "node:fs/promises";
    import { load } from "downhill-learn";
    const downhill = await load(await readFile(new URL(import.meta.resolve("downhill-learn/core_bg.wasm"))));
    console.log(downhill.differentiate("(x*w - y)^2", "w").derivative, downhill.train().losses[2]);`;
  assert.equal(run("node", ["--input-type=module", "-e", program], folder), "2*x*(x*w - y) 4.919240100095999\n");
  await tryReadme(folder, names);
  await writeFile(join(folder, "page.html"), '<!doctype html><title>course</title><script type="module" src="node_modules/downhill-learn/downhill.js"></script><downhill-lab lr="0.02"></downhill-lab>');
  await visit(folder, "page.html", async (page) => {
    await page.locator("downhill-lab [part=trace]").filter({ hasText: "4 hours 7.99" }).waitFor();
  });
});

/**
 * The package's README: its example prints what it says, and it points at nothing that the package does not have.
 * @param {string} folder in which the package is installed
 * @param {string[]} names of its files
 */
async function tryReadme(folder, names) {
  const readme = await readFile(join(folder, "node_modules/downhill-learn/README.md"), "utf8");
  const [code = "", printed = ""] = [...readme.matchAll(/(?:^(?: {4}.*)?\n)+/gm)].map(([block]) => block.replace(/^ {4}/gm, "").trim()).filter((block) => /^import|^predict/.test(block));
  assert.equal(run("node", ["--input-type=module", "-e", code], folder).trim(), printed);
  const targets = [...readme.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, target]) => target);
  assert.deepEqual(targets.filter((target) => !names.includes(target ?? "")), []);
}

test("a plain page with its own colours", async () => {
  await visit(ROOT, "examples/plain.html", async (page) => {
    await page.locator("downhill-lab .status").filter({ hasText: "After 30 epochs" }).waitFor();
    const styled = await page.locator("downhill-lab").evaluate((lab) => getComputedStyle(lab).getPropertyValue("--downhill-value").trim());
    assert.equal(styled, "#1d4ed8");
    assert.equal(await page.locator("downhill-lab .verdict").evaluate((text) => getComputedStyle(text).fontStyle), "italic");
    assert.ok(await page.locator("downhill-lab canvas.curve").isVisible());
    assert.ok(!(await page.locator("downhill-lab canvas.graph").isVisible()));
  });
});

test("slides: an element and a frame, both drawn when their slide comes", async () => {
  await visit(ROOT, "examples/reveal.html", async (page) => {
    await page.locator(".reveal.ready").waitFor();
    await page.keyboard.press("ArrowRight");
    const slider = page.locator("downhill-lab").getByRole("slider", { name: "learning rate" });
    await page.locator("downhill-lab .status").filter({ hasText: "After 10 epochs" }).waitFor();
    await slider.focus();
    await page.keyboard.press("ArrowRight");
    assert.equal(await page.locator("section.present > h2").textContent(), "As an element");
    await eventually(() => slider.getAttribute("aria-valuetext"), "learning rate 0.0102");
    await eventually(() => page.locator("downhill-lab canvas.landscape").evaluate((element) => {
      const canvas = /** @type {HTMLCanvasElement} */ (element);
      const isSized = canvas.width > 0 && canvas.height > 0;
      return isSized && new Set(new Uint32Array(canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data.buffer ?? new ArrayBuffer())).size > 3;
    }), true);
    await slider.blur();
    await page.keyboard.press("ArrowRight");
    await page.frameLocator("iframe").locator("downhill-lab canvas.curve").waitFor();
  });
});

test("a learning platform's frame gets the reported height", async () => {
  await visit(ROOT, "examples/platform.html", async (page) => {
    await page.frameLocator("iframe").locator("downhill-lab .status").filter({ hasText: "After 20 epochs" }).waitFor();
    await page.waitForFunction(() => {
      const frame = /** @type {HTMLIFrameElement} */ (document.querySelector("iframe"));
      const inside = frame.contentDocument?.body.getBoundingClientRect().height ?? 0;
      return inside > 200 && Math.abs(Number(frame.height) - inside) <= 1;
    });
  });
});

test("a new version takes over when no page of the old one is open, and versions never mix", async () => {
  const site = join(folder, "site");
  await cp(join(ROOT, "dist"), site, { recursive: true });
  const mark = async (/** @type {string} */ version) => {
    for (const name of ["lab.html", "www/page/page.css"]) {
      const text = await readFile(join(ROOT, "dist", name), "utf8");
      await writeFile(join(site, name), name.endsWith("html") ? text.replace("<title>", `<title>${version} `) : `${text}\nmain { --version: ${version}; }`);
    }
    const worker = await readFile(join(ROOT, "dist/sw.js"), "utf8");
    await writeFile(join(site, "sw.js"), worker.replace(/version: "\w+"/, `version: "${version}"`));
  };
  const server = await serve(site);
  const context = await session.browser.newContext();
  const seen = async (/** @type {import("playwright-core").Page} */ page) => {
    await page.goto(`${server.address}lab.html`);
    await page.locator("#lab [part=trace]").filter({ hasText: "progress" }).waitFor();
    return page.evaluate(() => [document.title.split(" ")[0], getComputedStyle(/** @type {Element} */ (document.querySelector("main"))).getPropertyValue("--version")]);
  };
  await mark("one");
  const first = await context.newPage();
  assert.deepEqual(await seen(first), ["one", "one"]);
  await first.evaluate(() => navigator.serviceWorker.register("sw.js").then(() => navigator.serviceWorker.ready));
  await mark("two");
  assert.deepEqual(await seen(first), ["one", "one"]);
  await first.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update();
    while (!registration.waiting) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  });
  assert.deepEqual(await seen(await context.newPage()), ["one", "one"]);
  const blank = await context.newPage();
  for (const page of context.pages().filter((page) => page !== blank)) {
    await page.close();
  }
  // The browser takes a while to notice that the last page is gone.
  await eventually(async () => {
    const page = await context.newPage();
    const versions = await seen(page);
    await page.close();
    assert.equal(versions[0], versions[1]);
    return versions;
  }, ["two", "two"]);
  await context.close();
  server.close();
});

test("the SCORM package reports its score to a platform, and continues where it stopped", async () => {
  run("python3", ["-m", "zipfile", "-e", join(ROOT, "dist/downhill-scorm.zip"), join(folder, "scorm")], folder);
  const manifest = await readFile(join(folder, "scorm/imsmanifest.xml"), "utf8");
  assert.match(manifest, /<schemaversion>1\.2<\/schemaversion>[\s\S]*adlcp:scormtype="sco" href="index\.html"/);
  await cp(join(ROOT, "node_modules/scorm-again/dist/scorm12.min.js"), join(folder, "scorm12.min.js"));
  await writeFile(join(folder, "platform.html"), '<!doctype html><title>platform</title><script src="scorm12.min.js"></script><script>window.API = new Scorm12API({ autocommit: false }); const kept = localStorage.getItem("kept"); if (kept) API.cmi.suspend_data = kept;</script><iframe src="scorm/index.html" width="1000" height="1200"></iframe>');
  await visit(folder, "platform.html", async (page) => {
    const value = (/** @type {string} */ name) => page.evaluate((name) => /** @type {any} */ (globalThis).API.cmi.core ? /** @type {any} */ (globalThis).API.lmsGetValue?.(name) ?? /** @type {any} */ (globalThis).API.LMSGetValue(name) : "", name);
    const exercise = page.frameLocator("iframe").locator("downhill-exercise");
    const answer = async (/** @type {string} */ name, /** @type {string} */ text) => {
      const field = exercise.getByRole("textbox", { name, exact: true });
      await field.fill(text);
      await field.press("Enter");
    };
    await answer("value of y_hat", "2");
    await answer("value of s", "5");
    assert.deepEqual([await value("cmi.core.score.raw"), await value("cmi.core.lesson_status")], ["11", "incomplete"]);
    for (const [name, text] of [["value of s", "-2"], ["value of loss", "4"], ["local derivative of loss with respect to s", "-4"], ["local derivative of s with respect to y_hat", "1"], ["local derivative of y_hat with respect to w", "2"], ["gradient of loss with respect to s", "-4"], ["gradient of loss with respect to y_hat", "-4"], ["gradient of loss with respect to w", "-8"]]) {
      await answer(name ?? "", text ?? "");
    }
    assert.equal(await value("cmi.core.lesson_status"), "completed");
    assert.ok(Number(await value("cmi.core.score.raw")) >= 80);
    const kept = await value("cmi.suspend_data");
    assert.deepEqual(Object.values(JSON.parse(kept)[0].answers), ["2", "-2", "4", "-4", "1", "2", "-4", "-4", "-8"]);
    await page.evaluate((kept) => localStorage.setItem("kept", kept), kept);
    await page.reload();
    await exercise.getByText("All 9 numbers are filled in; you found 9 of them yourself.").waitFor();
  });
});

/** Why a program of Python's is not tried here. @param {string} program */
function notHere(program) {
  if (!process.env.COURSE_PYTHON) {
    return `COURSE_PYTHON names no Python with ${program}`;
  }
  return TRIED;
}

test("a MyST page that Sphinx builds", { skip: notHere("Sphinx") }, async () => {
  const place = join(folder, "book");
  await cp(join(ROOT, "dist"), join(place, "extra/downhill"), { recursive: true });
  await cp(join(ROOT, "examples/myst.md"), join(place, "myst.md"));
  await writeFile(join(place, "conf.py"), 'extensions = ["myst_parser"]\nmaster_doc = "myst"\nhtml_extra_path = ["extra"]\nhtml_theme = "basic"\n');
  run(pythonOf(), ["-m", "sphinx", "-q", "-W", "-b", "html", ".", "built"], place);
  await visit(join(place, "built"), "myst.html", async (page) => {
    await page.locator("downhill-lab .status").filter({ hasText: "After 10 epochs" }).waitFor();
    assert.ok(await page.locator("downhill-lab canvas.landscape").isVisible());
  });
});

/** The Python in which notebooks and books are tried. */
function pythonOf() {
  const python = process.env.COURSE_PYTHON ?? "";
  return python.startsWith("/") ? python : join(ROOT, python);
}

test("the widget in JupyterLab: Python sets the state, a person changes it, Python reads it", { skip: notHere("JupyterLab") }, async () => {
  const place = join(folder, "notebooks");
  await cp(join(ROOT, "examples/notebook.ipynb"), join(place, "notebook.ipynb"));
  await cp(join(ROOT, "examples/downhill_widget.py"), join(place, "downhill_widget.py"));
  await cp(join(ROOT, "dist/downhill-widget.js"), join(place, "downhill-widget.js"));
  const port = 30_000 + Math.floor(Math.random() * 10_000);
  const server = spawn(pythonOf(), ["-m", "jupyterlab", "--no-browser", "--allow-root", `--port=${port}`, "--IdentityProvider.token=", "--LabApp.expose_app_in_browser=True", `--notebook-dir=${place}`], { cwd: place, stdio: "ignore", detached: true, env: { ...process.env, HOME: folder, JUPYTER_CONFIG_DIR: folder, IPYTHONDIR: join(folder, "ipython") } });
  try {
    const page = await (await session.browser.newContext({ viewport: { width: 1280, height: 1000 } })).newPage();
    const address = `http://127.0.0.1:${port}/lab/tree/notebook.ipynb`;
    for (let tries = 0; tries < 300 && !(await fetch(address).then(({ ok }) => ok, () => false)); tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    await page.goto(address);
    const runAll = () => page.evaluate(() => /** @type {any} */ (globalThis).jupyterapp.commands.execute("notebook:run-all-cells"));
    await page.locator(".jp-NotebookPanel .jp-CodeCell").first().waitFor({ timeout: 60_000 });
    await page.getByText("| Idle", { exact: false }).first().waitFor({ timeout: 60_000 }).catch(() => {});
    await runAll();
    const lab = page.locator("downhill-lab");
    await lab.locator(".status").filter({ hasText: "After 5 epochs" }).waitFor({ timeout: 60_000 });
    const rate = lab.getByRole("textbox", { name: "learning rate, as a number" });
    await typeOver(rate, "0.05");
    await rate.blur();
    await page.locator(".jp-CodeCell").nth(1).click({ position: { x: 5, y: 5 } });
    await page.evaluate(() => /** @type {any} */ (globalThis).jupyterapp.commands.execute("notebook:run-cell"));
    await page.locator(".jp-OutputArea-output").filter({ hasText: "learning rate 0.05" }).filter({ hasText: "progress: 4" }).waitFor({ timeout: 30_000 });
    await page.context().close();
  } finally {
    process.kill(-(/** @type {number} */ (server.pid)));
    await once(server, "exit");
  }
});
