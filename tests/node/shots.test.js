// Pictures to paint on: the packed photographs, generated scenes, and strokes from a seed.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { brotliCompressSync } from "node:zlib";
import { loadShots } from "../../www/engine/shots.js";
import { checkProject } from "../../www/state/segment/project.js";
import { SCENE_CLASSES, generatedScenes } from "../../www/state/segment/scenes.js";
import { seededStrokes } from "../../www/state/segment/strokes.js";

/** Facts about the packed pictures, which data/shots.py has written. @type {Record<string, { shape: number[], sum: number, classes: number[], means: number[] }>} */
const KNOWN = JSON.parse(await readFile(new URL("../golden/shots.json", import.meta.url), "utf8"));
const read = async (/** @type {URL} */ address) => new Uint8Array(await readFile(address));
const [coins, cells, scenes] = await Promise.all(["coins", "cells", "scenes"].map((name) => loadShots(name, undefined, read)));

/** The facts of data/shots.py. @param {import("../../www/state/segment/project.js").Project} project @param {number} channels @param {number} levels */
function factsOf({ shots, classes }, channels, levels) {
  const [counts, sums] = [classes.map(() => 0), classes.map(() => 0)];
  shots.forEach(({ pixels, truth = new Uint8Array(0) }) => truth.forEach((k, place) => {
    counts[k - 1] = (counts[k - 1] ?? 0) + 1;
    sums[k - 1] = pixels.subarray(3 * place, 3 * place + channels).reduce((sum, byte) => sum + Math.round((byte * levels) / 255), sums[k - 1] ?? 0);
  }));
  const means = sums.map((sum, k) => sum / ((counts[k] ?? 0) * channels));
  return { shape: [shots.length, ...(shots[0]?.size ?? []), channels], sum: sums.reduce((sum, each) => sum + each, 0), classes: counts, means };
}

for (const [project, channels, levels] of /** @type {const} */ ([[coins, 1, 255], [cells, 3, 63]])) {
  test(`${project?.name} are what was packed`, () => {
    assert.ok(project);
    const { means, ...facts } = factsOf(project, channels, levels);
    const { means: expected, ...known } = KNOWN[project.name] ?? { means: [] };
    assert.deepEqual(facts, known);
    means.forEach((mean, k) => assert.ok(Math.abs(mean - (expected[k] ?? NaN)) < 1e-9));
    checkProject(project);
    assert.ok(project.shots.every(({ mask }) => mask.every((k) => k === 0)) && project.credit.length > 40);
  });
}

test("which pictures there are", () => {
  const told = [coins, cells, scenes].map((project) => [project?.name, project?.classes.map(({ name }) => name).join(), project?.shots.map(({ name, isTest }) => `${name}${isTest ? " (test)" : ""}`)]);
  assert.deepEqual(told, [
    ["coins", "background,coin", ["coins"]],
    ["cells", "other tissue,gland", ["gland 1", "gland 2 (test)"]],
    ["scenes", "background,disc,box", ["scene 1", "scene 2", "scene 3", "scene 4", "scene 5 (test)", "scene 6 (test)"]],
  ]);
});

test("files are small", async () => {
  const sizes = await Promise.all(["coins-shots", "coins-truths", "cells-shots", "cells-truths"].map(async (file) => brotliCompressSync(await read(new URL(`../../www/data/${file}.idx`, import.meta.url))).length));
  assert.ok(sizes.reduce((sum, size) => sum + size, 0) <= 62_000, String(sizes));
});

test("files are read once, again after a failure, and each project is painted on by itself", async () => {
  let count = 0;
  const failing = async (/** @type {URL} */ address) => {
    count += 1;
    return count > 1 ? read(new URL(address.pathname.replace("other/", "data/"), "file:")) : Promise.reject(new Error("no connection"));
  };
  const load = () => loadShots("coins", new URL("../../www/other/", import.meta.url).href, failing);
  await assert.rejects(load, { message: "no connection" });
  const before = count;
  const [one, other] = await Promise.all([load(), load()]);
  assert.equal(count, before + 2);
  one.shots[0]?.mask.fill(1);
  assert.ok(other.shots[0]?.mask.every((k) => k === 0));
  assert.deepEqual(other.shots[0], (await load()).shots[0]);
});

/** What two files are refused for. @type {[string, number[], number[]][]} */
const STRANGE = [
  ["the two files of coins do not fit: 1 pictures with 1 or 3 channels, and as many masks of the same size, are needed", [0, 0, 8, 1, 0, 0, 0, 1, 5], [0, 0, 8, 1, 0, 0, 0, 1, 5]],
  ["the two files of coins do not fit: 1 pictures with 1 or 3 channels, and as many masks of the same size, are needed", [0, 0, 8, 4, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 1, 2], [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 1]],
  ["`coins` has 1 × 1 pixels; sides have 4 to 256", [0, 0, 8, 4, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 1], [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 1]],
  ["coins-shots.idx is empty", [], []],
];

test("files that do not fit, and names that there are not", async () => {
  for (const [place, [message, shots, truths]] of STRANGE.entries()) {
    const load = loadShots("coins", `https://example.org/${place}/`, async ({ pathname }) => Uint8Array.from(pathname.includes("shots") ? shots : truths));
    await assert.rejects(load, { message });
  }
  await assert.rejects(loadShots("constructor"), { message: "there are no pictures `constructor`; there are coins, cells, scenes", field: "data" });
});

test("a mask with a class that there is not", async () => {
  const load = loadShots("coins", "https://example.org/classes/", async (address) => (address.pathname.includes("shots") ? read(new URL("../../www/data/coins-shots.idx", import.meta.url)) : (await read(new URL("../../www/data/coins-truths.idx", import.meta.url))).map((byte, place) => (place > 15 ? 3 : byte))));
  await assert.rejects(load, { message: "a mask of `coins` has the class 3, and there are only 2" });
});

test("scenes are the same from the same seed, and have every class", () => {
  const how = { count: 3, side: 64, seed: 4 };
  assert.deepEqual(generatedScenes(how), generatedScenes(how));
  assert.notDeepEqual(generatedScenes(how)[0]?.pixels, generatedScenes({ ...how, seed: 5 })[0]?.pixels);
  for (const { truth = new Uint8Array(0), size, isTest, name } of generatedScenes({ count: 30, side: 64, seed: 1 })) {
    assert.deepEqual([size, truth.length, isTest], [[64, 64], 4096, Number(name.slice(6)) > 20]);
    const shares = SCENE_CLASSES.map((_, k) => truth.filter((each) => each === k + 1).length / truth.length);
    assert.ok((shares[0] ?? 0) > 0.4 && (shares[1] ?? 0) > 0.03 && (shares[2] ?? 0) > 0.03, `${name}: ${shares}`);
  }
});

test("no single shade tells the things of a scene: the means of their grey differ by less than their spread", () => {
  for (const { pixels, truth = new Uint8Array(0) } of scenes?.shots ?? []) {
    const grey = [1, 2, 3].map((k) => [...truth].flatMap((each, place) => (each === k ? [((pixels[3 * place] ?? 0) + (pixels[3 * place + 1] ?? 0) + (pixels[3 * place + 2] ?? 0)) / 3] : [])));
    const means = grey.map((list) => list.reduce((sum, each) => sum + each, 0) / list.length);
    const spreads = grey.map((list, k) => Math.sqrt(list.reduce((sum, each) => sum + (each - (means[k] ?? 0)) ** 2, 0) / list.length));
    assert.ok(Math.max(...means) - Math.min(...means) < 2 * Math.max(...spreads), `${means}; ${spreads}`);
  }
});

test("strokes stay inside their class, and are as many as asked for", () => {
  for (const shot of [...(coins?.shots ?? []), ...(cells?.shots ?? []), ...(scenes?.shots ?? [])]) {
    const { truth = new Uint8Array(0), size } = shot;
    for (const share of [0.005, 0.02, 0.1]) {
      const mask = seededStrokes(truth, size, { share, seed: 3 });
      assert.deepEqual(mask, seededStrokes(truth, size, { share, seed: 3 }));
      assert.ok(mask.every((k, place) => k === 0 || k === truth[place]));
      const classes = new Set(truth).size;
      const counts = Array.from({ length: classes }, (_, k) => mask.filter((each) => each === k + 1).length);
      assert.deepEqual(counts, Array(classes).fill(Math.round((share * truth.length) / classes)), `${shot.name}, ${share}`);
    }
    assert.notDeepEqual(seededStrokes(truth, size, { share: 0.02, seed: 3 }), seededStrokes(truth, size, { share: 0.02, seed: 4 }));
  }
});

test("strokes in small classes, and where nothing is known", () => {
  const truth = Uint8Array.from({ length: 64 }, (_, place) => (place < 3 ? 2 : place < 20 ? 0 : 1));
  const mask = seededStrokes(truth, [8, 8], { share: 0.9, seed: 1 });
  assert.deepEqual([mask.filter((k) => k === 2).length, mask.filter((k) => k === 1).length], [2, 22]);
  assert.deepEqual(seededStrokes(new Uint8Array(16), [4, 4], { share: 0.5, seed: 1 }), new Uint8Array(16));
});
