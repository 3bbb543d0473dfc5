// The generator of integers from which tests/golden/make_networks.py makes pictures and weights.

/** Each call gives the next integer. @param {number} seed */
export function integers(seed) {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647);
}

/** Numbers from -half to half, in steps of half/1024. @param {number} seed @param {number[]} shape @param {number} half */
export function drawn(seed, shape, half) {
  const next = integers(seed);
  return Array.from({ length: shape.reduce((product, size) => product * size, 1) }, () => (((next() % 2049) - 1024) * half) / 1024);
}
