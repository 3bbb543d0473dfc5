// Bytes as base64.

/** As many bytes as a call can have arguments everywhere; it is a multiple of three. */
const PART = 30_000;

/** @param {Uint8Array} bytes */
export function base64(bytes) {
  const parts = Array.from({ length: Math.ceil(bytes.length / PART) }, (_, place) => bytes.subarray(place * PART, (place + 1) * PART));
  return parts.map((part) => btoa(String.fromCharCode(...part))).join("");
}
