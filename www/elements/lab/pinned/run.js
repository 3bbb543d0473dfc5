// What is compared of a pinned run of a lab.

// What it shares with the first views stays in the file that is already there.
import "../element.js";
import { Scene } from "../scene.js";
import { fateOf } from "../verdict.js";
import { summaryOf } from "./summary.js";

export { pinnedRuns } from "../../../parts/pinned.js";

/** A pinned curve keeps the smallest and the largest loss of each of this many columns. */
const COLUMNS = 600;
/** The table shows after how many epochs a run reaches this loss. */
const GOAL = 1e-3;

export const HEADS = ["settings", "final loss", "epochs to 0.001", "verdict"];

/** @param {Scene["lesson"]} lesson @param {import("../scene.js").State} state */
export function runOf(lesson, state) {
  const scene = new Scene(lesson, state);
  return { state: structuredClone(state), points: scene.read((handle) => handle.curvePoints(COLUMNS)), cells: cellsOf(scene) };
}

/** @param {Scene} scene */
export function cellsOf({ lesson, state }) {
  return lesson.read((handle, core) => {
    const epoch = handle.epochsTo(GOAL);
    return [summaryOf(state), core.shortNumber(handle.meanLosses()[1] ?? NaN), epoch === undefined ? "not reached" : String(epoch), fateOf(handle)];
  });
}
