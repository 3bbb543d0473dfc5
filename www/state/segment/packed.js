// Compression by the streams that browsers and Node have. How long something is when it is unpacked is known before,
// so a file that would grow without end is given up there.

/** As PNG has it: with a check sum of what was compressed. @param {Uint8Array<ArrayBuffer>} bytes */
export async function deflated(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/**
 * What was compressed; nothing if it is damaged, or has another length.
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {number} length
 * @param {"deflate" | "deflate-raw"} format as PNG has it, or as zip files have it
 */
export async function inflated(bytes, length, format) {
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream(format)).getReader();
  try {
    const whole = new Uint8Array(length);
    return (await filled(whole, reader)) ? whole : undefined;
  } catch {
    return undefined;
  } finally {
    await reader.cancel().catch(() => {});
  }
}

/** Whether there is exactly as much as has room. @param {Uint8Array} whole @param {ReadableStreamDefaultReader<Uint8Array>} reader */
async function filled(whole, reader) {
  let place = 0;
  for (let part = await reader.read(); part.value; part = await reader.read()) {
    if (place + part.value.length > whole.length) {
      return false;
    }
    whole.set(part.value, place);
    place += part.value.length;
  }
  return place === whole.length;
}

/** @param {Uint8Array[]} parts */
export function joined(parts) {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let place = 0;
  for (const part of parts) {
    bytes.set(part, place);
    place += part.length;
  }
  return bytes;
}

const SUMS = Uint32Array.from({ length: 256 }, (_, byte) => Array.from({ length: 8 }).reduce((/** @type {number} */ sum) => (sum & 1 ? 0xedb88320 ^ (sum >>> 1) : sum >>> 1), byte));

/** The CRC-32 of ISO 3309, which PNG and zip files share. @param {Uint8Array} bytes */
export function checkSum(bytes) {
  let sum = 0xffffffff;
  for (let place = 0; place < bytes.length; place += 1) {
    sum = (SUMS[(sum ^ (bytes[place] ?? 0)) & 255] ?? 0) ^ (sum >>> 8);
  }
  return (sum ^ 0xffffffff) >>> 0;
}
