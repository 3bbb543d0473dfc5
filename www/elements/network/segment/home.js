// Painted pictures in a PyTorch program: a byte for each number of a picture, the class of each pixel, and how much it counts.

import { base64 } from "../../../state/base64.js";
import { doubles } from "../../../state/floats.js";
import { joined } from "../../../state/segment/packed.js";
import { inputsOf } from "../../../state/segment/samples.js";
import { LEFT_OUT } from "../home/script.js";
import { testSamples } from "../task.js";
import { rowIn } from "./task.js";

/** @typedef {import("../../../state/segment/project.js").Project} Project */
/** @typedef {import("../home/script.js").Run<Project>} Run */

/** What is 1 for the network is so much as a byte. */
const LEVELS = 255;

/** @type {import("../home/script.js").Kind<Project>} */
export const SEGMENT_HOME = {
  file: "downhill-segment",
  words: ["picture", "pictures"],
  lengthOf: ({ shots }) => shots.reduce((sum, { pixels }) => sum + pixels.length, 0),
  outline: (run) => described(run, LEFT_OUT, LEFT_OUT, LEFT_OUT),
  samplesOf(run) {
    const samples = [...(run.task.live?.chosen() ?? []), ...testSamples(run.task)];
    const parts = samples.map((sample) => bytesOf(run, sample));
    return described(run, base64(joined(parts.map(({ picture }) => picture))), base64(joined(parts.map(({ classified }) => classified))), base64(doubles(parts.flatMap(({ shares }) => [...shares]))));
  },
};

/** @param {Run} run @param {string} pictures @param {string} classified @param {string} shares @returns {import("../home/script.js").Samples} */
function described({ data, state }, pictures, classified, shares) {
  const [rows = 0, columns = 0] = data.shots[0]?.size ?? [];
  return { kind: "masks", channels: colorsOf(state), rows, columns, places: state.coordinates, classes: data.classes.length, levels: LEVELS, pictures, classified, shares };
}

/** A sample without the channels that tell the place of a pixel. @param {Run} run @param {number} sample */
function bytesOf({ task, state, data }, sample) {
  const { picture, mask } = rowIn(task, sample);
  const count = picture.length / inputsOf(state);
  const shares = new Float64Array(data.classes.length);
  const classified = new Uint8Array(count);
  mask.forEach((share, place) => {
    if (share > 0) {
      const k = Math.floor(place / count);
      shares[k] = share;
      classified[place % count] = k + 1;
    }
  });
  return { picture: Uint8Array.from(picture.subarray(0, colorsOf(state) * count), (number) => Math.round(LEVELS * number)), classified, shares };
}

/** How many numbers of a pixel are bytes. @param {Run["state"]} state */
function colorsOf(state) {
  return inputsOf({ ...state, coordinates: false });
}
