// Gradient descent on a picture.

/**
 * A picture after a step against the gradient; ink stays between 0 and 1.
 * @param {ArrayLike<number>} picture
 * @param {ArrayLike<number>} gradient of the loss by the picture
 * @param {number} rate
 */
export function descended(picture, gradient, rate) {
  return Float64Array.from(picture, (pixel, place) => Math.max(0, Math.min(1, pixel - rate * (gradient[place] ?? 0))));
}
