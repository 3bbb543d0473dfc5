// What a network predicts at one position: the most probable characters, and the right one.

import { make, setText } from "../../../../parts/dom.js";
import { shownToken } from "../../../../state/shown.js";
import { softmax } from "./numbers.js";
import { quoted } from "./quoted.js";

/** @typedef {import("../element.js").TextScene} Scene */

/** How many characters are shown. */
const MOST = 3;

export function answersList() {
  const rows = make("tbody");
  const right = make("p");
  const table = make("table", { class: "chances" }, make("caption", {}, "most probable next characters"), rows);
  return {
    element: make("div", {}, table, right),
    /** @param {Scene} scene @param {Float64Array} scores of all tokens @param {number} answer the right one */
    show({ core, data }, scores, answer) {
      const chances = softmax(scores);
      const name = (/** @type {number} */ token) => shownToken(data.tokens[token] ?? "");
      const best = Array.from(chances, (chance, token) => ({ chance, token })).sort((one, other) => other.chance - one.chance).slice(0, MOST);
      rows.replaceChildren(...best.map(({ chance, token }) => {
        const bar = make("meter", { min: "0", max: "1", value: String(chance || 0), "aria-hidden": "true" });
        return make("tr", {}, make("th", { scope: "row" }, make("bdi", {}, name(token)), token === answer ? " (right)" : ""), make("td", {}, bar), make("td", {}, core.shortNumber(chance)));
      }));
      const chance = chances[answer] ?? NaN;
      setText(right, `The right one is ${quoted(data.tokens[answer])}, with probability ${core.shortNumber(chance)}: its loss is ${core.shortNumber(-Math.log(chance))}.`);
    },
    empty() {
      rows.replaceChildren();
      setText(right, "The program has no line of scores for each position, so there is no prediction to show.");
    },
  };
}
