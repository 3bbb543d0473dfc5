// Waiting until something comes near the visible part of the page.

/** The distance from the visible part that counts as near, on each side. */
const MARGIN = "25%";

/**
 * Resolves when one of the elements is near the visible part, or when the page is about to be
 * printed.
 * @param {Element[]} elements
 * @param {AbortSignal} signal ends the waiting
 * @returns {Promise<void>}
 */
export function near(elements, signal) {
  return new Promise((resolve) => {
    const observer = new IntersectionObserver((entries) => entries.some(({ isIntersecting }) => isIntersecting) && found(), { rootMargin: MARGIN });
    const found = () => {
      observer.disconnect();
      resolve();
    };
    signal.addEventListener("abort", () => observer.disconnect());
    addEventListener("beforeprint", found, { once: true, signal });
    elements.forEach((element) => observer.observe(element));
  });
}
