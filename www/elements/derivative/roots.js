// The roots of a formula, and whether there may be others.

import { make } from "../../parts/dom.js";
import { formula } from "../../parts/formula.js";

/** @typedef {import("../../pkg/core.js").FoundRoot} FoundRoot */

/** Further roots are only counted. */
const MOST_ROOTS = 12;

export function rootsView() {
  const element = make("div", { class: "roots", role: "status" });
  return {
    element,
    clear: () => element.replaceChildren(),
    /**
     * @param {import("../../engine/engine.js").Core} core
     * @param {import("../../engine/calculate.js").CalculusState} state
     */
    show(core, { model, by, init }) {
      const names = Object.keys(init);
      const found = core.roots(model, by, names, Float64Array.from(names, (name) => init[name] ?? NaN));
      const name = core.nameMathml(by);
      const rows = found.roots.slice(0, MOST_ROOTS).map((root) => make("li", {}, formula(`${name}<mo>${root.value === undefined ? "=" : "≈"}</mo>${root.mathml}`), ` ${note(root)}`));
      const list = rows.length > 0 ? [make("ul", {}, ...rows)] : [];
      element.replaceChildren(...list, make("p", {}, summary(found, by)));
    },
  };
}

/** @param {FoundRoot} root */
function note({ multiplicity = 1, realWhere, value, low, high }) {
  if (value !== undefined) {
    return low === high ? "found by a search" : `found by a search, between ${low} and ${high}`;
  }
  const often = multiplicity > 1 ? `${multiplicity} times` : "";
  return [often, realWhere && `real where ${realWhere}`].filter(Boolean).join(", ");
}

/**
 * @param {import("../../pkg/core.js").FoundRoots} found
 * @param {string} by
 */
function summary({ roots, searched, cut, interval, missing, everywhere }, by) {
  if (everywhere) {
    return `The formula is 0 for every ${by}.`;
  }
  const hidden = roots.length > MOST_ROOTS ? `And ${roots.length - MOST_ROOTS} more. ` : "";
  if (missing.length > 0) {
    return `${hidden}To search for ${roots.length > 0 ? "other " : ""}roots, give ${[...new Set(missing)].join(", ")} a value.`;
  }
  if (cut) {
    return `${hidden}These are only the first.`;
  }
  const place = `between ${interval[0]} and ${interval[1]}`;
  if (searched) {
    return roots.length > 0 ? `${hidden}Searched ${place}; there may be others outside.` : `None found ${place}; there may be some outside.`;
  }
  return roots.length > 0 ? `${hidden}There are no others.` : "It has no real root.";
}
