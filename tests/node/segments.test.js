// What a network for pixels is told: its settings, the samples of a project, and how its answers are counted.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { metricsOf } from "../../www/state/segment/metrics.js";
import { emptyShot } from "../../www/state/segment/project.js";
import { inputsOf, numbersOf, rowOf, samplesOf } from "../../www/state/segment/samples.js";
import { merged } from "../../www/state/networks.js";
import { SEGMENT_SETTINGS, SEGMENT_WHYS, segmentState, shapeOf } from "../../www/state/segments.js";

/** @typedef {import("../../www/state/segment/project.js").Project} Project */
/** @typedef {import("../../www/state/segments.js").SegmentState} SegmentState */

const CLASSES = ["#000000", "#ffffff", "#ff0000"].map((color) => ({ name: color, color }));

/** Pictures whose pixels count up from a number. @param {[number, number]} size @param {{ from: number, mask: number[], isTest?: boolean }[]} shots @returns {Project} */
function projectOf(size, shots) {
  return {
    name: "own", credit: "", classes: CLASSES,
    shots: shots.map(({ from, mask, isTest = false }, place) => ({ ...emptyShot(`${place}`, size), pixels: Uint8Array.from({ length: 3 * size[0] * size[1] }, (_, number) => from + number), mask: Uint8Array.from(mask), isTest })),
  };
}

/** @param {Partial<SegmentState>} given */
const seen = (given) => segmentState({ data: "own", copies: "none", ...given }, undefined);
/** @param {ArrayLike<number>} numbers */
const thousandths = (numbers) => Array.from(numbers, (number) => Math.round(1000 * number) / 1000);

const TWO = projectOf([2, 3], [{ from: 0, mask: [0, 1, 1, 0, 0, 2] }, { from: 100, mask: [0, 0, 0, 0, 0, 0], isTest: true }, { from: 200, mask: [3, 0, 0, 0, 0, 3] }]);

test("samples: training, then the test, then a spare row", () => {
  const { columns, training, count, shotOf, turnOf } = samplesOf(TWO, seen({}));
  assert.deepEqual([training, count, columns.map(({ name, shape }) => [name, shape])], [2, 3, [["picture", [4, 3, 2, 3]], ["mask", [4, 3, 2, 3]]]]);
  assert.deepEqual([0, 1, 2, 3].map((sample) => shotOf(sample)), [TWO.shots[0], TWO.shots[2], TWO.shots[1], undefined]);
  assert.deepEqual([0, 1, 2, 3].map(turnOf), [0, 0, 0, 0]);
  const [picture = new Float64Array(0), mask = new Float64Array(0)] = columns.map(({ numbers }) => numbers);
  // Red of the second sample, and the classes of the first one.
  assert.deepEqual([...picture.subarray(18, 24)], [200, 203, 206, 209, 212, 215].map((byte) => byte / 255));
  assert.deepEqual(thousandths(mask.subarray(0, 18)), [0, 0.25, 0.25, 0, 0, 0, 0, 0, 0, 0, 0, 0.5, 0, 0, 0, 0, 0, 0]);
  assert.ok([picture, mask].every((numbers) => numbers.subarray(54).every((number) => number === 0)));
});

test("a row is that of the column, whatever the settings are", () => {
  for (const given of [{}, { colour: "grey" }, { coordinates: true, balanced: false }, { copies: "turned" }, { copies: "mirrored", colour: "grey", coordinates: true }]) {
    const state = seen(given);
    const { columns, count, shotOf, turnOf } = samplesOf(TWO, state);
    assert.equal(numbersOf(TWO, state), columns.reduce((sum, { numbers }) => sum + numbers.length, 0));
    for (let sample = 0; sample < count; sample += 1) {
      const row = rowOf(shotOf(sample) ?? emptyShot("", [2, 3]), TWO, state, turnOf(sample));
      for (const { name, numbers } of columns) {
        const own = row[/** @type {"picture" | "mask"} */ (name)];
        assert.deepEqual(own, numbers.slice(sample * own.length, (sample + 1) * own.length));
      }
    }
  }
});

/** How much a painted pixel of each class counts. @param {number[]} mask @param {boolean} balanced */
function sharesOf(mask, balanced) {
  const project = projectOf([2, 3], [{ from: 0, mask }]);
  const { mask: row } = rowOf(project.shots[0] ?? emptyShot("", [2, 3]), project, seen({ balanced }));
  return [0, 1, 2].map((k) => [...new Set(row.subarray(6 * k, 6 * (k + 1)))].filter((share) => share > 0));
}

test("what a painted pixel counts", () => {
  assert.deepEqual(sharesOf([0, 1, 1, 1, 3, 0], false), [[0.25], [], [0.25]]);
  assert.deepEqual(sharesOf([0, 1, 1, 1, 3, 0], true), [[1 / 6], [], [1 / 2]]);
  assert.deepEqual(sharesOf([0, 0, 0, 0, 0, 0], true), [[], [], []]);
});

/** The classes of the copies of a mask, read row by row. @param {[number, number]} size @param {number[]} mask @param {string} copies */
function turnedMasks(size, mask, copies) {
  const project = projectOf(size, [{ from: 0, mask }]);
  const { columns, count } = samplesOf(project, seen({ copies }));
  const numbers = columns[1]?.numbers ?? new Float64Array(0);
  const area = size[0] * size[1];
  return Array.from({ length: count }, (_, sample) => Array.from({ length: area }, (_, place) => [1, 2, 3].find((k) => (numbers[(3 * sample + k - 1) * area + place] ?? 0) > 0) ?? 0).join(""));
}

test("copies are mirrored and turned", () => {
  assert.deepEqual(turnedMasks([2, 3], [1, 2, 3, 0, 0, 1], "none"), ["123001"]);
  assert.deepEqual(turnedMasks([2, 3], [1, 2, 3, 0, 0, 1], "mirrored"), ["123001", "321100"]);
  assert.deepEqual(turnedMasks([2, 3], [1, 2, 3, 0, 0, 1], "turned"), ["123001", "321100", "001123", "100321"]);
  assert.deepEqual(turnedMasks([2, 2], [1, 2, 3, 0], "turned"), ["1230", "2103", "3012", "0321", "1320", "2013", "3102", "0231"]);
});

test("grey, colours and places", () => {
  const colours = { ...emptyShot("", [1, 5]), pixels: Uint8Array.from([255, 255, 255, 255, 0, 0, 0, 255, 0, 0, 0, 255, 77, 77, 77]) };
  assert.deepEqual([...rowOf(colours, TWO, seen({ colour: "grey" })).picture], [255, 76, 150, 29, 77].map((byte) => byte / 255));
  assert.deepEqual([["grey", false], ["grey", true], ["colour", false], ["colour", true]].map(([colour, coordinates]) => inputsOf(/** @type {any} */ ({ colour, coordinates }))), [1, 3, 3, 5]);
  const [shot] = TWO.shots;
  const { picture } = rowOf(shot ?? emptyShot("", [2, 3]), TWO, seen({ colour: "grey", coordinates: true }), 3);
  // The picture is turned, and the places are not.
  assert.deepEqual(thousandths(picture), [...[16, 13, 10, 7, 4, 1].map((byte) => Math.round((1000 * byte) / 255) / 1000), 0, 0, 0, 1, 1, 1, 0, 0.5, 1, 0, 0.5, 1]);
});

test("without pictures there is one empty row", () => {
  const { columns, training, count } = samplesOf(projectOf([4, 4], []), seen({}));
  assert.deepEqual([training, count, columns.map(({ shape }) => shape)], [0, 0, [[1, 3, 4, 4], [1, 3, 4, 4]]]);
});

test("many pictures have fewer copies, and too many numbers are refused", () => {
  const many = (/** @type {number} */ count) => projectOf([100, 100], Array.from({ length: count }, () => ({ from: 0, mask: Array(10_000).fill(0) })));
  assert.deepEqual([1, 16, 17, 66, 67].map((count) => segmentState({ data: "own" }, many(count)).copies), ["turned", "turned", "mirrored", "mirrored", "none"]);
  assert.equal(segmentState({ data: "own", copies: "turned" }, many(66)).copies, "turned");
  assert.throws(() => samplesOf(many(66), seen({ copies: "turned" })), { message: "all pictures and their copies together have 31740000 numbers; at most 24000000 fit: take fewer copies or fewer pictures", field: "copies" });
});

test("the usual settings", () => {
  const { model, init, ...state } = segmentState({}, undefined);
  assert.deepEqual(state, { data: "coins", kind: "unet", layers: 2, channels: 8, colour: "grey", coordinates: false, copies: "turned", balanced: true, lr: 0.01, batch: 1, optimizer: "adam", shuffle: true, seed: 0, precision: "float32" });
  assert.ok(model.endsWith("loss = -sum(mask * log_softmax(scores, axis=0))") && Object.keys(init).join() === "K1,b1,K2,b2,K3,b3,G2,a2,G1,a1,W,c");
  assert.deepEqual(["coins", "cells", "scenes", "own"].map((data) => segmentState({ data }, undefined).colour), ["grey", "colour", "grey", "colour"]);
  assert.deepEqual(shapeOf(segmentState({ data: "own", kind: "plain" }, TWO), TWO), { kind: "plain", layers: 2, channels: 8, inputs: 3, classes: 3, size: [2, 3] });
  assert.equal(segmentState({ model: "loss = w", init: { w: 1 } }, TWO).model, "loss = w");
});

test("settings over others", () => {
  assert.deepEqual(merged(SEGMENT_SETTINGS, { layers: 3, lr: 0.1 }, { lr: undefined, kind: "plain" }), { layers: 3, kind: "plain" });
  assert.throws(() => merged(SEGMENT_SETTINGS, {}, { window: 3 }), /^Error: `window` is not a setting; the settings are data, kind, layers, channels, colour, coordinates, copies, balanced,/);
  assert.throws(() => merged(SEGMENT_SETTINGS, {}, { layers: "3" }), { message: "`layers` must be a number", field: "layers" });
  const state = segmentState({ data: "scenes", kind: "pixel" }, undefined);
  assert.match(SEGMENT_WHYS.pictures(state), /^Striped discs .* apart\.$/);
  assert.match(SEGMENT_WHYS.shape(state), /^Each pixel is judged by its own colour alone/);
});

test("metrics are scikit-learn's", async () => {
  const cases = JSON.parse(await readFile(new URL("../golden/metrics.json", import.meta.url), "utf8"));
  assert.equal(cases.length, 8);
  for (const { classes, truths, predicted, iou, accuracy, confusion } of cases) {
    const metrics = metricsOf(predicted, truths, classes);
    assert.deepEqual(metrics.confusion, confusion);
    assert.ok(Math.abs(metrics.accuracy - accuracy) < 1e-15);
    metrics.iou.forEach((each, k) => assert.ok(iou[k] === null ? Number.isNaN(each) : Math.abs(each - iou[k]) < 1e-15, `${each}, ${iou[k]}`));
  }
});

test("metrics of nothing", () => {
  const { iou, accuracy, confusion } = metricsOf([], [], 2);
  assert.deepEqual([iou, accuracy, confusion], [[NaN, NaN], NaN, [[0, 0], [0, 0]]]);
});
