// The colours of the theme in the engine, read again only if they may have changed.

import { readTheme } from "./theme.js";

/** @param {Element} element whose custom properties are read */
export function currentPalette(element) {
  /** @type {{ handle: import("../pkg/core.js").Theme, ratio: number, generation: number, engine: import("../engine/engine.js").Engine } | undefined} */
  let palette;

  /** The memory of an old instance no longer exists. */
  function forget() {
    if (palette && palette.generation === palette.engine.generation) {
      palette.handle.free();
    }
    palette = undefined;
  }

  return {
    forget,
    /**
     * @param {import("../engine/engine.js").Engine} engine
     * @param {import("../engine/engine.js").Core} core
     */
    of(engine, core) {
      const [ratio, generation] = [globalThis.devicePixelRatio, engine.generation];
      if (palette?.ratio !== ratio || palette.generation !== generation) {
        const { colours, font } = readTheme(element);
        forget();
        palette = { handle: new core.Theme(colours, font, ratio), ratio, generation, engine };
      }
      return palette;
    },
  };
}
