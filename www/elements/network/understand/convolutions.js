// The convolutions of a program, found in its text.

import { split } from "../../../state/tensor.js";

/**
 * @typedef {object} Convolution
 * @property {string} line the name of the line that contains it
 * @property {string} input the first operand as it is written
 * @property {string} kernels the second operand
 * @property {number} stride
 * @property {number} padding
 * @property {string | undefined} bias what the line adds to it, if this is all that the line does besides
 * @property {boolean} isAlone whether the line is nothing but the convolution, or this and a bias
 * @property {boolean} keepsPlaces whether each number of the line belongs to the window at the same place
 */

/** What may stand around a convolution without moving its numbers to other places. */
const ELEMENTWISE = new Set("exp log log2 log10 sqrt sin cos tan asin acos atan sinh cosh tanh sigmoid softplus relu abs sign step".split(" "));
const CALL = /(?<![\p{L}\p{N}_])conv\s*\(/gu;
const NAME = String.raw`[\p{L}_][\p{L}\p{N}_]*`;
/** Stands for the convolution in what is around it. */
const HERE = "□";
const BIAS = new RegExp(String.raw`^(?:${HERE}\s*\+\s*(${NAME})|(${NAME})\s*\+\s*${HERE})$`, "u");

/** @param {string} program @returns {Convolution[]} */
export function convolutionsOf(program) {
  const lines = program.replaceAll(/#[^\n]*/g, "").split(/[\n;]/);
  return lines.flatMap((text) => {
    const named = new RegExp(String.raw`^\s*(${NAME})\s*=(?!=)`, "u").exec(text);
    return named ? inLine(named[1] ?? "", text.slice(named[0].length).trim()) : [];
  });
}

/** @param {string} line @param {string} expression */
function inLine(line, expression) {
  return [...expression.matchAll(CALL)].flatMap(({ 0: { length }, index }) => {
    const end = closing(expression, index + length);
    const around = `${expression.slice(0, index)}${HERE}${expression.slice(end + 1)}`.trim();
    return read(line, expression.slice(index + length, end), around) ?? [];
  });
}

/** The place of the parenthesis that closes what is open at a place. @param {string} text @param {number} start */
function closing(text, start) {
  let depth = 1;
  let place = start;
  for (; place < text.length; place += 1) {
    depth += text[place] === "(" ? 1 : text[place] === ")" ? -1 : 0;
    if (depth === 0) {
      break;
    }
  }
  return place;
}

/** @param {string} line @param {string} inside the arguments @param {string} around the rest of the line @returns {Convolution | undefined} */
function read(line, inside, around) {
  const parts = split(inside, /,/).map((part) => part.trim());
  const options = new Map(parts.flatMap((part) => [optionOf(part)].filter((option) => option !== undefined)));
  const [input, kernels] = parts.filter((part) => optionOf(part) === undefined);
  const [stride = 1, padding = 0] = [options.get("stride"), options.get("padding")];
  if (!input || !kernels || !Number.isInteger(stride) || !Number.isInteger(padding)) {
    return undefined;
  }
  const found = BIAS.exec(around);
  const isAlone = around === HERE || found !== null;
  return { line, input, kernels, stride, padding, bias: found?.[1] ?? found?.[2], isAlone, keepsPlaces: isAlone || isElementwise(around) };
}

/** `stride=2` as its name and number. @param {string} part @returns {[string, number] | undefined} */
function optionOf(part) {
  const [, name = "", value = ""] = /^(stride|padding)\s*=\s*\(?\s*(\d+)\s*,?\s*\)?$/.exec(part) ?? [];
  return name ? [name, Number(value)] : undefined;
}

/** Whether a rest such as `relu(□ + b)` changes each number at its place. @param {string} around */
function isElementwise(around) {
  const calls = [...around.matchAll(new RegExp(String.raw`(${NAME})\s*\(`, "gu"))].map(([, name = ""]) => name);
  return calls.every((name) => ELEMENTWISE.has(name)) && !/[[\]@]/.test(around);
}
