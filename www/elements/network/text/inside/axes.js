// The principal axes of points: the two directions in which they differ most.

/**
 * @typedef {object} Axes
 * @property {[Float64Array, Float64Array]} directions of length 1, at right angles; all 0 where the points do not differ any more
 * @property {[number, number]} shares of the whole variance, each from 0 to 1
 * @property {[x: number, y: number][]} places of the points along both, seen from their mean
 */

/** How many multiplications are allowed, so that a large table delays no frame. */
const WORK = 8e6;
/** The most rounds, and the change below which there is no further one. */
const ROUNDS = 500;
const CLOSE = 1e-10;
/** Directions whose share of the variance is below this one are noise of rounding. */
const TINY = 1e-14;

/**
 * By power iteration, which begins with earlier axes and so goes on where it was; a direction never
 * turns around.
 * @param {ArrayLike<number>} values of the points, one point after the other
 * @param {number} size how many numbers a point has
 * @param {Axes["directions"]} [before]
 * @returns {Axes}
 */
export function principalAxes(values, size, before) {
  const points = centred(values, size);
  const matrix = covariance(points, size);
  const whole = trace(matrix, size);
  const [one, two] = before?.[0].length === size ? before : [];
  const first = direction(matrix, beginning(one, size, 0), [], whole);
  const second = direction(matrix, beginning(two, size, 1), [first], whole);
  const directions = /** @type {Axes["directions"]} */ ([signed(first, one), signed(second, two)]);
  const shares = directions.map((axis) => (whole > 0 ? dot(axis, times(matrix, axis)) / whole : 0));
  return { directions, shares: /** @type {[number, number]} */ (shares), places: points.map((point) => [dot(point, directions[0]), dot(point, directions[1])]) };
}

/** @param {ArrayLike<number>} values @param {number} size */
function centred(values, size) {
  const count = Math.floor(values.length / size);
  const points = Array.from({ length: count }, (_, place) => Float64Array.from({ length: size }, (_, axis) => values[place * size + axis] ?? NaN));
  const mean = Float64Array.from({ length: size }, (_, axis) => points.reduce((sum, point) => sum + (point[axis] ?? NaN), 0) / count);
  return points.map((point) => point.map((value, axis) => value - (mean[axis] ?? NaN)));
}

/** @param {Float64Array[]} points @param {number} size */
function covariance(points, size) {
  const matrix = new Float64Array(size * size);
  for (const point of points) {
    for (let row = 0; row < size; row += 1) {
      const factor = point[row] ?? 0;
      for (let column = 0; column < size; column += 1) {
        matrix[row * size + column] = (matrix[row * size + column] ?? 0) + (factor * (point[column] ?? 0)) / points.length;
      }
    }
  }
  return matrix;
}

/** @param {Float64Array} matrix @param {number} size */
function trace(matrix, size) {
  return Array.from({ length: size }, (_, place) => matrix[place * size + place] ?? 0).reduce((sum, value) => sum + value, 0);
}

/** Where the iteration begins: at the axis before, or at numbers that no symmetry singles out. @param {Float64Array | undefined} before @param {number} size @param {number} axis */
function beginning(before, size, axis) {
  return before && dot(before, before) > 0 ? before : Float64Array.from({ length: size }, (_, place) => Math.sin(1 + place + size * axis));
}

/**
 * The direction in which the variance is largest, at right angles to others.
 * @param {Float64Array} matrix
 * @param {Float64Array} start
 * @param {Float64Array[]} others
 * @param {number} whole the variance of all directions
 */
function direction(matrix, start, others, whole) {
  const rounds = Math.min(ROUNDS, Math.ceil(WORK / (2 * matrix.length)));
  let axis = unit(without(start, others), 0);
  for (let round = 0; round < rounds; round += 1) {
    const next = unit(without(times(matrix, axis), others), TINY * whole);
    const change = next.reduce((most, value, place) => Math.max(most, Math.abs(value - (axis[place] ?? 0))), 0);
    axis = next;
    if (!(change > CLOSE)) {
      break;
    }
  }
  return axis;
}

/** A vector without its parts along others. @param {Float64Array} vector @param {Float64Array[]} others */
function without(vector, others) {
  return others.reduce((rest, other) => {
    const part = dot(rest, other);
    return rest.map((value, place) => value - part * (other[place] ?? 0));
  }, vector);
}

/** @param {Float64Array} vector @param {number} least a shorter vector has no direction */
function unit(vector, least) {
  const length = Math.sqrt(dot(vector, vector));
  return vector.map((value) => (length > least ? value / length : 0));
}

/** The direction, or its opposite: the one nearer to the axis before, or the one whose largest number is positive. @param {Float64Array} axis @param {Float64Array | undefined} before */
function signed(axis, before) {
  const along = before ? dot(axis, before) : axis.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);
  return along < 0 ? axis.map((value) => -value) : axis;
}

/** @param {Float64Array} matrix @param {Float64Array} vector */
function times(matrix, vector) {
  const size = vector.length;
  return vector.map((_, row) => dot(matrix.subarray(row * size, (row + 1) * size), vector));
}

/** @param {Float64Array} one @param {Float64Array} other */
function dot(one, other) {
  return one.reduce((sum, value, place) => sum + value * (other[place] ?? 0), 0);
}
