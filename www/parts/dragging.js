// Choosing a place in a picture by dragging with a mouse, a pen or a finger.

/**
 * Dispatches `input` at the canvas during a drag, and `change` at its end.
 * @param {HTMLCanvasElement} canvas
 * @param {(x: number, y: number, width: number, height: number) => Iterable<number> | undefined} placeAt the numbers under a point; none outside of the picture's frame
 * @param {() => void} [letGo]
 */
export function dragging(canvas, placeAt, letGo) {
  /** @type {number[] | undefined} */
  let place;
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    drag(event);
  });
  canvas.addEventListener("pointermove", (event) => place && drag(event));
  canvas.addEventListener("pointerup", end);
  canvas.addEventListener("pointercancel", end);

  /** @param {PointerEvent} event */
  function drag({ offsetX, offsetY }) {
    const found = [...(placeAt(offsetX, offsetY, canvas.clientWidth, canvas.clientHeight) ?? [])];
    if (found.length > 0) {
      place = found;
      canvas.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  function end() {
    if (place) {
      place = undefined;
      canvas.dispatchEvent(new Event("change", { bubbles: true }));
      letGo?.();
    }
  }

  return {
    /** The place of the pointer, or nothing if there is no drag. It has three digits, which is about the precision of a pixel. */
    place: () => place?.map((number) => Number(number.toPrecision(3))),
  };
}
