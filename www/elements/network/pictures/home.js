// Pictures in a PyTorch program: those that are used, and their labels.

import { base64 } from "../../../state/base64.js";
import { LEFT_OUT } from "../home/script.js";

/** @typedef {import("../scene.js").Dataset} Dataset */

/** @type {import("../home/script.js").Kind<Dataset>} */
export const PICTURES_HOME = {
  file: "downhill-network",
  words: ["picture", "pictures"],
  lengthOf: ({ pixels }) => pixels.length,
  outline: ({ data }) => described(data, LEFT_OUT, LEFT_OUT),
  samplesOf({ data }, training) {
    const width = data.size[0] * data.size[1];
    return described(data, base64(without(data.pixels, training * width, data.training * width)), base64(without(data.labels, training, data.training)));
  },
};

/** @param {Dataset} data @param {string} pictures @param {string} labels @returns {import("../home/script.js").Samples} */
function described({ size: [rows, columns], levels }, pictures, labels) {
  return { kind: "pictures", rows, columns, levels, pictures, labels };
}

/** @param {Uint8Array} bytes @param {number} begin @param {number} end */
function without(bytes, begin, end) {
  const rest = new Uint8Array(bytes.length - (end - begin));
  rest.set(bytes.subarray(0, begin));
  rest.set(bytes.subarray(end), begin);
  return rest;
}
