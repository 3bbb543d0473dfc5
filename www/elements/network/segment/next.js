// “Paint here next”: a frame in the picture and a sentence about the place where the network is least sure.

import { unsureRegion } from "./unsure.js";

/** @typedef {import("./predict.js").Prediction} Prediction */
/** @typedef {import("../../../state/segment/project.js").Shot} Shot */
/** @typedef {import("../../../state/segment/brush.js").Area} Area */

/** How often another place is looked for, in milliseconds. */
const PAUSE = 700;
/** The side of the frame, in parts of the longer side and in pixels at least. */
const PART = 1 / 10;
const LEAST = 5;
const SURE = "The network is sure of everything that is not painted. That need not be right: look at the prediction, and paint where it is wrong.";

export class Next {
  /** @type {Area | undefined} */
  area;
  words = "";
  /** @type {Shot | undefined} */
  #shot;
  /** @type {Prediction | undefined} */
  #prediction;
  #made = -Infinity;

  /** @param {Shot} shot @param {Prediction | undefined} prediction @param {boolean} isWanted */
  look(shot, prediction, isWanted) {
    if (!prediction || !isWanted || shot.isTest) {
      [this.area, this.words, this.#prediction] = [undefined, "", undefined];
    } else if (shot !== this.#shot || (prediction !== this.#prediction && performance.now() > this.#made + PAUSE)) {
      [this.#shot, this.#prediction, this.#made] = [shot, prediction, performance.now()];
      this.#take(shot, unsureRegion(prediction.sureness, shot.mask, shot.size));
    }
  }

  /** @param {Shot} shot @param {ReturnType<typeof unsureRegion>} region */
  #take({ size: [rows, columns] }, region) {
    if (!region) {
      [this.area, this.words] = [undefined, SURE];
      return;
    }
    const side = Math.max(LEAST, Math.round(PART * Math.max(rows, columns)));
    const start = (/** @type {number} */ at, /** @type {number} */ length) => Math.max(0, Math.min(length - side, at - Math.floor(side / 2)));
    this.area = { top: start(region.row, rows), left: start(region.column, columns), height: side, width: side };
    this.words = `Paint here next: row ${region.row + 1}, column ${region.column + 1}, in the small frame. It is in the largest area, ${region.pixels.toLocaleString("en")} pixels, of which the network is least sure.`;
  }
}
