// Long work in parts, so that the page stays responsive.

/** How long a part takes, in milliseconds. */
const PART = 10;

/**
 * The result of a reading, or nothing if it was aborted.
 * @template T
 * @param {import("../state/reading.js").Reading<T>} reading
 * @param {AbortSignal} signal gives it up
 * @returns {Promise<T | undefined>}
 */
export async function inParts(reading, signal) {
  for (;;) {
    // The page can respond before the first part, too.
    await new Promise((resolve) => setTimeout(resolve));
    const end = performance.now() + PART;
    do {
      if (signal.aborted) {
        return undefined;
      }
      const { done, value } = reading.next();
      if (done) {
        return value;
      }
    } while (performance.now() < end);
  }
}
