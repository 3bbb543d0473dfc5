// Dragging a number of the text with a mouse, a pen or a finger. Nothing is measured on the way.

import { gripOf } from "./grip.js";

/** How far a drag leads from one end of the scale to the other, in CSS pixels. */
const LENGTH = 400;
/** A movement that is shorter is a click, or the beginning of a scroll. */
const LEAST = 3;

/** @typedef {{ grip: NonNullable<ReturnType<typeof gripOf>>, pointer: number, x: number, moved: boolean }} Drag */

/** @param {Document} page */
export function startDragging(page) {
  /** @type {Drag | undefined} */
  let drag;
  page.addEventListener("pointerdown", (event) => {
    const grip = event.isPrimary && event.button === 0 ? gripOf(event) : undefined;
    if (grip) {
      grip.place.setPointerCapture(event.pointerId);
      drag = { grip, pointer: event.pointerId, x: event.clientX, moved: false };
    }
  });
  page.addEventListener("pointermove", (event) => drag?.pointer === event.pointerId && move(drag, event.clientX));
  page.addEventListener("pointerup", (event) => finish(event, false));
  page.addEventListener("pointercancel", (event) => finish(event, true));

  /** A finger that scrolls the page after all changes nothing. @param {PointerEvent} event @param {boolean} cancelled */
  function finish({ pointerId }, cancelled) {
    if (drag?.pointer !== pointerId) {
      return;
    }
    const { grip, moved } = drag;
    drag = undefined;
    grip.place.style.minWidth = "";
    if (moved && cancelled) {
      grip.restore();
    }
    if (moved) {
      grip.end();
    }
  }
}

/** @param {Drag} drag @param {number} x */
function move(drag, x) {
  const { grip } = drag;
  const gone = x - drag.x;
  if (drag.moved || Math.abs(gone) >= LEAST) {
    drag.moved = true;
    keepRoom(grip.place);
    grip.go(grip.begin + (gone / LENGTH) * (grip.scale.max - grip.scale.min));
  }
}

/** A number that loses a digit keeps its room until the end, so that the words beside it stay. @param {HTMLElement} place */
function keepRoom({ style, textContent }) {
  style.minWidth = `${Math.max(Number.parseFloat(style.minWidth) || 0, textContent?.length ?? 0)}ch`;
}
