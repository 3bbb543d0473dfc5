// Picture files for a class, read one after the other.

import { pixelsOf } from "../../../parts/pixels.js";
import { messageOf } from "../../../state/text.js";
import { pictureOf } from "./collection.js";

/** Files are kept in this size, from which both sizes of the data are made by whole pixels. @type {[number, number]} */
const SIZE = [56, 56];
/** So many problems are told in full. */
const MOST_TOLD = 3;

/**
 * Reads files; what is no picture is told at the end.
 * @param {File[]} files
 * @param {object} acts
 * @param {() => void} acts.checkRoom throws a TextError when there is no room
 * @param {(picture: import("./collection.js").Picture) => void} acts.add
 * @param {(text: string) => void} acts.tell
 * @param {AbortSignal} signal
 * @returns {Promise<string>} the problems, or an empty text
 */
export async function readFiles(files, { checkRoom, add, tell }, signal) {
  /** @type {string[]} */
  const problems = [];
  for (const [place, file] of files.entries()) {
    tell(files.length > 1 ? `Reading file ${place + 1} of ${files.length} …` : "");
    try {
      checkRoom();
      const pixels = await pixelsOf(file, SIZE);
      if (signal.aborted) {
        return "";
      }
      add(pictureOf(pixels, SIZE, true));
    } catch (error) {
      problems.push(messageOf(error));
    }
  }
  tell("");
  return told([...new Set(problems)]);
}

/** @param {string[]} problems */
function told(problems) {
  const rest = problems.length - MOST_TOLD;
  return [...problems.slice(0, MOST_TOLD), ...(rest > 0 ? [`and ${rest} more ${rest > 1 ? "files were" : "file was"} not read`] : [])].join("; ");
}
