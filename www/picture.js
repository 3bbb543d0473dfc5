// A canvas that always has one pixel for each pixel of the screen.

import { make } from "./dom.js";

/**
 * @param {string} name the class of the canvas
 * @param {() => void} redraw called when the size or the pixel density has changed
 */
export function picture(name, redraw) {
  const canvas = make("canvas", { class: name, role: "img", part: name });
  const size = { width: 0, height: 0 };
  const observer = new ResizeObserver((entries) => {
    const box = entries.at(-1)?.contentRect;
    Object.assign(size, { width: box?.width ?? 0, height: box?.height ?? 0 });
    redraw();
  });
  return {
    canvas,
    /** The width in CSS pixels. */
    width: () => size.width,
    /** Whether there is room to draw; sets the canvas to the pixels that `ratio` asks for. */
    prepare(/** @type {number} */ ratio) {
      const [width, height] = [Math.round(size.width * ratio), Math.round(size.height * ratio)];
      if (canvas.width !== width || canvas.height !== height) {
        Object.assign(canvas, { width, height });
      }
      return width > 0 && height > 0;
    },
    /** Says in words what the picture shows. */
    describe(/** @type {string} */ text) {
      if (canvas.getAttribute("aria-label") !== text) {
        canvas.setAttribute("aria-label", text);
      }
    },
    connect: () => observer.observe(canvas),
    disconnect: () => observer.disconnect(),
  };
}
