// Addresses and messages: read without harm, whatever stands in them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { queryOf, textsOf } from "../../www/state/address.js";
import { remarkOnMessage } from "../../www/page/messages.js";
import { DECK, KEYS, SETTINGS, merge } from "../../www/state/settings.js";
import { TextError } from "../../www/state/text.js";

/** A generator of numbers from 0 to 1 (mulberry32), so that a failure can be repeated. @param {number} seed */
function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const NAMES = [...KEYS, "v", "views", "__proto__", "constructor", "x[y]", "", "weight-decay", "%"];
const TEXTS = ["1", "0.5", "-3e-2", "x = 1, 2; y = 3", "w = 1", "y_hat = x*w", "loss = s^2", "adam", "true", "0/1/b2", "<b>", "__proto__", "=", "&", "%41", "%", "\uD800", "𝒘", "NaN", "1e999", ";;", ",", "1,2\n3,4"];

/** Reads every setting of a query as the page does; returns how many were taken. @param {string} query */
function readAll(query) {
  const { texts } = textsOf(query);
  let taken = 0;
  for (const [key, text] of texts) {
    try {
      const setting = SETTINGS[/** @type {keyof typeof SETTINGS} */ (key)];
      merge(DECK, { [key]: setting.read(text) });
      taken += 1;
    } catch (error) {
      assert.ok(error instanceof TextError, `${key}=${text}: ${error}`);
    }
  }
  return taken;
}

test("100,000 random queries are read or refused by name", () => {
  const next = random(7);
  const pick = (/** @type {string[]} */ list) => list[Math.floor(next() * list.length)] ?? "";
  const piece = () => (next() < 0.8 ? pick(TEXTS) : Array.from({ length: 1 + next() * 12 }, () => String.fromCharCode(next() < 0.9 ? 32 + next() * 95 : next() * 0xffff)).join(""));
  let taken = 0;
  for (let count = 0; count < 100_000; count += 1) {
    const pairs = Array.from({ length: next() * 5 }, () => `${pick(NAMES)}=${next() < 0.5 ? encodeURIComponent(piece().toWellFormed()) : piece()}`);
    taken += readAll(`?${pairs.join("&")}`);
  }
  assert.ok(taken > 20_000, String(taken));
  assert.deepEqual(Object.keys(Object.prototype), []);
  assert.equal(/** @type {any} */ ({}).polluted, undefined);
});

test("a state is restored from its address", () => {
  const check = (/** @type {object} */ change) => {
    const state = merge(DECK, change);
    const texts = [...textsOf(queryOf(state)).texts].map(([key, text]) => [key, SETTINGS[/** @type {keyof typeof SETTINGS} */ (key)].read(text)]);
    assert.deepEqual(merge(DECK, Object.fromEntries(texts)), state);
  };
  check({});
  check({ lr: 1e-7, epochs: 33, batch: 2, shuffle: true, seed: 4294967295 });
  check({ model: "ŷ = x*w + b % 2 & #\nloss = (ŷ - y)^2", data: { x: [0.1, -2e300], y: [1, 5e-324] }, init: { w: -0, b: 1e21 } });
  check({ optimizer: "adamw", betas: [0.5, 0.75], eps: 1e-12, weightDecay: 0.1, schedule: "step", stepSize: 3, gamma: 0.5 });
  check({ at: { epoch: 3, sample: 1, phase: "b2" } });
  assert.equal(queryOf(DECK), "");
});

test("messages for other programs are ignored, and wrong messages are reported", () => {
  const check = (/** @type {unknown} */ message, /** @type {string | undefined} */ remark) => assert.equal(remarkOnMessage(message), remark);
  for (const message of [undefined, null, 0, NaN, "", "downhill:get", [], ["downhill:get"], {}, { type: null }, { type: {} }, { type: "get" }, Object.create({ type: "downhill:get" }), new Date(), () => 0]) {
    check(message, "");
  }
  check({ type: "downhill:get" }, undefined);
  check({ type: "downhill:result" }, undefined);
  check({ type: "downhill:set", state: {} }, undefined);
  check({ type: "downhill:__proto__" }, "there is no message `downhill:__proto__`; the messages are downhill:get, downhill:result, downhill:set");
  check({ type: `downhill:${"x".repeat(99)}` }, `there is no message \`downhill:${"x".repeat(31)}\`; the messages are downhill:get, downhill:result, downhill:set`);
  for (const state of [undefined, null, 1, "lr=1", []]) {
    check({ type: "downhill:set", state }, "`downhill:set` needs a state, which is an object of settings");
  }
  check({ type: "downhill:set", state: { model: "x".repeat(1_000_000) } }, "the state has 1000012 characters; at most 1000000 are allowed");
});
