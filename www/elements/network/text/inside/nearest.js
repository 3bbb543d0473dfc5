// Which characters are near to each other, and what kind of character each one is.

/** Letters that are vowels, without their accents: Latin, Greek and Cyrillic ones. */
const VOWEL = /^[aeiouyαεηιουωаеиоуыэюяіє]/u;

/** @typedef {"vowel" | "letter" | "other"} Group */

/** @param {string} token @returns {Group} */
export function groupOf(token) {
  const base = token.normalize("NFD").toLowerCase();
  return VOWEL.test(base) ? "vowel" : /^\p{L}/u.test(base) ? "letter" : "other";
}

/**
 * The rows of a table that are nearest to one of them, the nearest first.
 * @param {ArrayLike<number>} values of the table, row by row
 * @param {number} size of a row
 * @param {number} row
 * @param {number} count at most
 */
export function nearestRows(values, size, row, count) {
  const rows = Math.floor(values.length / size);
  const distances = Array.from({ length: rows }, (_, other) => ({ row: other, distance: distance(values, size, row, other) }));
  return distances.filter((found) => found.row !== row).sort((one, other) => one.distance - other.distance).slice(0, count);
}

/** @param {ArrayLike<number>} values @param {number} size @param {number} one @param {number} other */
function distance(values, size, one, other) {
  let sum = 0;
  for (let place = 0; place < size; place += 1) {
    sum += ((values[one * size + place] ?? NaN) - (values[other * size + place] ?? NaN)) ** 2;
  }
  return Math.sqrt(sum);
}
