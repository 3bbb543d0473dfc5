// A project of segmentation: classes, and pictures on which some pixels are painted with a class.

import { TextError } from "../text.js";

/** @typedef {{ name: string, color: string }} Class its number is its place in the list, counted from 1; the colour is "#rrggbb" */
/**
 * @typedef {object} Shot one picture
 * @property {string} name
 * @property {[rows: number, columns: number]} size the same for all pictures of a project
 * @property {Uint8Array} pixels rows * columns * 3 numbers: red, green and blue, 0..255
 * @property {Uint8Array} mask rows * columns numbers: 0 where nothing is painted, otherwise the number of a class
 * @property {Uint8Array} [truth] the same for every pixel whose class is known
 * @property {boolean} isTest whether it is kept for the test, and never trained with
 */
/** @typedef {{ name: string, classes: Class[], shots: Shot[], credit: string }} Project */

/** The largest and the smallest side of a picture, and the most classes, pictures, and numbers of all pictures together. */
export const LIMITS = { side: 256, least: 4, classes: 8, shots: 200, numbers: 16_000_000 };

/** Colours that stay apart for most people who are colour-blind, with a letter or a pattern beside them. */
export const COLORS = ["#56b4e9", "#e69f00", "#009e73", "#cc79a7", "#d55e00", "#0072b2", "#f0e442", "#999999"];

/** A dark picture on which nothing is painted. @param {string} name @param {[rows: number, columns: number]} size @returns {Shot} */
export function emptyShot(name, size) {
  const count = size[0] * size[1];
  return { name, size, pixels: new Uint8Array(3 * count), mask: new Uint8Array(count), isTest: false };
}

/** Throws a TextError if something in a project does not fit. @param {Project} project */
export function checkProject({ classes, shots }) {
  refuse(classes.length < 2 || classes.length > LIMITS.classes, `a project has 2 to ${LIMITS.classes} classes; this one has ${classes.length}`);
  refuse(shots.length > LIMITS.shots, `a project has at most ${LIMITS.shots} pictures; this one has ${shots.length}`);
  const wrong = classes.find(({ color }) => !/^#[\da-f]{6}$/i.test(color));
  refuse(wrong !== undefined, `\`${wrong?.color.slice(0, 40)}\` is not a colour such as #56b4e9`);
  const [first] = shots;
  shots.forEach((shot) => checkShot(shot, first?.size ?? shot.size, classes.length));
  const numbers = shots.reduce((sum, { size: [rows, columns] }) => sum + rows * columns * (3 + classes.length), 0);
  refuse(numbers > LIMITS.numbers, `all pictures together have ${numbers} numbers; at most ${LIMITS.numbers} fit`);
}

/** @param {Shot} shot @param {[number, number]} size @param {number} classes */
function checkShot({ name, size: [rows, columns], pixels, mask, truth }, [high, wide], classes) {
  const said = `\`${name.slice(0, 60)}\``;
  const sides = `${said} has ${rows} × ${columns} pixels`;
  const isSide = (/** @type {number} */ side) => Number.isInteger(side) && side >= LIMITS.least && side <= LIMITS.side;
  refuse(!isSide(rows) || !isSide(columns), `${sides}; sides have ${LIMITS.least} to ${LIMITS.side}`);
  refuse(rows !== high || columns !== wide, `${sides}, and the first picture ${high} × ${wide}; all pictures of a project have one size`);
  refuse(pixels.length !== 3 * rows * columns, `${said} has ${pixels.length} numbers for its pixels; ${3 * rows * columns} are needed`);
  for (const own of [mask, ...(truth ? [truth] : [])]) {
    refuse(own.length !== rows * columns, `a mask of ${said} has ${own.length} numbers; ${rows * columns} are needed`);
    const unknown = own.find((number) => number > classes);
    refuse(unknown !== undefined, `a mask of ${said} has the class ${unknown}, and there are only ${classes}`);
  }
}

/** @param {boolean} isWrong @param {string} message */
function refuse(isWrong, message) {
  if (isWrong) {
    throw new TextError(message);
  }
}
