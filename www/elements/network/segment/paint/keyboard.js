// Painting by keyboard: a cursor, a pen that is put down and lifted, and what is said of the pixel at the cursor.

import { announcer } from "../../../../parts/announcer.js";
import { make } from "../../../../parts/dom.js";
import { stepped } from "../cursor.js";

/** @typedef {import("../../../../state/segment/brush.js").Point} Point */
/** @typedef {import("./view.js").Shown} Shown */
/**
 * @typedef {object} Acts what the keys ask for
 * @property {() => Shown | undefined} shown
 * @property {(point: Point) => void} press
 * @property {(points: Point[]) => void} drag
 * @property {() => void} lift
 * @property {() => void} settle ends a stroke that goes on
 * @property {() => void} close closes the polygon
 * @property {() => void} forget forgets the corners of the polygon
 * @property {(way: "undo" | "redo") => void} step
 * @property {(k: number) => void} chosen another class is painted with
 * @property {(times: number, at: Point) => void} zoom
 * @property {() => void} follow the cursor has moved
 */

const HELP = "Arrow keys move a cursor, with Shift by ten pixels. Space paints there; Enter puts the pen down or lifts it, and with the pen down the arrow keys paint. The numbers choose a class, Ctrl+Z takes back. Plus and minus look nearer and from farther away; a drag with Space held moves the picture.";

/** @param {HTMLElement} canvas @param {import("./pen.js").Pen} pen @param {Acts} acts */
export function keyboard(canvas, pen, acts) {
  const spoken = announcer();
  // What closed details hide describes nothing.
  const described = make("p", { id: "easel-keys", hidden: "" }, HELP);
  canvas.setAttribute("aria-describedby", described.id);
  const help = make("details", {}, make("summary", {}, "By keyboard"), make("p", { class: "quiet" }, HELP));
  /** @type {import("../cursor.js").Pixel} */
  let cursor = [0, 0];
  let isDown = false;

  /** Whether the key means something. @param {string} name @param {KeyboardEvent} event */
  function key(name, event) {
    const { ctrlKey, metaKey, altKey } = event;
    const next = stepped(cursor, event, acts.shown()?.shot.size ?? [1, 1]);
    if ((ctrlKey || metaKey) && ["z", "y"].includes(name.toLowerCase())) {
      acts.step(event.shiftKey || name.toLowerCase() === "y" ? "redo" : "undo");
      return true;
    }
    if (ctrlKey || metaKey || altKey) {
      return false;
    }
    if (next) {
      walk(next);
      return true;
    }
    return plain(name);
  }

  /** @param {string} name of a key that is pressed alone */
  function plain(name) {
    const k = Number(name);
    if (name === " " && !isDown) {
      touch();
    } else if (name === " " || name === "Enter") {
      turn();
    } else if (name === "Escape" && pen.corners.length > 0) {
      acts.forget();
    } else if (k >= 1 && k <= (acts.shown()?.classes.length ?? 0)) {
      acts.chosen(k);
    } else if (name === "+" || name === "-") {
      acts.zoom(name === "+" ? 2 : 0.5, middle());
      acts.follow();
    } else {
      return false;
    }
    return true;
  }

  /** @param {import("../cursor.js").Pixel} next */
  function walk(next) {
    cursor = next;
    if (isDown) {
      acts.drag([middle()]);
    }
    acts.follow();
    speak();
  }

  /** The middle of the pixel at the cursor. @returns {Point} */
  function middle() {
    return [cursor[1] + 0.5, cursor[0] + 0.5];
  }

  function touch() {
    acts.press(middle());
    acts.lift();
    speak();
  }

  /** Puts the pen down, lifts it, or closes a polygon. */
  function turn() {
    if (pen.tool === "polygon") {
      acts.close();
      return;
    }
    const isNext = !isDown && (pen.tool === "brush" || pen.tool === "eraser");
    acts.settle();
    if (isNext) {
      acts.press(middle());
    }
    isDown = isNext;
    spoken.tell(isDown ? "The pen is down." : "The pen is lifted.");
  }

  function speak() {
    const shown = acts.shown();
    if (shown) {
      spoken.tell(wordsOf(shown, cursor));
    }
  }

  return {
    elements: [help, described, spoken.element],
    key,
    tell: spoken.tell,
    stop: spoken.stop,
    /** @returns {import("../cursor.js").Pixel} */
    get cursor() {
      return cursor;
    },
    get isDown() {
      return isDown;
    },
    lift() {
      isDown = false;
    },
    /** Another picture is shown. */
    begin() {
      cursor = [0, 0];
    },
  };
}

/** What is painted and predicted at a pixel. @param {Shown} shown @param {import("../cursor.js").Pixel} pixel */
function wordsOf({ shot, classes, prediction }, [row, column]) {
  const place = row * shot.size[1] + column;
  const name = (/** @type {number | undefined} */ k) => classes[(k ?? 0) - 1]?.name;
  return `Row ${row + 1}, column ${column + 1}: ${name(shot.mask[place]) ?? "not painted"}${prediction ? `, predicted ${name(prediction.labels[place]) ?? "nothing"}` : ""}`;
}
