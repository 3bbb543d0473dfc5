// The tools beside the easel: what a stroke does, how wide it is, and what is shown.

import { make } from "../../../../parts/dom.js";
import { button, keepPrivate, privateBox } from "../../../../parts/private.js";

/** @typedef {import("./pen.js").Tool} Tool */
/** @typedef {import("./sheet.js").Look} Look */

/** @type {[Tool, string][]} */
const TOOLS = [["brush", "Brush"], ["eraser", "Eraser"], ["fill", "Fill"], ["polygon", "Polygon"], ["move", "Move"]];
const WIDTHS = [1, 3, 5, 9, 15];

/**
 * @param {object} acts
 * @param {(tool: Tool) => void} acts.choose
 * @param {(width: number) => void} acts.widen
 * @param {() => void} acts.undo
 * @param {() => void} acts.redo
 * @param {() => void} acts.clear
 * @param {(times: number) => void} acts.zoom
 * @param {(look: Partial<Look>) => void} acts.look
 */
export function toolbar(acts) {
  const tools = TOOLS.map(([tool, name]) => button(name, () => acts.choose(tool), { "aria-pressed": "false", "data-tool": tool }));
  const width = keepPrivate(make("select", { "aria-label": "width of the brush in pixels" }, ...WIDTHS.map((each) => make("option", { value: String(each) }, `${each} px`))), () => acts.widen(Number(width.value)));
  const [undo, redo] = [button("Undo", acts.undo), button("Redo", acts.redo)];
  const clear = button("Clear", acts.clear);
  const zoom = [button("+", () => acts.zoom(2), { "aria-label": "look nearer" }), button("−", () => acts.zoom(0.5), { "aria-label": "look from farther away" })];
  const tooling = make("div", { class: "tooling" }, make("div", { class: "buttons", role: "group", "aria-label": "tools" }, ...tools), width, make("div", { class: "buttons" }, undo, redo, clear));
  const looks = make("div", { class: "looks" },
    share("painted", 0.9, (mask) => acts.look({ mask })),
    share("predicted", 0.5, (prediction) => acts.look({ prediction })),
    share("before and after", 0, (split) => acts.look({ split })),
    privateBox("where it is not sure", (doubt) => acts.look({ doubt })),
    make("div", { class: "buttons" }, ...zoom));

  return {
    tooling,
    looks,
    /** @param {{ tool: Tool, width: number, canUndo: boolean, canRedo: boolean, isEmpty: boolean }} state */
    show(state) {
      tools.forEach((each) => each.setAttribute("aria-pressed", String(each.getAttribute("data-tool") === state.tool)));
      width.value = String(state.width);
      [undo.disabled, redo.disabled, clear.disabled] = [!state.canUndo, !state.canRedo, state.isEmpty];
    },
  };
}

/** A slider from 0 to 1. @param {string} text @param {number} initial @param {(value: number) => void} changed */
function share(text, initial, changed) {
  const input = make("input", { type: "range", min: "0", max: "1", step: "0.05", value: String(initial) });
  input.addEventListener("input", (event) => {
    event.stopPropagation();
    changed(Number(input.value));
  });
  keepPrivate(input);
  return make("label", { class: "look" }, make("span", {}, text), input);
}
