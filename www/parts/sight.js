// Whether something is in sight, or nearly: what is not need not be drawn in every frame.

/** The distance from the visible part that counts as in sight. */
const MARGIN = "10%";

/** @param {Element} element @param {() => void} appeared called when it comes into sight */
export function sight(element, appeared) {
  let isVisible = false;
  const observer = new IntersectionObserver((entries) => {
    const now = entries.at(-1)?.isIntersecting ?? false;
    const hasAppeared = now && !isVisible;
    isVisible = now;
    if (hasAppeared) {
      appeared();
    }
  }, { rootMargin: MARGIN });
  observer.observe(element);
  return { isVisible: () => isVisible, stop: () => observer.disconnect() };
}
