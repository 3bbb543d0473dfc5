// The canvas that is painted on: by mouse, pen and finger, two fingers for looking nearer, and by keyboard with a cursor.

import { make } from "../../../../parts/dom.js";

/** @typedef {import("../../../../state/segment/brush.js").Point} Point */
/** @typedef {import("./sheet.js").Frame} Frame */
/**
 * @typedef {object} Acts what the easel asks for; points are in pixels of the picture
 * @property {(point: Point) => void} press
 * @property {(points: Point[]) => void} drag
 * @property {() => void} lift
 * @property {() => void} cancel a second finger has come: what was painted since the first is taken back
 * @property {(change: (frame: Frame) => Frame) => void} look
 * @property {() => boolean} moves whether a drag moves the picture
 * @property {(key: string, event: KeyboardEvent) => boolean} key whether the key means something
 */

/** How much nearer a notch of the wheel goes. */
const NOTCH = 1.2;
/** How near one can look. */
const NEAREST = 8;
/** The height of a line that a wheel turns by, in CSS pixels. */
const LINE = 16;

/** @param {Acts} acts @param {() => readonly [rows: number, columns: number]} sizeOf the picture */
export function easel(acts, sizeOf) {
  const canvas = make("canvas", { class: "easel-canvas", role: "application", tabindex: "0", part: "paint" });
  /** Where the canvas is; read when a drag begins, and not while it goes on. */
  let box = new DOMRect();
  let frame = { scale: 1, left: 0, top: 0 };
  /** @type {Map<number, PointerEvent>} */
  const down = new Map();
  /** Whether the drag moves the picture. */
  let isMoving = false;
  const space = heldSpace(canvas, acts.key);
  canvas.addEventListener("pointerdown", press);
  canvas.addEventListener("pointermove", drag);
  canvas.addEventListener("pointerup", lift);
  canvas.addEventListener("pointercancel", lift);
  canvas.addEventListener("wheel", turn, { passive: false });
  canvas.addEventListener("keydown", (event) => {
    if (space.takes(event) || acts.key(event.key, event)) {
      event.preventDefault();
      event.stopPropagation();
    }
  });

  /** @param {{ clientX: number, clientY: number }} event @returns {Point} */
  function pointOf({ clientX, clientY }) {
    const [rows, columns] = sizeOf();
    return [frame.left + (((clientX - box.left) / box.width) * columns) / frame.scale, frame.top + (((clientY - box.top) / box.height) * rows) / frame.scale];
  }

  /** @param {PointerEvent} event */
  function press(event) {
    if (event.button > 0) {
      return;
    }
    box = canvas.getBoundingClientRect();
    canvas.setPointerCapture(event.pointerId);
    down.set(event.pointerId, event);
    if (down.size === 2) {
      acts.cancel();
    } else if (down.size === 1) {
      begin(event);
    }
  }

  /** @param {PointerEvent} event */
  function begin(event) {
    const isHeld = space.drags();
    isMoving = isHeld || acts.moves();
    if (!isMoving) {
      acts.press(pointOf(event));
    }
  }

  /** @param {PointerEvent} event */
  function drag(event) {
    const before = down.get(event.pointerId);
    if (!before) {
      return;
    }
    down.set(event.pointerId, event);
    if (down.size > 1) {
      pinch(before, event);
    } else if (isMoving) {
      const [from, to] = [pointOf(before), pointOf(event)];
      acts.look((own) => ({ ...own, left: own.left + from[0] - to[0], top: own.top + from[1] - to[1] }));
    } else {
      const events = event.getCoalescedEvents?.() ?? [];
      acts.drag((events.length > 0 ? events : [event]).map(pointOf));
    }
  }

  /** Two fingers: the middle between them stays on its place of the picture. @param {PointerEvent} before @param {PointerEvent} event */
  function pinch(before, event) {
    const other = [...down.values()].find(({ pointerId }) => pointerId !== event.pointerId) ?? event;
    const middle = (/** @type {PointerEvent} */ one) => pointOf({ clientX: (one.clientX + other.clientX) / 2, clientY: (one.clientY + other.clientY) / 2 });
    const apart = (/** @type {PointerEvent} */ one) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY) || 1;
    const [from, to, nearer] = [middle(before), middle(event), apart(event) / apart(before)];
    acts.look((own) => zoomed({ ...own, left: own.left + from[0] - to[0], top: own.top + from[1] - to[1] }, nearer, from));
  }

  /** @param {PointerEvent} event */
  function lift(event) {
    const wasAlone = down.size === 1;
    if (down.delete(event.pointerId) && wasAlone) {
      acts.lift();
    }
  }

  /** @param {WheelEvent} event */
  function turn(event) {
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      box = canvas.getBoundingClientRect();
      const at = pointOf(event);
      acts.look((own) => zoomed(own, event.deltaY < 0 ? NOTCH : 1 / NOTCH, at));
    } else if (frame.scale > 1) {
      scroll(event);
    }
  }

  /** Moves the picture; at its edge the page is moved. @param {WheelEvent} event */
  function scroll(event) {
    const [rows, columns] = sizeOf();
    box = canvas.getBoundingClientRect();
    const [across, along] = [event.deltaX, event.deltaY].map((delta) => (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE * delta : delta) / frame.scale);
    const next = within({ ...frame, left: frame.left + ((across ?? 0) * columns) / box.width, top: frame.top + ((along ?? 0) * rows) / box.height }, [rows, columns]);
    if (next.left !== frame.left || next.top !== frame.top) {
      event.preventDefault();
      acts.look(() => next);
    }
  }

  return {
    canvas,
    /** What is seen now. @param {Frame} next */
    take(next) {
      frame = next;
    },
  };
}

/**
 * Space means something when it is let go, for with a drag while it is held it moves the picture.
 * @param {HTMLElement} element
 * @param {Acts["key"]} act
 */
function heldSpace(element, act) {
  let isHeld = false;
  let hasDragged = false;
  element.addEventListener("blur", () => (isHeld = false));
  element.addEventListener("keyup", (event) => {
    if (event.key === " " && isHeld && !hasDragged) {
      act(" ", event);
    }
    isHeld = isHeld && event.key !== " ";
  });
  return {
    /** @param {KeyboardEvent} event */
    takes({ key, ctrlKey, metaKey, altKey }) {
      const isSpace = key === " " && !(ctrlKey || metaKey || altKey);
      if (isSpace && !isHeld) {
        [isHeld, hasDragged] = [true, false];
      }
      return isSpace;
    },
    /** A drag begins; returns whether Space is held. */
    drags: () => (hasDragged = isHeld),
  };
}

/** Looks nearer at a place, which stays where it is. @param {Frame} frame @param {number} times @param {Point} at @returns {Frame} */
export function zoomed({ scale, left, top }, times, [x, y]) {
  const next = Math.max(1, Math.min(NEAREST, scale * times));
  return { scale: next, left: x - ((x - left) * scale) / next, top: y - ((y - top) * scale) / next };
}

/** The nearest frame that shows nothing beside the picture. @param {Frame} frame @param {readonly [rows: number, columns: number]} size @returns {Frame} */
export function within({ scale, left, top }, [rows, columns]) {
  const fit = (/** @type {number} */ start, /** @type {number} */ length) => Math.max(0, Math.min(length - length / scale, start));
  return { scale, left: fit(left, columns), top: fit(top, rows) };
}

/** The frame moved no more than needed to show a pixel. @param {Frame} frame @param {import("../cursor.js").Pixel} pixel @param {readonly [rows: number, columns: number]} size @returns {Frame} */
export function withPixel({ scale, left, top }, [y, x], [rows, columns]) {
  const fit = (/** @type {number} */ start, /** @type {number} */ at, /** @type {number} */ length) => Math.min(at, Math.max(start, at + 1 - length / scale));
  return { scale, left: fit(left, x, columns), top: fit(top, y, rows) };
}
