// Parts of documents that are made from the table of settings: its types, and the guide's table.

import { KEYS, SETTINGS, attributeOf } from "../../www/state/settings.js";

/** The interfaces of `downhill.d.ts`. */
export function typesOfSettings() {
  const run = KEYS.filter((key) => !SETTINGS[key].isView);
  return [
    ...declared("The settings of a run; absent ones are those of the deck's lesson.", "RunSettings", run, (key) => `${key}?: ${SETTINGS[key].type};`),
    "",
    ...declared("The state of a lab as plain data.", "LabState", KEYS, (key) => `${key}${SETTINGS[key].initial === undefined ? "?" : ""}: ${SETTINGS[key].stored ?? SETTINGS[key].type};`),
  ].join("\n");
}

/**
 * @param {string} about
 * @param {string} name
 * @param {typeof KEYS} keys
 * @param {(key: (typeof KEYS)[number]) => string} line
 */
function declared(about, name, keys, line) {
  return [`/** ${about} */`, `export interface ${name} {`, ...keys.flatMap((key) => [`  /** ${SETTINGS[key].help} */`, `  ${line(key)}`]), "}"];
}

/** The rows of the guide's table of the lab's attributes. */
export function guideOfSettings() {
  return KEYS.map((key) => {
    const { initial, write, help, words } = SETTINGS[key];
    const { example = write(initial), absent = code(write(initial)) } = SETTINGS[key];
    const choices = words ? `; one of ${words.map(([value]) => code(value)).join(", ")}` : "";
    return `| \`${attributeOf(key)}\` | ${code(example)}${choices} | ${absent} | ${help} |`;
  }).join("\n");
}

/** @param {string} text */
function code(text) {
  return `\`${text}\``;
}
