// Long work in parts, between which the page answers.

/** How long a part takes, in milliseconds. */
const PART = 10;

/**
 * What a reading returns; nothing where it was given up before its end.
 * @template T
 * @param {import("../state/reading.js").Reading<T>} reading
 * @param {AbortSignal} signal gives it up
 * @returns {Promise<T | undefined>}
 */
export async function inParts(reading, signal) {
  for (;;) {
    // The page answers before the first part, too.
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
