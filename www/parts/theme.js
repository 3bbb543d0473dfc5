// The colours of the pictures: CSS custom properties, so that a course can restyle a lab.

/** The properties in the order in which the engine takes the colours. */
const PROPERTIES = ["background", "surface", "ink", "muted", "grid", "value", "gradient", "parameter", "rate"];

/** The media queries on which the colours depend. */
const SCHEMES = ["(prefers-color-scheme: dark)", "(forced-colors: active)"].map((query) => globalThis.matchMedia?.(query));

/**
 * Reads the palette of an element as 0xRRGGBB, and its font.
 * @param {Element} element
 */
export function readTheme(element) {
  const style = getComputedStyle(element);
  const context = document.createElement("canvas").getContext("2d");
  const colours = PROPERTIES.map((name) => colour(context, style.getPropertyValue(`--downhill-${name}`).trim()));
  return { colours: Uint32Array.from(colours), font: style.fontFamily };
}

/**
 * A canvas accepts any CSS colour, and returns `#rrggbb` for an opaque one.
 * @param {CanvasRenderingContext2D | null} context
 * @param {string} text
 */
function colour(context, text) {
  if (!context) {
    return 0;
  }
  context.fillStyle = "#000000";
  context.fillStyle = text;
  return Number.parseInt(context.fillStyle.slice(1, 7), 16) || 0;
}

/**
 * Calls back when the colour scheme or the pixel density of the screen changes.
 * @param {() => void} changed
 * @param {AbortSignal} signal
 */
export function watchTheme(changed, signal) {
  SCHEMES.forEach((scheme) => scheme?.addEventListener("change", changed, { signal }));
  globalThis.addEventListener("resize", changed, { signal });
}
