// One place of a convolution in plain numbers: the window of the input, its products with the kernel,
// and the shares of the gradients. The engine computes; this only shows how.

/**
 * How the windows of a convolution lie on its input. A sequence is a picture of one row.
 * @typedef {object} Sliding
 * @property {number} channels of the input
 * @property {number} filters the channels of the output
 * @property {[rows: number, columns: number]} input
 * @property {[rows: number, columns: number]} kernel
 * @property {[rows: number, columns: number]} output
 * @property {[down: number, right: number]} stride
 * @property {[above: number, left: number]} padding
 */

/**
 * How kernels slide over an input; nothing where the shapes do not fit.
 * @param {readonly number[]} input (channels, rows, columns) or (channels, length)
 * @param {readonly number[]} kernels (filters, channels, rows, columns) or (filters, channels, length)
 * @param {{ stride: number, padding: number }} options
 * @returns {Sliding | undefined}
 */
export function slidingOf(input, kernels, { stride, padding }) {
  const [filters = 0, channels = 0, ...size] = kernels;
  if (input.length !== size.length + 1 || input[0] !== channels || size.length < 1 || size.length > 2) {
    return undefined;
  }
  const isFlat = size.length === 1;
  const sliding = { channels, filters, input: twoOf(input.slice(1)), kernel: twoOf(size), stride: pair(isFlat ? 1 : stride, stride), padding: pair(isFlat ? 0 : padding, padding) };
  const output = pair(placesAlong(sliding, 0), placesAlong(sliding, 1));
  return Math.min(...output) > 0 ? { ...sliding, output } : undefined;
}

/** @param {number} first @param {number} second @returns {[number, number]} */
const pair = (first, second) => [first, second];

/** Rows and columns; a length is one row. @param {number[]} size @returns {[number, number]} */
function twoOf(size) {
  const [rows = 1, columns = 1] = size.length === 1 ? [1, ...size] : size;
  return [rows, columns];
}

/** How many windows there are along an axis. @param {Omit<Sliding, "output">} sliding @param {0 | 1} axis */
function placesAlong({ input, kernel, stride, padding }, axis) {
  return Math.floor((input[axis] + 2 * padding[axis] - kernel[axis]) / stride[axis]) + 1;
}

/** The number of places. @param {Sliding} sliding */
export function placesOf({ output }) {
  return output[0] * output[1];
}

/** The row and the column of a place. @param {Sliding} sliding @param {number} place @returns {[row: number, column: number]} */
export function rowAndColumn({ output }, place) {
  return [Math.floor(place / output[1]), place % output[1]];
}

/** Where a window begins in the input; negative in the padding. @param {Sliding} sliding @param {number} place @returns {[row: number, column: number]} */
export function cornerOf(sliding, place) {
  const [row, column] = rowAndColumn(sliding, place);
  return [row * sliding.stride[0] - sliding.padding[0], column * sliding.stride[1] - sliding.padding[1]];
}

/**
 * The numbers of the input under a window; 0 in the padding.
 * @param {Sliding} sliding
 * @param {ArrayLike<number>} input
 * @param {number} channel
 * @param {number} place
 */
export function windowAt(sliding, input, channel, place) {
  const { input: [rows, columns], kernel: [height, width] } = sliding;
  const [top, left] = cornerOf(sliding, place);
  return Float64Array.from({ length: height * width }, (_, index) => {
    const [row, column] = [top + Math.floor(index / width), left + (index % width)];
    const isInside = row >= 0 && row < rows && column >= 0 && column < columns;
    return isInside ? (input[(channel * rows + row) * columns + column] ?? NaN) : 0;
  });
}

/**
 * The kernel of a filter for one channel of the input; the same for the kernels' gradient.
 * @param {Sliding} sliding
 * @param {ArrayLike<number>} kernels
 * @param {number} filter
 * @param {number} channel
 */
export function kernelOf({ channels, kernel: [height, width] }, kernels, filter, channel) {
  const first = (filter * channels + channel) * height * width;
  return Float64Array.from({ length: height * width }, (_, index) => kernels[first + index] ?? NaN);
}

/** Number by number. @param {Float64Array} one @param {Float64Array} other */
export function products(one, other) {
  return one.map((number, index) => number * (other[index] ?? NaN));
}

/** @param {Float64Array} numbers */
export function total(numbers) {
  return numbers.reduce((sum, number) => sum + number, 0);
}

/**
 * What each channel of the input adds to one number of the output.
 * @param {Sliding} sliding
 * @param {ArrayLike<number>} input
 * @param {ArrayLike<number>} kernels
 * @param {number} filter
 * @param {number} place
 */
export function channelSums(sliding, input, kernels, filter, place) {
  return Float64Array.from({ length: sliding.channels }, (_, channel) => total(products(windowAt(sliding, input, channel, place), kernelOf(sliding, kernels, filter, channel))));
}

/**
 * The gradient of one kernel: the gradient at each place of the output times the window there, added
 * up over all places.
 * @param {Sliding} sliding
 * @param {ArrayLike<number>} input
 * @param {ArrayLike<number>} gradient of the output
 * @param {number} filter
 * @param {number} channel
 */
export function sharesOfAllPlaces(sliding, input, gradient, filter, channel) {
  const places = placesOf(sliding);
  const sum = new Float64Array(sliding.kernel[0] * sliding.kernel[1]);
  for (let place = 0; place < places; place += 1) {
    const arriving = gradient[filter * places + place] ?? NaN;
    windowAt(sliding, input, channel, place).forEach((number, index) => (sum[index] = (sum[index] ?? 0) + arriving * number));
  }
  return sum;
}

/** The rows and columns of the input with its padding. @param {Sliding} sliding @returns {[rows: number, columns: number]} */
export function paddedSize({ input, padding }) {
  return [input[0] + 2 * padding[0], input[1] + 2 * padding[1]];
}

/**
 * One channel of the input with its padding, which is all that the windows see.
 * @param {Sliding} sliding
 * @param {ArrayLike<number>} input
 * @param {number} channel
 */
export function paddedChannel(sliding, input, channel) {
  const size = paddedSize(sliding);
  return windowAt({ ...sliding, kernel: size, output: [1, 1] }, input, channel, 0);
}

/** How far sums may differ in the last digits of 32 bits, as a share of what is added. */
const TOLERANCE = 1e-5;

/**
 * Whether two sums of the same terms are equal up to rounding.
 * @param {number} one
 * @param {number} other
 * @param {number} size of the terms
 */
export function isNear(one, other, size) {
  return Object.is(one, other) || Math.abs(one - other) <= TOLERANCE * size;
}
