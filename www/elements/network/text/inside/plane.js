// The embeddings of all characters in a plane: the two principal axes of the table.

import { make, setText } from "../../../../parts/dom.js";
import { figure } from "../../../../parts/figure.js";
import { largest } from "../../../../parts/heat.js";
import { shownToken } from "../../../../state/shown.js";
import { principalAxes } from "./axes.js";
import { groupOf, nearestRows } from "./nearest.js";
import { quoted } from "./quoted.js";

/** @typedef {import("../element.js").TextScene} Scene */
/** @typedef {import("./numbers.js").Seen} Seen */

/** How many neighbours are named. */
const NEIGHBOURS = 3;
/** The vowels are bold and underlined, and what is no letter is in italics. */
const LEGEND = /** @type {const} */ ([["vowel", "vowels"], ["letter", "other letters"], ["other", "digits, signs, spaces"]]);

export function embeddingPlane() {
  const plane = make("div", { class: "embeddings", role: "img", dir: "ltr" });
  const [about, nearest] = [make("p", { class: "quiet" }), make("p", { class: "nearest" })];
  const legend = make("p", { class: "quiet" }, "Characters: ", ...LEGEND.flatMap(([group, text], place) => [place > 0 ? ", " : "", make("span", { class: `token ${group}` }, text)]));
  const element = figure("Embeddings", [], make("div", { class: "side" }, plane, legend, about, nearest));
  /** @type {HTMLElement[]} */
  let labels = [];
  /** What the labels are of. */
  let named = "";
  /** The axes that were shown last, and the network that they are of. @type {{ network: object, directions: import("./axes.js").Axes["directions"] } | undefined} */
  let last;

  /** @param {string[]} tokens */
  function build(tokens) {
    if (named !== JSON.stringify(tokens)) {
      named = JSON.stringify(tokens);
      labels = tokens.map((token) => make("bdi", { class: `token ${groupOf(token)}` }, shownToken(token)));
      plane.replaceChildren(...labels);
    }
  }

  /** @param {Scene} scene @param {Seen} table @param {number} token */
  function draw({ network, data, core }, { shape, value }, token) {
    const size = shape[1] ?? 1;
    const { directions, shares, places } = principalAxes(value, size, last?.network === network ? last.directions : undefined);
    last = { network, directions };
    build(data.tokens);
    const most = largest(places.flat()) || 1;
    places.forEach(([x, y], place) => {
      const label = labels[place];
      label?.style.setProperty("--x", String((0.5 + x / most / 2).toFixed(4)));
      label?.style.setProperty("--y", String((0.5 - y / most / 2).toFixed(4)));
      label?.classList.toggle("chosen", place === token);
    });
    const part = shares.map((share) => `${(100 * share).toFixed(0)} %`);
    setText(about, `The ${size} numbers of each character, seen along the two axes in which the characters differ most: ${part[0]} and ${part[1]} of the variance.`);
    const near = nearestRows(value, size, token, NEIGHBOURS).map(({ row, distance }) => `${quoted(data.tokens[row])} (${core.shortNumber(distance)})`);
    setText(nearest, `Nearest to ${quoted(data.tokens[token])} in all ${size} numbers: ${near.join(", ")}.`);
    plane.setAttribute("aria-label", `${data.tokens.length} characters in a plane. ${nearest.textContent}`);
  }

  return {
    element,
    /** @param {Scene} scene @param {Seen | undefined} table a row for each token @param {number} token the chosen one */
    show(scene, table, token) {
      const why = whyNot(table, scene.data.tokens.length);
      plane.hidden = legend.hidden = why !== "";
      if (why === "") {
        draw(scene, /** @type {Seen} */ (table), token);
      } else {
        setText(about, why);
        setText(nearest, "");
      }
    },
  };
}

/** Why there is no plane; empty if there is one. @param {Seen | undefined} table @param {number} tokens */
function whyNot(table, tokens) {
  if (table?.shape.length !== 2 || table.shape[0] !== tokens) {
    return "The program has no table `E` or `T` with a row for each character.";
  }
  if (!table.value.every(Number.isFinite)) {
    return "The embeddings are not finite, so they have no place in a plane.";
  }
  const size = table.shape[1] ?? 1;
  return table.value.every((value, place) => value === table.value[place % size]) ? "All characters have the same embedding so far, so they lie on one point. Train the network." : "";
}
