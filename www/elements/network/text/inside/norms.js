// How much each character matters for one prediction, in words and as a table of numbers.

import { make, setText } from "../../../../parts/dom.js";
import { shownToken } from "../../../../state/shown.js";
import { counted } from "../../../../state/text.js";
import { quoted } from "./quoted.js";

/** @typedef {import("../element.js").TextScene} Scene */
/** @typedef {{ characters: string[], chosen: number, first: number, norms: number[] }} Found */

export function normsTable() {
  const summary = make("p");
  const rows = make("tbody");
  const head = make("thead", {}, make("tr", {}, ...["position", "character", "norm"].map((text) => make("th", { scope: "col" }, text))));
  const table = make("table", {}, make("caption", { class: "spoken" }, "norm of the gradient by the embedding of each character"), head, rows);
  const folded = make("details", {}, make("summary", {}, "The norms as numbers"), table);
  return {
    element: make("div", {}, summary, folded),
    /** @param {Scene["core"]} core @param {Found} found */
    show(core, { characters, chosen, first, norms }) {
      folded.hidden = false;
      setText(summary, sentences(core, { characters, chosen, first, norms }));
      if (rows.childElementCount !== norms.length) {
        rows.replaceChildren(...norms.map(() => make("tr", {}, make("th", { scope: "row" }), make("td", {}, make("bdi")), make("td"))));
      }
      [...rows.children].forEach((row, place) => {
        const [position, character, norm] = /** @type {[Element, Element, Element]} */ (/** @type {unknown} */ ([...row.children]));
        setText(position, String(place + 1));
        setText(/** @type {Element} */ (character.firstElementChild), shownToken(characters[place] ?? ""));
        setText(norm, core.shortNumber(norms[place] ?? NaN));
      });
    },
    /** @param {string} why there is nothing to show */
    empty(why) {
      folded.hidden = true;
      setText(summary, why);
    },
  };
}

/** @param {Scene["core"]} core @param {Found} found */
function sentences(core, { characters, chosen, first, norms }) {
  const order = norms.map((norm, place) => ({ norm, place })).filter(({ norm }) => norm > 0).sort((one, other) => other.norm - one.norm);
  const strongest = order.slice(0, 3).map(({ norm, place }) => `${quoted(characters[place])} at position ${place + 1} (${core.shortNumber(norm)})`);
  const [before, after] = [norms.slice(0, first), norms.slice(chosen + 1)];
  return [
    "Each bar is the norm of the gradient of this one loss by the embedding of a character.",
    strongest.length > 0 ? `The largest: ${strongest.join(", ")}.` : "",
    zeros(before, "before the receptive field."),
    zeros(after, "after this position: no prediction looks ahead."),
  ].filter((sentence) => sentence !== "").join(" ");
}

/** @param {number[]} norms @param {string} where */
function zeros(norms, where) {
  return norms.length > 0 && norms.every((norm) => norm === 0) ? `It is exactly 0 for the ${counted(norms.length, "character")} ${where}` : "";
}
