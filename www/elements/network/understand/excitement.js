// How strongly pictures excite the filters of a layer.

/**
 * The largest number of each filter's map, and its place in the map; NaN if there is one.
 * @param {ArrayLike<number>} values the maps of many samples, one after the other
 * @param {number} filters
 * @param {number} places of a map
 * @param {number} sample
 */
export function strongest(values, filters, places, sample) {
  return Array.from({ length: filters }, (_, filter) => {
    const first = (sample * filters + filter) * places;
    let best = 0;
    for (let place = 0; place < places; place += 1) {
      const number = values[first + place] ?? NaN;
      best = number > (values[first + best] ?? NaN) || Number.isNaN(number) ? place : best;
    }
    return { response: values[first + best] ?? NaN, place: best };
  });
}

/**
 * The samples that excite a filter most, strongest first; those without a number come last.
 * @param {{ response: number, place: number }[][]} found by sample and filter
 * @param {number} filter
 * @param {number} most
 */
export function mostExciting(found, filter, most) {
  const responses = found.map((filters) => filters[filter]?.response ?? NaN);
  const rank = (/** @type {number} */ place) => (Number.isNaN(responses[place]) ? -Infinity : (responses[place] ?? 0));
  const order = [...responses.keys()].sort((one, other) => (rank(one) === rank(other) ? one - other : rank(other) - rank(one)));
  return order.slice(0, most);
}
