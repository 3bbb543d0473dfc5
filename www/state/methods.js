// The optimizers and schedules of the engine, and their options as settings.

import { OPTIMIZERS, OPTIONS, SCHEDULES } from "../pkg/catalog.js";
import { flag, number, optional, pair } from "./kinds.js";

/** @typedef {"optimizer" | "schedule"} Family a setting whose choices have options of their own */

const FAMILIES = { optimizer: OPTIMIZERS, schedule: SCHEDULES };
const KINDS = { number, flag, pair };

/** The choices, as values and as people write them. */
export const OPTIMIZER_WORDS = OPTIMIZERS.map(({ name, label }) => /** @type {const} */ ([name, label]));
export const SCHEDULE_WORDS = SCHEDULES.map(({ name, label }) => /** @type {const} */ ([name, label]));

/** The name of an optimizer as people write it. @param {string} optimizer */
export function optimizerLabel(optimizer) {
  return OPTIMIZERS.find(({ name }) => name === optimizer)?.label ?? optimizer;
}

/**
 * The options of all optimizers or of all schedules, each once, as rows of the table of settings.
 * @param {Family} of
 * @returns {import("./settings.js").Setting[]}
 */
export function optionsOf(of) {
  const known = OPTIONS.filter(({ name }) => methodsWith(of, name).length > 0);
  return known.map(({ name, kind, range, help }) => ({
    name,
    ...optional(KINDS[kind]),
    control: "training",
    label: labelOf(name),
    help: `For ${listed(methodsWith(of, name).map((method) => method.name))}: ${kind === "flag" ? lowered(help) : `${lowered(help).slice(0, -1)}, ${range}.`}`,
    absent: defaultsOf(of, name, kind === "flag"),
    example: kind === "flag" ? "true" : exampleOf(of, name),
    of,
    applies: (state) => methodsWith(of, name).some((method) => method.name === state[of]),
    usual: (state) => methodsWith(of, name).find((method) => method.name === state[of])?.options[name]?.join(", ") ?? "",
  }));
}

/** @param {Family} of @param {string} option */
function methodsWith(of, option) {
  return FAMILIES[of].filter(({ options }) => option in options);
}

/** A default that does something, where there is one. @param {Family} of @param {string} option */
function exampleOf(of, option) {
  const defaults = methodsWith(of, option).map(({ options }) => options[option] ?? []);
  return (defaults.find((numbers) => numbers.some((number) => number !== 0)) ?? [0.9]).join(", ");
}

/** `a, b and c` @param {string[]} names */
function listed(names) {
  return names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names.at(-1)}` : `${names[0]}`;
}

/** @param {string} sentence */
function lowered(sentence) {
  return `${sentence[0]?.toLowerCase()}${sentence.slice(1)}`;
}

/** `weight decay`; a person's name keeps its capital. @param {string} name */
function labelOf(name) {
  return name === "nesterov" ? "Nesterov" : name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** The default of an option, and the methods that have another one. @param {Family} of @param {string} option @param {boolean} isFlag */
function defaultsOf(of, option, isFlag) {
  const texts = methodsWith(of, option).map(({ name, options }) => ({ name, text: isFlag ? "off" : `${options[option]?.join(", ")}` }));
  const [usual, ...others] = [...new Set(texts.map(({ text }) => text))];
  const exceptions = others.map((text) => `${text} for ${texts.filter((each) => each.text === text).map(({ name }) => `\`${name}\``).join(", ")}`);
  return [usual, ...exceptions].join("; ");
}
