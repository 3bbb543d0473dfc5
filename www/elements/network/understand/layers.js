// The convolutions of a network, with the shapes of what they are made of.

import { convolutionsOf } from "./convolutions.js";
import { slidingOf } from "./window.js";

/** @typedef {import("../scene.js").Scene} Scene */

/**
 * @typedef {object} Layer
 * @property {import("./convolutions.js").Convolution} convolution
 * @property {string} name how it is called in a list
 * @property {number[]} shape of its line
 * @property {number[] | undefined} kernels their shape, if they have a name
 * @property {import("./window.js").Sliding | undefined} sliding how it slides, if its input has a name too
 */

/** @param {Scene} scene @returns {Layer[]} */
export function layersOf({ network, state, data }) {
  const shapes = new Map([["picture", [1, ...data.size]], ...[...network.parameters, ...network.lines].map(({ name, shape }) => /** @type {[string, number[]]} */ ([name, shape]))]);
  return convolutionsOf(state.model).flatMap((convolution) => {
    const shape = shapes.get(convolution.line);
    const [input, kernels] = [shapes.get(convolution.input), shapes.get(convolution.kernels)];
    const sliding = input && kernels && slidingOf(input, kernels, convolution);
    const name = `${convolution.line}: conv(${convolution.input}, ${convolution.kernels})`;
    return shape ? [{ convolution, name, shape, kernels, sliding }] : [];
  });
}

/** Whether the numbers of its line can be counted filter by filter. @param {Layer} layer */
export function hasFilters({ shape, kernels }) {
  return shape.length > 1 && kernels !== undefined && shape[0] === kernels[0];
}

/** Whether every number of a place can be seen: the line is the convolution, and its parts have names. @param {Layer} layer */
export function canBeFollowed({ convolution, sliding }) {
  return convolution.isAlone && sliding !== undefined;
}
