// How large the gradient is at each layer, as bars.

import { make, setText } from "../../../../parts/dom.js";
import { figure } from "../../../../parts/figure.js";
import { largest } from "../../../../parts/heat.js";
import { norm } from "./numbers.js";

/** @typedef {import("../element.js").TextScene} Scene */
/** @typedef {import("./numbers.js").Seen} Seen */
/** @typedef {{ name: string, norm: number }} Slope */

export function layerSlopes() {
  const rows = make("tbody");
  const head = make("thead", {}, make("tr", {}, make("th", { scope: "col" }, "layer"), make("td"), make("th", { scope: "col" }, "norm")));
  const table = make("table", { class: "slopes" }, make("caption", { class: "spoken" }, "norm of the gradient at each layer"), head, rows);
  const about = make("p");
  const hint = make("p", { class: "quiet" }, "Compare the gated ConvNet with the ConvNet with tanh, both with 6 layers, before the first step. Each tanh makes the gradient smaller on its way down to the embedding; the sum in each gated layer lets it pass.");
  return {
    element: figure("Gradient by layer", [], make("div", { class: "side" }, table, about, hint)),
    /** @param {Scene} scene @param {Map<string, Seen>} tensors */
    show({ core }, tensors) {
      const slopes = slopesOf(tensors);
      const most = largest(slopes.map(({ norm }) => norm));
      table.hidden = slopes.length === 0;
      setText(about, sentence(core, slopes));
      if (rows.childElementCount !== slopes.length) {
        rows.replaceChildren(...slopes.map(() => make("tr", {}, make("th", { scope: "row" }), make("td", {}, make("span", { class: "slope" })), make("td"))));
      }
      [...rows.children].forEach((row, place) => {
        const { name, norm } = /** @type {Slope} */ (slopes[place]);
        setText(/** @type {Element} */ (row.children[0]), name);
        /** @type {HTMLElement} */ (row.querySelector(".slope")).style.setProperty("--share", String(most > 0 && norm <= most ? norm / most : 0));
        setText(/** @type {Element} */ (row.children[2]), core.shortNumber(norm));
      });
    },
  };
}

/** The embedding, and what each layer makes, the highest first. @param {Map<string, Seen>} tensors @returns {Slope[]} */
function slopesOf(tensors) {
  const place = (/** @type {string} */ name) => Number(name.slice(1));
  const names = [...tensors.keys()].filter((name) => /^(e|h\d+)$/.test(name)).sort((one, other) => place(other) - place(one));
  return names.flatMap((name) => {
    const gradient = tensors.get(name)?.gradient;
    return gradient ? [{ name, norm: norm(gradient) }] : [];
  });
}

/** @param {Scene["core"]} core @param {Slope[]} slopes */
function sentence(core, slopes) {
  const [last, first] = [slopes[0], slopes.at(-1)];
  if (!last || !first) {
    return "This program has no lines `e`, `h1`, `h2` and so on with a gradient.";
  }
  const ratio = first.norm / last.norm;
  const compared = last === first || !Number.isFinite(ratio) ? "" : ` At ${first.name} it is ${core.shortNumber(ratio)} times as large as at ${last.name}.`;
  return `The norm of the gradient of the window’s mean loss by all numbers of a layer.${compared}`;
}
