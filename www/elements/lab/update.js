// The update of a step in numbers, each in the colour of its quantity:
// w ← w − α · ∂loss/∂w = 1 − 0.01 · (−2) = 1.02, or for other optimizers
// w ← Adam(w, ∂loss/∂w) = Adam(1, −2) = 1.01.

import { make, setText } from "../../parts/dom.js";
import { optimizerLabel } from "../../state/methods.js";
import { counted } from "../../state/text.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {{ text: string, name?: boolean, quantity?: string, value?: number }} Piece of a line: plain text, a name, or a number */

/** The updates that are shown; a model of more parameters has the others in its run. */
const MOST_LINES = 6;

/** @returns {import("./scene.js").View} */
export function updateView() {
  const element = make("div", { class: "update" });
  let form = "";
  /** @type {Element[]} */
  let numbers = [];

  /** The elements of the pieces; they are kept while only numbers change. @param {Piece[][]} lines */
  function build(lines) {
    element.replaceChildren(...lines.map((line) => make("p", {}, ...line.map(elementOf))));
    numbers = [...element.querySelectorAll("output")];
  }

  return {
    elements: [element],
    show(scene) {
      const lines = linesOf(scene);
      const next = JSON.stringify(lines.map((line) => line.map(({ text, value }) => (value === undefined ? text : ""))));
      if (next !== form) {
        form = next;
        build(lines);
      }
      lines.flat().filter(({ value }) => value !== undefined).forEach(({ text, value }, index) => {
        const number = /** @type {HTMLElement} */ (numbers[index]);
        setText(number, text);
        number.title = String(value);
      });
      element.classList.toggle("untold", !scene.isTold);
    },
  };
}

/** The same as a text. @param {Scene} scene */
export function updateText(scene) {
  return linesOf(scene).map((line) => line.map(({ text }) => text).join("")).join("; ");
}

/** @param {Piece} piece */
function elementOf({ text, name, quantity, value }) {
  return value !== undefined ? make("output", { class: quantity }) : name ? make("var", { class: quantity }, text) : text;
}

/** @param {Scene} scene @returns {Piece[][]} */
function linesOf(scene) {
  const { step, parameters, state } = scene;
  const hidden = parameters.length - MOST_LINES;
  return scene.read((handle, core) => {
    const [before, gradients, after] = [handle.parametersBefore(step), handle.gradientOf(step), handle.parametersBefore(step + 1)];
    const rate = handle.rateOf(step);
    const rule = ruleOf(state);
    const lines = parameters.slice(0, MOST_LINES).map((name, index) => {
      const values = [before[index] ?? NaN, rate, gradients[index] ?? NaN, after[index] ?? NaN];
      const short = values.map((value) => core.shortNumber(value));
      return rule ? byRule(rule, name, values, short) : plain(name, values, short);
    });
    return hidden > 0 ? [...lines, [{ text: `and ${counted(hidden, "more parameter")}` }]] : lines;
  });
}

/** The name of an optimizer that does more than plain gradient descent, else nothing. @param {import("./scene.js").State} state */
function ruleOf({ optimizer, momentum = 0, weightDecay = 0 }) {
  return optimizer === "sgd" && momentum === 0 && weightDecay === 0 ? "" : optimizerLabel(optimizer);
}

/** @param {string} parameter @param {number[]} values @param {string[]} short @returns {Piece[]} */
function plain(parameter, values, short) {
  const [before, rate, gradient, after] = ["parameter", "rate", "gradient", "parameter"].map((quantity, place) => number(quantity, values[place], place === 1 || place === 2 ? bracketed(short[place]) : short[place]));
  const name = { text: parameter, name: true, quantity: "parameter" };
  return [name, { text: " ← " }, name, { text: " − " }, { text: "α", name: true, quantity: "rate" }, { text: " · " }, slopeOf(parameter), { text: " = " }, before, { text: " − " }, rate, { text: " · " }, gradient, { text: " = " }, after].flatMap((piece) => piece ?? []);
}

/** @param {string} rule @param {string} parameter @param {number[]} values @param {string[]} short @returns {Piece[]} */
function byRule(rule, parameter, values, short) {
  const name = { text: parameter, name: true, quantity: "parameter" };
  return [name, { text: ` ← ${rule}(` }, name, { text: ", " }, slopeOf(parameter), { text: `) = ${rule}(` }, number("parameter", values[0], short[0]), { text: ", " }, number("gradient", values[2], short[2]), { text: ") = " }, number("parameter", values[3], short[3])];
}

/** @param {string} quantity @param {number} [value] @param {string} [text] @returns {Piece} */
function number(quantity, value = NaN, text = "") {
  return { text, quantity, value };
}

/** @param {string} parameter @returns {Piece} */
function slopeOf(parameter) {
  return { text: `∂loss/∂${parameter}`, name: true, quantity: "gradient" };
}

/** @param {string} [text] */
function bracketed(text = "") {
  return text.startsWith("−") ? `(${text})` : text;
}
