// Floating-point numbers as bytes, little-endian.

/** How to read a number of each kind. @type {Record<string, { size: number, read: (view: DataView, place: number) => number }>} */
const KINDS = {
  F64: { size: 8, read: (view, place) => view.getFloat64(place, true) },
  F32: { size: 4, read: (view, place) => view.getFloat32(place, true) },
  F16: { size: 2, read: (view, place) => half(view.getUint16(place, true)) },
  BF16: { size: 2, read: (view, place) => brain(view.getUint16(place, true)) },
};

/**
 * The numbers of a view, or nothing if they are of another kind.
 * @param {string} kind
 * @param {DataView} view
 */
export function decoded(kind, view) {
  const known = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
  return known && Float64Array.from({ length: view.byteLength / known.size }, (_, place) => known.read(view, place * known.size));
}

/** Numbers as doubles. @param {ArrayLike<number>} numbers */
export function doubles(numbers) {
  const view = new DataView(new ArrayBuffer(8 * numbers.length));
  Array.from(numbers).forEach((number, place) => view.setFloat64(8 * place, number, true));
  return new Uint8Array(view.buffer);
}

/** A number of 16 bits: a sign, five bits of exponent, ten of fraction. @param {number} bits */
function half(bits) {
  const [sign, exponent, fraction] = [bits & 0x8000 ? -1 : 1, (bits >> 10) & 31, bits & 1023];
  if (exponent === 31) {
    return fraction === 0 ? sign * Infinity : NaN;
  }
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25));
}

/** A number of 16 bits which are the first half of a single. @param {number} bits */
function brain(bits) {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint16(0, bits);
  return view.getFloat32(0);
}
