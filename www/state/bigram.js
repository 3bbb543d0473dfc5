// The simplest models of a language, which a network has to beat: all characters alike, and a table of pairs.

/** @typedef {import("./language.js").Language} Language */

/** The loss of a model for which all tokens are equally likely, in nats per character. @param {Language} language */
export function uniformLoss({ tokens }) {
  return Math.log(tokens.length);
}

/**
 * The losses of a table that says how often each token follows each other one, in nats per character. It is counted on
 * the training part, with one added to each count, so that no pair is impossible.
 * @param {Language} language
 * @returns {{ training: number, test: number }}
 */
export function bigramLoss({ tokens, text, training }) {
  const size = tokens.length;
  const learned = pairsOf(text.subarray(0, training), size);
  const costs = costsOf(learned, size);
  return { training: meanCost(learned, costs), test: meanCost(pairsOf(text.subarray(training), size), costs) };
}

/** How often each pair appears; a row has the tokens that follow one token. @param {Uint16Array} text @param {number} size */
function pairsOf(text, size) {
  const pairs = new Uint32Array(size * size);
  for (let place = 1; place < text.length; place += 1) {
    const pair = (text[place - 1] ?? 0) * size + (text[place] ?? 0);
    pairs[pair] = (pairs[pair] ?? 0) + 1;
  }
  return pairs;
}

/** What each pair costs in nats: minus the logarithm of its probability. @param {Uint32Array} pairs @param {number} size */
function costsOf(pairs, size) {
  const costs = new Float64Array(size * size);
  for (let start = 0; start < pairs.length; start += size) {
    const row = pairs.subarray(start, start + size);
    const all = Math.log(row.reduce((sum, count) => sum + count, size));
    row.forEach((count, place) => (costs[start + place] = all - Math.log(count + 1)));
  }
  return costs;
}

/** @param {Uint32Array} pairs @param {Float64Array} costs */
function meanCost(pairs, costs) {
  const count = pairs.reduce((sum, count) => sum + count, 0);
  return pairs.reduce((sum, count, pair) => sum + count * (costs[pair] ?? 0), 0) / count;
}
