// A tensor as a heat map: a canvas with one pixel for each number, which the style sheet enlarges.

import { make } from "./dom.js";
import { readTheme } from "./theme.js";

/** @typedef {"ink" | "value" | "gradient" | "parameter"} Colour */
/** @typedef {{ shape: number[], values: ArrayLike<number>, colour: Colour, most?: number }} Shown `most` is the distance from 0 that has the full colour; by default the largest of the values */

/** How many tiles are shown at most, and side by side. */
const MOST_TILES = 64;
const ACROSS = 8;
/** About how wide a tile is, and one that stands alone, and the largest cell, in CSS pixels. */
const WIDE = 56;
const WIDE_ALONE = 240;
const LARGEST = 12;
/** The steps of a scale, an even number, so that 0 has a colour of its own. */
const LEVELS = 510;
/** Where the colours stand among those of a theme. */
const PLACES = { background: 0, surface: 1, ink: 2, value: 5, gradient: 6, parameter: 7, strange: 8 };

/** @param {string} title */
export function heat(title) {
  const canvas = make("canvas", { class: "heat", role: "img", "aria-label": title });
  const context = canvas.getContext("2d");
  /** The colours of a scale, and what they were made for. @type {Scale | undefined} */
  let scale;
  let made = "";

  /** The colours are read again only where they may have changed. @param {Colour} colour */
  function scaleOf(colour) {
    const now = `${colour} ${themeOf(canvas)}`;
    if (!scale || now !== made) {
      const { colours } = readTheme(canvas);
      [made, scale] = [now, colour === "ink" ? light(colours) : signed(colours, colours[PLACES[colour]] ?? 0)];
    }
    return scale;
  }

  return {
    canvas,
    /** @param {Shown} shown */
    show({ shape, values, colour, most = largest(values) }) {
      const tiles = tilesOf(shape);
      const [width, height] = sizeOf(tiles);
      if (canvas.width !== width || canvas.height !== height) {
        Object.assign(canvas, { width, height });
        const cell = Math.max(1, Math.min(LARGEST, Math.round((tiles.count > 1 || tiles.rows > 1 && tiles.columns <= WIDE / 2 ? WIDE : WIDE_ALONE) / tiles.columns)));
        canvas.style.width = `${width * cell}px`;
      }
      const { colours, strange } = scaleOf(colour);
      const part = colour === "ink" ? clamped : farness(most);
      context?.putImageData(painted(tiles, [width, height], (place) => colours[Math.round(LEVELS * part(values[place] ?? NaN))] ?? strange), 0, 0);
    },
    /** Whether what was shown last has the colours of another theme. */
    isOutdated: () => !made.endsWith(` ${themeOf(canvas)}`),
    /** Says in words what it shows. @param {string} text */
    describe(text) {
      if (canvas.getAttribute("aria-label") !== text) {
        canvas.setAttribute("aria-label", text);
      }
    },
  };
}

/** The largest distance from 0 of what is finite. @param {ArrayLike<number>} values */
export function largest(values) {
  let most = 0;
  for (let place = 0; place < values.length; place += 1) {
    const size = Math.abs(values[place] ?? 0);
    most = size > most && size < Infinity ? size : most;
  }
  return most;
}

/** @typedef {{ rows: number, columns: number, count: number, across: number }} Tiles */

/** The last two axes are a tile, and the others count them. A vector is one row. @param {number[]} shape @returns {Tiles} */
function tilesOf(shape) {
  const [rows, columns] = [shape.at(-2) ?? 1, shape.at(-1) ?? 1];
  const count = Math.min(MOST_TILES, shape.slice(0, -2).reduce((product, size) => product * size, 1));
  return { rows, columns, count, across: Math.min(count, ACROSS) };
}

/** Width and height in cells, with a gap of one cell between tiles. @param {Tiles} tiles */
function sizeOf({ rows, columns, count, across }) {
  const down = Math.ceil(count / across);
  return /** @type {const} */ ([across * (columns + 1) - 1, down * (rows + 1) - 1]);
}

/**
 * @param {Tiles} tiles
 * @param {readonly [number, number]} size
 * @param {(place: number) => number} colour of the number at a place, as opaque ABGR
 */
function painted({ rows, columns, count, across }, [width, height], colour) {
  const image = new ImageData(width, height);
  const pixels = new Uint32Array(image.data.buffer);
  for (let row = 0; row < count * rows; row += 1) {
    const tile = Math.floor(row / rows);
    const top = Math.floor(tile / across) * (rows + 1) + (row % rows);
    const start = top * width + (tile % across) * (columns + 1);
    for (let column = 0; column < columns; column += 1) {
      pixels[start + column] = colour(row * columns + column);
    }
  }
  return image;
}

/** The colours of the parts from 0 to 1 in equal steps, and the colour of what is no number. @typedef {{ colours: Uint32Array, strange: number }} Scale */

/** The background in the middle, the colour above, ink below. @param {Uint32Array} theme @param {number} above @returns {Scale} */
function signed(theme, above) {
  const [zero = 0, below = 0, strange = 0] = [theme[PLACES.background], theme[PLACES.ink], theme[PLACES.strange]];
  return { colours: stepped((part) => (part < 0.5 ? mixed(zero, below, 1 - 2 * part) : mixed(zero, above, 2 * part - 1))), strange: mixed(strange, strange, 0) };
}

/** Pictures are light on dark in every theme, as the data is. @param {Uint32Array} theme @returns {Scale} */
function light(theme) {
  const [background = 0, surface = 0, ink = 0] = [theme[PLACES.background], theme[PLACES.surface], theme[PLACES.ink]];
  const [dark, bright] = (background & 255) > (ink & 255) ? [ink, background] : [surface, ink];
  return { colours: stepped((part) => mixed(dark, bright, part)), strange: mixed(dark, dark, 0) };
}

/** @param {(part: number) => number} colour */
function stepped(colour) {
  return Uint32Array.from({ length: LEVELS + 1 }, (_, level) => colour(level / LEVELS));
}

/** A number from 0 to 1. @param {number} number */
function clamped(number) {
  return Math.max(0, Math.min(1, number));
}

/** Where a number stands on a scale with 0 in its middle. One that is half as far from 0 as the largest is more than half as far on the scale, so that small ones are seen. @param {number} most */
function farness(most) {
  return (/** @type {number} */ number) => {
    const far = most > 0 ? Math.sqrt(Math.min(1, Math.abs(number) / most)) : 0 * number;
    return (1 + (number < 0 ? -far : far)) / 2;
  };
}

/** Two colours 0xRRGGBB mixed, as opaque ABGR. @param {number} from @param {number} to @param {number} part */
function mixed(from, to, part) {
  const rest = 1 - part;
  const [red, green, blue] = [Math.round((from >> 16) * rest + (to >> 16) * part), Math.round(((from >> 8) & 255) * rest + ((to >> 8) & 255) * part), Math.round((from & 255) * rest + (to & 255) * part)];
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}

/** What the colours depend on. @param {Element} element */
function themeOf(element) {
  const { host } = /** @type {ShadowRoot} */ (element.getRootNode());
  const schemes = ["(prefers-color-scheme: dark)", "(forced-colors: active)"].map((query) => matchMedia(query).matches);
  return [host?.getAttribute("theme"), ...schemes].join();
}
