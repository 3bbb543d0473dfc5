// Pictures that a person adds: files become pictures of a project, all of one size.

import { colorsOf } from "../../../parts/shotfile.js";
import { COLORS, checkProject } from "../../../state/segment/project.js";
import { messageOf } from "../../../state/text.js";

/** @typedef {import("../../../state/segment/project.js").Project} Project */
/** @typedef {import("../../../state/segment/project.js").Shot} Shot */

/** The longer side of the first picture: with more pixels, painting and training would be slow. */
const LONGEST = 160;
/** So many problems are told in full. */
const MOST_TOLD = 3;

/** A project without pictures. @returns {Project} */
export function emptyProject() {
  const classes = ["background", "object"].map((name, place) => ({ name, color: COLORS[place] ?? "#000000" }));
  return { name: "own", classes, shots: [], credit: "Pictures of your own, which stay on this device." };
}

/**
 * Adds files to a project, and returns what is wrong with those that are none; empty if nothing is.
 * @param {Project} project
 * @param {File[]} files
 */
export async function addFiles(project, files) {
  const wrong = [];
  for (const file of files) {
    try {
      const shot = await shotOf(file, project.shots[0]?.size);
      checkProject({ ...project, shots: [...project.shots, shot] });
      project.shots.push(shot);
    } catch (error) {
      wrong.push(messageOf(error));
    }
  }
  return [...wrong.slice(0, MOST_TOLD), ...(wrong.length > MOST_TOLD ? [`${wrong.length - MOST_TOLD} more files could not be read`] : [])].join("; ");
}

/** @param {File} file @param {Shot["size"] | undefined} given @returns {Promise<Shot>} */
async function shotOf(file, given) {
  const { size, pixels } = await colorsOf(file, given, LONGEST);
  return { name: file.name.slice(0, 60) || "picture", size, pixels, mask: new Uint8Array(size[0] * size[1]), isTest: false };
}
