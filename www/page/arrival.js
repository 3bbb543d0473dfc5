// A link to a section leads to its heading. What stands above the section is drawn later and grows,
// which would push the heading out of sight; not every browser prevents this.

/** What a person does with a page, besides scrolling; from then on nothing may move under the hand. */
const DEEDS = ["pointerdown", "keydown"];

/** Holds the section that the address names, and each one that a link on the page leads to. */
export function holdSections() {
  const [visit] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType("navigation"));
  // A page that is loaded again, or gone back to, is where the reader was.
  holdIf(() => visit?.type === "navigate");
  addEventListener("hashchange", () => holdIf(isAt));
}

/** @param {(section: Element) => boolean} isWanted */
function holdIf(isWanted) {
  const section = document.getElementById(location.hash.slice(1));
  if (section && isWanted(section)) {
    hold(section);
  }
}

/** Whether the browser has gone to a section, and not back to where the reader was. @param {Element} section */
function isAt(section) {
  const place = scrollY;
  section.scrollIntoView();
  const isSame = Math.abs(scrollY - place) <= 1;
  scrollTo({ top: place, behavior: "instant" });
  return isSame;
}

/** Holds a section in its place until the person scrolls or does something. @param {Element} section */
function hold(section) {
  const [top, held] = [() => section.getBoundingClientRect().top, new AbortController()];
  let place = top();
  const sizes = new ResizeObserver(() => {
    section.scrollIntoView();
    place = top();
  });
  const release = () => held.abort();
  held.signal.addEventListener("abort", () => sizes.disconnect());
  // The browser scrolls too, but then the section stays where it is.
  addEventListener("scroll", () => Math.abs(top() - place) > 1 && release(), held);
  DEEDS.forEach((deed) => addEventListener(deed, release, held));
  sizes.observe(document.body);
}
