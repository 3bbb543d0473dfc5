// Compiled code in the core's own memory: many models, and code that traps.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { load } from "../../www/downhill.js";

const downhill = await load(await readFile(new URL("../../www/pkg/core_bg.wasm", import.meta.url)));
const { Instance } = WebAssembly;

/** @param {number} number */
const settings = (number) => ({ model: `h = tanh(W @ x + ${number})\nloss = (sum(h) - y)^2`, data: { x: [[1, 2], [0, -1], [-1, 1]], y: [1, 0, 1] }, init: { W: "normal(3, 2, seed=1)" }, batch: 2 });

/**
 * What is done while compiled modules are instantiated in this way.
 * @param {(module: WebAssembly.Module, imports: WebAssembly.Imports) => { exports: WebAssembly.Exports }} instantiate
 * @param {() => void} then
 */
function instantiating(instantiate, then) {
  WebAssembly.Instance = /** @type {any} */ (instantiate);
  try {
    then();
  } finally {
    WebAssembly.Instance = Instance;
  }
}

/** @param {number} number */
function takeSteps(number) {
  const network = downhill.network(settings(number));
  network.step(3, 0.1);
  network.free();
}

/** @param {WebAssembly.Imports} imports */
const memoryOf = (imports) => Object.values(imports).flatMap((module) => Object.values(module)).find((each) => each instanceof WebAssembly.Memory);

test("1,000 networks that are freed leave no memory behind", () => {
  /** @type {(number | undefined)[]} */
  const sizes = [];
  instantiating(function made(module, imports) {
    sizes.push(memoryOf(imports)?.buffer.byteLength);
    return new Instance(module, imports);
  }, () => Array.from({ length: 1000 }, (_, number) => takeSteps(number)));
  assert.equal(sizes.length, 1000);
  assert.ok(sizes[1]);
  assert.equal(sizes.at(-1), sizes[1]);
});

/**
 * Compiled code that traps from a call on, after it has written its results.
 * @param {number} first
 * @param {() => void} then
 */
function trapping(first, then) {
  let calls = 0;
  const traps = (/** @type {Function} */ pass) => (/** @type {number[]} */ ...numbers) => {
    pass(...numbers);
    calls += 1;
    if (calls >= first) {
      throw new WebAssembly.RuntimeError("unreachable");
    }
  };
  instantiating(function made(module, imports) {
    const passes = Object.entries(new Instance(module, imports).exports);
    return { exports: Object.fromEntries(passes.map(([name, pass]) => [name, traps(/** @type {Function} */ (pass))])) };
  }, then);
  assert.ok(calls >= first);
}

for (const precision of /** @type {const} */ (["float64", "float32"])) {
  for (const first of [1, 6, 7]) {
    test(`a network goes on after call ${first} of its ${precision} code trapped`, () => {
      const asked = { ...settings(0), optimizer: /** @type {const} */ ("adam"), precision };
      const expected = downhill.network({ ...asked, compiled: false });
      trapping(first, () => {
        const found = downhill.network(asked);
        assert.deepEqual(found.step(10, 0.1), expected.step(10, 0.1));
        assert.deepEqual(found.weights, expected.weights);
        assert.deepEqual(found.inspect("h", 1), expected.inspect("h", 1));
        found.free();
      });
      expected.free();
    });
  }
}

/**
 * The losses and weights of a network that is made while a part of WebAssembly refuses its work.
 * @param {"Module" | "Instance"} part
 */
function refusing(part) {
  const { [part]: made } = WebAssembly;
  let calls = 0;
  WebAssembly[part] = /** @type {any} */ (function refused() {
    calls += 1;
    throw new RangeError(`WebAssembly.${part}(): Out of memory`);
  });
  try {
    const network = downhill.network(settings(0));
    const seen = [network.step(5, 0.1), network.weights, network.inspect("h", 1)];
    network.free();
    return { seen, calls };
  } finally {
    WebAssembly[part] = /** @type {any} */ (made);
  }
}

for (const part of /** @type {const} */ (["Module", "Instance"])) {
  test(`a network is interpreted where WebAssembly.${part} fails`, () => {
    const expected = downhill.network({ ...settings(0), compiled: false });
    const { seen, calls } = refusing(part);
    assert.equal(calls, 1);
    assert.deepEqual(seen, [expected.step(5, 0.1), expected.weights, expected.inspect("h", 1)]);
    expected.free();
  });
}

for (const [number, name] of /** @type {[number, string][]} */ ([[-1, "-1"], [0.5, "0.5"], [3, "3"]])) {
  test(`compiled code that should choose the row ${name} has the sentence of the interpreter`, () => {
    for (const precision of /** @type {const} */ (["float64", "float32"])) {
      const network = downhill.network({ model: "loss = sum(embedding(T, relu(x) - relu(-x))^2)", data: { x: [1, number] }, init: { T: [[1], [2], [3]] }, batch: 2, precision });
      assert.throws(() => network.step(1, 0.1), { name: "DownhillError", message: `${name} is no place here: places are whole numbers from 0 to 2`, field: "model", start: 11, end: 43 });
      network.free();
    }
  });
}
