// A canvas with one pixel for each pixel of the screen, and the same picture as SVG.

import { make } from "./dom.js";
import { currentPalette } from "./palette.js";

/** @typedef {import("../engine/engine.js").Engine} Engine */
/** @typedef {import("../engine/engine.js").Core} Core */
/** @typedef {import("../pkg/core.js").Paper} Paper */
/** @typedef {import("../pkg/core.js").Theme} Theme */

/**
 * Where a picture's numbers come from: a handle of the engine that is alive while it is read.
 * @template Handle
 * @typedef {{ engine: Engine, read<T>(work: (handle: Handle, core: Core) => T): T }} Source
 */

/** Pictures that wait until all texts are written. @type {(() => unknown)[] | undefined} */
let waiting;

/**
 * Draws what is shown during the work after all of it. Setting a font on a canvas makes the browser
 * compute the page's styles anew if a text has changed since: once for all pictures is enough.
 * @param {() => void} work
 */
export function drawTogether(work) {
  /** @type {(() => unknown)[]} */
  const pictures = (waiting = []);
  try {
    work();
  } finally {
    waiting = undefined;
  }
  pictures.forEach((draw) => draw());
}

/** Draws at once, or after the work of `drawTogether`. @param {() => unknown} draw */
export function whenWritten(draw) {
  if (waiting) {
    waiting.push(draw);
  } else {
    draw();
  }
}

/**
 * @param {string} name the class of the canvas
 * @param {string} title what the picture is, until it says what it shows
 * @param {() => void} redraw called when the size or the pixel density has changed
 */
export function picture(name, title, redraw) {
  const canvas = make("canvas", { class: name, role: "img", part: name, "aria-label": title });
  const palette = currentPalette(canvas);
  const size = { width: 0, height: 0 };
  let svg = () => "";
  /** What the canvas shows, and in which colours. @type {unknown[]} */
  let drawn = [];
  const observer = new ResizeObserver((entries) => {
    const box = entries.at(-1)?.contentRect;
    Object.assign(size, { width: box?.width ?? 0, height: box?.height ?? 0 });
    redraw();
  });

  /** @param {Engine} engine @param {Core} core */
  function colours(engine, core) {
    return palette.of(engine, core).handle;
  }

  /** Whether there is room to draw; sets the canvas to the pixels of the screen. @param {Engine} engine @param {Core} core */
  function prepare(engine, core) {
    const { ratio } = palette.of(engine, core);
    const [width, height] = [Math.round(size.width * ratio), Math.round(size.height * ratio)];
    if (canvas.width !== width || canvas.height !== height) {
      Object.assign(canvas, { width, height });
    }
    return width > 0 && height > 0;
  }

  return {
    name,
    title,
    canvas,
    colours,
    prepare,
    /** The size in CSS pixels. */
    size: () => ({ ...size }),
    /**
     * Draws where there is room, now and whenever the picture is wanted as SVG.
     * @template Handle
     * @param {Source<Handle>} source
     * @param {(handle: Handle, core: Core, paper: Paper, colours: Theme) => string} paint
     * @param {unknown[]} [of] all that it depends on besides colours and size: as long as that is the same, nothing is drawn
     */
    show(source, paint, of) {
      const { engine } = source;
      svg = () => source.read((handle, core) => paint(handle, core, core.Paper.sheet(size.width, size.height), colours(engine, core)));
      whenWritten(() => source.read((handle, core) => {
        const now = [...(of ?? [{}]), colours(engine, core), size.width, size.height];
        const isOther = now.length !== drawn.length || now.some((each, place) => each !== drawn[place]);
        if (isOther && prepare(engine, core)) {
          paint(handle, core, new core.Paper(canvas), colours(engine, core));
          drawn = now;
        }
      }));
    },
    /** The picture that was shown last, as SVG text. */
    svg: () => svg(),
    /** Says in words what the picture shows. */
    describe(/** @type {string} */ text) {
      if (canvas.getAttribute("aria-label") !== text) {
        canvas.setAttribute("aria-label", text);
      }
    },
    themeChanged: palette.forget,
    connect: () => observer.observe(canvas),
    disconnect() {
      observer.disconnect();
      palette.forget();
    },
  };
}
