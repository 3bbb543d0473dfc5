// The numbers that explain a convolution, against PyTorch and against the engine.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { loadEngine } from "../../www/engine/engine.js";
import { networkOf } from "../../www/engine/network.js";
import { convolutionsOf } from "../../www/elements/network/understand/convolutions.js";
import { mostExciting, strongest } from "../../www/elements/network/understand/excitement.js";
import { channelSums, cornerOf, kernelOf, paddedChannel, placesOf, sharesOfAllPlaces, slidingOf, total, windowAt } from "../../www/elements/network/understand/window.js";

/** @typedef {{ shape: number[], values: number[] }} Tensor */
/** @typedef {{ stride: number, padding: number, input: Tensor, kernels: Tensor, output: Tensor, arriving: Tensor, inputGradient: Tensor, kernelGradient: Tensor }} Case */

/** @type {Case[]} */
const cases = JSON.parse(await readFile(new URL("../golden/windows.json", import.meta.url), "utf8"));
const engine = await loadEngine(await readFile(new URL("../../www/pkg/core_bg.wasm", import.meta.url)));

/** @param {number} count */
const upTo = (count) => [...Array(count).keys()];

/** @param {Tensor} input @param {Tensor} kernels @param {{ stride: number, padding: number }} options */
function sliding(input, kernels, options) {
  return slidingOf(input.shape, kernels.shape, options) ?? assert.fail("the shapes fit");
}

test("the sums of all windows are PyTorch's convolution", () => {
  for (const one of cases) {
    const { input, kernels, output } = one;
    const how = sliding(input, kernels, one);
    assert.deepEqual([how.filters, ...how.output], [output.shape[0], ...(output.shape.length === 2 ? [1] : []), ...output.shape.slice(1)]);
    const found = upTo(how.filters).flatMap((filter) => upTo(placesOf(how)).map((place) => total(channelSums(how, input.values, kernels.values, filter, place))));
    assert.deepEqual(found, output.values);
  }
});

test("the shares of all places are PyTorch's gradient of the kernels", () => {
  for (const one of cases) {
    const { input, kernels, arriving, kernelGradient } = one;
    const how = sliding(input, kernels, one);
    const found = upTo(how.filters).flatMap((filter) => upTo(how.channels).flatMap((channel) => [...sharesOfAllPlaces(how, input.values, arriving.values, filter, channel)]));
    assert.deepEqual(found.map((number) => number + 0), kernelGradient.values.map((number) => number + 0));
  }
});

test("what flows back to the windows is PyTorch's gradient of the input", () => {
  for (const one of cases) {
    const how = sliding(one.input, one.kernels, one);
    assert.deepEqual(flowingBack(one, how), one.inputGradient.values);
  }
});

/** The kernel times the gradient at each place, added where its window lies. @param {Case} one @param {import("../../www/elements/network/understand/window.js").Sliding} how */
function flowingBack({ input, kernels, arriving }, how) {
  const found = input.values.map(() => 0);
  const [rows, columns] = how.input;
  for (const filter of upTo(how.filters)) {
    for (const channel of upTo(how.channels)) {
      for (const place of upTo(placesOf(how))) {
        const [top, left] = cornerOf(how, place);
        kernelOf(how, kernels.values, filter, channel).forEach((weight, index) => {
          const [row, column] = [top + Math.floor(index / how.kernel[1]), left + (index % how.kernel[1])];
          if (row >= 0 && row < rows && column >= 0 && column < columns) {
            const at = (channel * rows + row) * columns + column;
            found[at] = (found[at] ?? 0) + weight * (arriving.values[filter * placesOf(how) + place] ?? NaN);
          }
        });
      }
    }
  }
  return found;
}

test("the padding is part of what windows see, and is 0", () => {
  const how = slidingOf([1, 2, 2], [1, 1, 3, 3], { stride: 1, padding: 1 }) ?? assert.fail();
  assert.deepEqual([...paddedChannel(how, [1, 2, 3, 4], 0)], [0, 0, 0, 0, 0, 1, 2, 0, 0, 3, 4, 0, 0, 0, 0, 0]);
  assert.deepEqual([...windowAt(how, [1, 2, 3, 4], 0, 3)], [1, 2, 0, 3, 4, 0, 0, 0, 0]);
});

test("shapes that do not fit have no windows", () => {
  const options = { stride: 1, padding: 0 };
  for (const [input, kernels] of [[[1, 2, 2], [1, 1, 3, 3]], [[2, 4, 4], [1, 1, 3, 3]], [[4, 4], [1, 4, 3, 3]], [[], []], [[1], [1, 1]], [[1, 4, 4], [1, 1, 9, 1]]]) {
    assert.equal(slidingOf(/** @type {number[]} */ (input), /** @type {number[]} */ (kernels), options), undefined);
  }
});

test("in a network, the numbers of a place are the engine's", () => {
  const model = "c1 = conv(picture, K1, padding=1)\nc2 = conv(relu(c1), K2, stride=2) + b\nh = tanh(c1); d = conv(h, K2, stride=2)\nz = W @ reshape(c2 + d, -1)\nloss = cross_entropy(z, label)";
  const init = { K1: "kaiming(3, 1, 3, 3, seed=1)", K2: "kaiming(2, 3, 3, 3, seed=2)", b: [[[0.5]], [[-0.25]]], W: "kaiming(4, 8, seed=3)" };
  const pictures = Float64Array.from({ length: 2 * 36 }, (_, place) => ((place * 7) % 11) / 11);
  const state = /** @type {any} */ ({ model, init, batch: 1, optimizer: "sgd", shuffle: false, seed: 0, epochs: 1, lr: 0.1 });
  const columns = [{ name: "picture", shape: [2, 1, 6, 6], numbers: pictures }, { name: "label", shape: [2], numbers: [1, 3] }];
  const network = networkOf(engine, state, columns, { precision: "float64", compiled: true });
  const seen = network.see(1);
  /** @param {string} name */
  const tensor = (name) => seen.get(name) ?? assert.fail(name);
  for (const [line, input, kernels, options] of /** @type {const} */ ([["c1", "picture", "K1", { stride: 1, padding: 1 }], ["d", "h", "K2", { stride: 2, padding: 0 }]])) {
    const how = slidingOf(tensor(input).shape, tensor(kernels).shape, options) ?? assert.fail();
    for (const filter of upTo(how.filters)) {
      for (const place of upTo(placesOf(how))) {
        close(total(channelSums(how, tensor(input).value, tensor(kernels).value, filter, place)), tensor(line).value[filter * placesOf(how) + place] ?? NaN);
      }
    }
  }
  // K1 is used once, so that its gradient is the sum of these shares.
  const how = slidingOf([1, 6, 6], [3, 1, 3, 3], { stride: 1, padding: 1 }) ?? assert.fail();
  for (const filter of upTo(3)) {
    const shares = sharesOfAllPlaces(how, tensor("picture").value, tensor("c1").gradient ?? [], filter, 0);
    shares.forEach((share, index) => close(share, tensor("K1").gradient?.[filter * 9 + index] ?? NaN));
  }
  network.free();
});

/** @param {number} found @param {number} expected */
function close(found, expected) {
  assert.ok(Math.abs(found - expected) <= 1e-12 * (1 + Math.abs(expected)), `${found} is not ${expected}`);
}

/** @type {[string, Partial<import("../../www/elements/network/understand/convolutions.js").Convolution>[]][]} */
const PROGRAMS = [
  ["c = conv(picture, K1, padding=1)", [{ line: "c", input: "picture", kernels: "K1", stride: 1, padding: 1, bias: undefined, isAlone: true, keepsPlaces: true }]],
  ["  c1=conv( x ,K , stride = 2,padding=3 )", [{ line: "c1", input: "x", kernels: "K", stride: 2, padding: 3, isAlone: true }]],
  ["c = conv(x, K) + b; d = b + conv(c, L)", [{ line: "c", bias: "b", isAlone: true }, { line: "d", input: "c", bias: "b", isAlone: true }]],
  ["h = maxpool(relu(conv(x, K)), 2)", [{ line: "h", input: "x", kernels: "K", isAlone: false, keepsPlaces: false }]],
  ["h = relu(conv(x, K) + b)", [{ line: "h", isAlone: false, keepsPlaces: true, bias: undefined }]],
  ["h = conv(relu(conv(x, K, stride=2)), L)", [{ input: "relu(conv(x, K, stride=2))", kernels: "L", stride: 1, isAlone: true }, { input: "x", kernels: "K", stride: 2, isAlone: false, keepsPlaces: false }]],
  ["h = relu(conv(x, K)[0])", [{ isAlone: false, keepsPlaces: false }]],
  ["# c = conv(x, K); d = conv(x, K)\nmyconv = x*2; y = myconv(x)", []],
  ["h = conv(x, K", [{ line: "h", input: "x", kernels: "K" }]],
  ["h = conv(x); g = conv(); k == conv(x, K)", []],
  ["größe = conv(bild, K_1, padding=(1))", [{ line: "größe", input: "bild", kernels: "K_1", padding: 1 }]],
];

test("convolutions are found in the text of a program", () => {
  for (const [program, expected] of PROGRAMS) {
    const found = convolutionsOf(program);
    assert.equal(found.length, expected.length, program);
    expected.forEach((part, place) => assert.deepEqual({ ...found[place], ...part }, found[place], program));
  }
});

test("the strongest place of a filter is the first of the largest, and NaN is found", () => {
  const values = [0, 3, 3, -1, -2, -1, -3, -4, 1, NaN, 2, 5, 0, 0, 0, 0];
  assert.deepEqual(strongest(values, 2, 4, 0), [{ response: 3, place: 1 }, { response: -1, place: 1 }]);
  assert.deepEqual(strongest(values, 2, 4, 1).map(({ response }) => response), [NaN, 0]);
});

test("the most exciting samples are in order, and those without a number come last", () => {
  const found = [2, NaN, 5, 2, -1].map((response) => [{ response, place: 0 }]);
  assert.deepEqual(mostExciting(found, 0, 9), [2, 0, 3, 4, 1]);
  assert.deepEqual(mostExciting(found, 0, 2), [2, 0]);
});
