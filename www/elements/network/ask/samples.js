// Choosing a picture of the test instead of drawing one.

import { make } from "../../../parts/dom.js";
import { button, keepPrivate } from "../../../parts/private.js";
import { problemLine } from "../../../parts/problem.js";
import { TextError, messageOf, readNumber } from "../../../state/text.js";
import { ranked } from "./chances.js";

/** @typedef {import("../scene.js").Scene} Scene */

/**
 * @param {() => Scene | undefined} scene
 * @param {(sample: number) => void} choose a sample of the data is chosen
 * @param {(words: string) => void} tell
 */
export function samples(scene, choose, tell) {
  const field = make("input", { type: "text", inputmode: "numeric", autocomplete: "off", spellcheck: "false", "aria-label": "number of the test picture" });
  const count = make("span", { class: "quiet" });
  const { line, fail } = problemLine(field);
  keepPrivate(field, () => attempt(() => go(read())));
  const buttons = [button("Previous", () => step(-1)), button("Next", () => step(1)), button("A wrong one", wrong)];
  const row = make("div", { class: "choices" }, make("label", { class: "choice" }, "Test picture ", field, " ", count), ...buttons);
  let place = -1;

  /** How many pictures the test has. */
  function total() {
    const { data } = scene() ?? {};
    return data ? data.labels.length - data.training : 0;
  }

  /** @param {() => void} work */
  function attempt(work) {
    try {
      work();
      fail("");
    } catch (error) {
      fail(messageOf(error));
    }
  }

  function read() {
    const number = readNumber(field.value);
    if (!Number.isInteger(number) || number < 1 || number > total()) {
      throw new TextError(`the test has the pictures 1 to ${total()}; type one of these numbers`);
    }
    return number - 1;
  }

  /** @param {number} next */
  function go(next) {
    const { data } = scene() ?? {};
    if (data && total() > 0) {
      place = next;
      field.value = String(place + 1);
      choose(data.training + place);
    }
  }

  /** @param {number} by */
  function step(by) {
    attempt(() => go((Math.max(place, by < 0 ? 0 : -1) + by + total()) % (total() || 1)));
  }

  /** Goes to the next picture that the network gets wrong. */
  function wrong() {
    const now = scene();
    const found = now?.scores ? nextWrong(now, place) : undefined;
    if (found === undefined) {
      tell(now?.scores ? "The network gets all pictures of the test right." : "Without class scores it is not known which pictures the network gets wrong.");
    } else {
      attempt(() => go(found));
    }
  }

  return {
    elements: [row, line],
    /** @param {import("../../../engine/dataset.js").Dataset} data */
    show({ labels, training }) {
      place = -1;
      field.value = "";
      fail("");
      count.textContent = `of ${labels.length - training}`;
    },
  };
}

/**
 * The place in the test of the next picture whose class has not the highest score.
 * @param {Scene} scene
 * @param {number} place the one before
 */
export function nextWrong({ network, data: { labels, training }, scores = "" }, place) {
  const count = labels.length - training;
  const order = Array.from({ length: count }, (_, step) => (place + 1 + step) % count);
  const { values } = network.read(scores, order.map((place) => training + place));
  const width = values.length / (count || 1);
  return order.find((place, row) => ranked([...values.subarray(row * width, (row + 1) * width)])[0] !== labels[training + place]);
}
