// From the colours of a picture to ink: 0 is background, 1 is ink.

/** How much red, green and blue count for the brightness, as in a conversion to grey by common programs (ITU-R 601). */
const [RED, GREEN, BLUE] = [0.299, 0.587, 0.114];

/**
 * The ink of a picture. A light background means that what is dark is ink; transparent pixels are background.
 * @param {ArrayLike<number>} data red, green, blue and opacity of each pixel, 0 to 255
 * @param {[rows: number, columns: number]} size
 */
export function inkOf(data, [rows, columns]) {
  const opacity = Float64Array.from({ length: rows * columns }, (_, place) => (data[4 * place + 3] ?? 0) / 255);
  const light = opacity.map((_, place) => (RED * (data[4 * place] ?? 0) + GREEN * (data[4 * place + 1] ?? 0) + BLUE * (data[4 * place + 2] ?? 0)) / 255);
  const isDarkOnLight = lightBackground(light, opacity, border(rows, columns));
  return opacity.map((opacity, place) => opacity * (isDarkOnLight ? 1 - (light[place] ?? 0) : light[place] ?? 0));
}

/** The places along the four edges. @param {number} rows @param {number} columns */
function border(rows, columns) {
  const places = Array.from({ length: rows * columns }, (_, place) => place);
  return places.filter((place) => place < columns || place >= (rows - 1) * columns || place % columns === 0 || place % columns === columns - 1);
}

/**
 * Whether the border is light. A transparent border has no colour of its own: then the background is the opposite of the ink.
 * @param {Float64Array} light
 * @param {Float64Array} opacity
 * @param {number[]} places of the border
 */
function lightBackground(light, opacity, places) {
  const isOpaque = mean(opacity, () => 1, places) > 0.5;
  const weight = (/** @type {number} */ place) => opacity[place] ?? 0;
  return isOpaque ? mean(light, weight, places) > 0.5 : mean(light, weight, light.keys()) <= 0.5;
}

/** @param {Float64Array} values @param {(place: number) => number} weight @param {Iterable<number>} places */
function mean(values, weight, places) {
  let [sum, weights] = [0, 0];
  for (const place of places) {
    sum += weight(place) * (values[place] ?? 0);
    weights += weight(place);
  }
  return weights > 0 ? sum / weights : 0;
}
