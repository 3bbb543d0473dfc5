// The annotation tool: a picture, what is painted on it, and what the network makes of it.

import { announcer } from "../../../../parts/announcer.js";
import { make } from "../../../../parts/dom.js";
import { easel, within, withPixel, zoomed } from "./easel.js";
import { Pen } from "./pen.js";
import { Sheet } from "./sheet.js";
import { toolbar } from "./tools.js";

/** @typedef {import("../../../../state/segment/project.js").Class} Class */
/** @typedef {import("../../../../state/segment/project.js").Shot} Shot */
/** @typedef {import("../../../../state/segment/brush.js").Area} Area */
/** @typedef {import("../../../../state/segment/brush.js").Point} Point */
/** @typedef {import("../predict.js").Prediction} Prediction */
/** @typedef {{ shot: Shot, classes: Class[], prediction: Prediction | undefined, next?: Area | undefined }} Shown `next` is where the next stroke would help most */

/** How far the arrow keys go, alone and with Shift. */
const [NEAR, FAR] = [1, 10];
/** @type {Record<string, Point>} */
const MOVES = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
const HELP = "Arrow keys move a cursor, with Shift by ten pixels. Space paints there; Enter puts the pen down or lifts it, and with the pen down the arrow keys paint. The numbers choose a class, Ctrl+Z takes back. Plus and minus look nearer and from farther away; a drag with Space held moves the picture.";
/** What is said of a change that is taken back or made again, or when there is none. */
const WORDS = { undo: { done: "Taken back", none: "There is nothing to take back." }, redo: { done: "Made again", none: "There is nothing to make again." } };

/**
 * @param {object} acts
 * @param {(shot: Shot, area: Area) => void} acts.changed at most once a frame while a stroke goes on
 * @param {(shot: Shot) => void} acts.finished at the end of a stroke, and of all else that changes the mask
 * @param {(k: number) => void} acts.chosen another class is painted with
 */
export function paintView({ changed, finished, chosen }) {
  const pen = new Pen();
  const spoken = announcer();
  const board = easel({ press, drag, lift, cancel, look: reframe, moves: () => pen.tool === "move", key }, () => shown?.shot.size ?? [1, 1]);
  const sheet = new Sheet(board.canvas);
  const tools = toolbar({ choose, widen, undo: () => step("undo"), redo: () => step("redo"), clear, zoom, look: (next) => redraw(Object.assign(look, next)) });
  const help = make("p", { class: "quiet" }, HELP);
  // What closed details hide describes nothing.
  const described = make("p", { id: "easel-keys", hidden: "" }, HELP);
  board.canvas.setAttribute("aria-describedby", described.id);
  const element = make("div", { class: "painting" }, ...tools.elements, board.canvas, make("details", {}, make("summary", {}, "By keyboard"), help), described, spoken.element);
  const look = { mask: 0.9, prediction: 0.5, doubt: false, split: 0 };
  /** @type {Shown | undefined} */
  let shown;
  let frame = { scale: 1, left: 0, top: 0 };
  /** @type {Point} in pixels of the picture */
  let cursor = [0, 0];
  let isDown = false;
  /** Where an area is filled or a corner is set, when the pointer is lifted. @type {Point | undefined} */
  let meant;
  let asked = 0;
  /** What was painted on since the last frame. @type {Area[]} */
  let areas = [];

  /** @param {Point} point */
  function press(point) {
    settle();
    if (pen.tool === "fill" || pen.tool === "polygon") {
      meant = point;
    } else if (shown) {
      note(pen.press(shown.shot, point));
    }
  }

  /** @param {Point[]} points */
  function drag(points) {
    const shot = shown?.shot;
    if (shot && pen.isDown) {
      points.forEach((point) => note(pen.drag(shot, point)));
    }
  }

  function lift() {
    const point = meant;
    meant = undefined;
    if (shown && pen.isDown && pen.lift()) {
      tell();
      finished(shown.shot);
    } else if (shown && point && pen.tool === "fill") {
      atOnce(pen.fill(shown.shot, point));
    } else if (point) {
      corner(point);
    }
    showTools();
  }

  /** Two fingers look nearer, and paint nothing. */
  function cancel() {
    meant = undefined;
    if (shown && pen.isDown) {
      const [height, width] = shown.shot.size;
      pen.cancel(shown.shot);
      note({ top: 0, left: 0, height, width });
    }
  }

  /** Ends a stroke that goes on before anything else is done to a mask. */
  function settle() {
    [isDown, meant] = [false, undefined];
    if (pen.isDown) {
      lift();
    }
  }

  /** A corner near the first one closes the polygon. @param {Point} point */
  function corner(point) {
    const [first] = pen.corners;
    const isClosing = first && pen.corners.length > 2 && Math.hypot(first[0] - point[0], first[1] - point[1]) < 4 / frame.scale;
    if (isClosing && shown) {
      atOnce(pen.close(shown.shot));
    } else {
      pen.corners.push(point);
      redraw();
    }
  }

  /** A change that is whole at once. @param {Area | undefined} area */
  function atOnce(area) {
    note(area);
    if (area && shown) {
      tell();
      finished(shown.shot);
    }
    showTools();
    redraw();
  }

  function clear() {
    settle();
    if (shown) {
      atOnce(pen.clear(shown.shot));
    }
  }

  /** @param {"undo" | "redo"} way */
  function step(way) {
    settle();
    pen.corners = [];
    const shot = pen.history[way]();
    if (shot) {
      whole(shot);
    }
    spoken.tell(shot ? `${WORDS[way].done}: ${shot.name}` : WORDS[way].none);
    showTools();
    redraw();
  }

  /** All of a mask may be another one; its picture need not be the one that is shown. @param {Shot} shot */
  function whole(shot) {
    const [height, width] = shot.size;
    const area = { top: 0, left: 0, height, width };
    if (shot === shown?.shot) {
      note(area);
      tell();
    } else {
      changed(shot, area);
    }
    finished(shot);
  }

  /** @param {Area | undefined} area */
  function note(area) {
    if (area) {
      areas.push(area);
      redraw();
    }
  }

  /** Tells at most once a frame what has changed. */
  function tell() {
    if (shown && areas.length > 0) {
      const area = around(areas);
      areas = [];
      sheet.painted(area);
      changed(shown.shot, area);
    }
  }

  /** @param {import("./pen.js").Tool} tool */
  function choose(tool) {
    settle();
    [pen.tool, pen.corners] = [tool, []];
    showTools();
    redraw();
  }

  /** @param {number} width */
  function widen(width) {
    pen.width = width;
    showTools();
  }

  /** @param {number} times */
  function zoom(times) {
    const [rows, columns] = shown?.shot.size ?? [1, 1];
    reframe((own) => zoomed(own, times, [own.left + columns / own.scale / 2, own.top + rows / own.scale / 2]));
  }

  /** Keeps the cursor in sight. */
  function follow() {
    reframe((own) => withPixel(own, cursor, shown?.shot.size ?? [1, 1]));
  }

  /** @param {(frame: import("./sheet.js").Frame) => import("./sheet.js").Frame} change */
  function reframe(change) {
    frame = within(change(frame), shown?.shot.size ?? [1, 1]);
    board.take(frame);
    redraw();
  }

  /** @param {string} name @param {KeyboardEvent} event */
  function key(name, { shiftKey, ctrlKey, metaKey, altKey }) {
    const move = MOVES[name];
    const k = Number(name);
    if ((ctrlKey || metaKey) && ["z", "y"].includes(name.toLowerCase())) {
      step(shiftKey || name.toLowerCase() === "y" ? "redo" : "undo");
    } else if (ctrlKey || metaKey || altKey) {
      return false;
    } else if (move) {
      walk(move, shiftKey ? FAR : NEAR);
    } else if (name === " " && !isDown) {
      touch();
    } else if (name === " " || name === "Enter") {
      turn();
    } else if (name === "Escape" && pen.corners.length > 0) {
      pen.corners = [];
      redraw();
    } else if (k >= 1 && k <= (shown?.classes.length ?? 0)) {
      chosen(k);
    } else if (name === "+" || name === "-") {
      reframe((own) => zoomed(own, name === "+" ? 2 : 0.5, middle()));
      follow();
    } else {
      return false;
    }
    return true;
  }

  /** @param {Point} move @param {number} far */
  function walk([dx, dy], far) {
    const [rows, columns] = shown?.shot.size ?? [1, 1];
    const fit = (/** @type {number} */ at, /** @type {number} */ length) => Math.max(0, Math.min(length - 1, at));
    cursor = [fit(cursor[0] + far * dx, columns), fit(cursor[1] + far * dy, rows)];
    if (isDown) {
      drag([middle()]);
    }
    follow();
    speak();
  }

  /** The middle of the pixel at the cursor. @returns {Point} */
  function middle() {
    return [cursor[0] + 0.5, cursor[1] + 0.5];
  }

  function touch() {
    press(middle());
    lift();
    redraw();
    speak();
  }

  /** Puts the pen down, lifts it, or closes a polygon. */
  function turn() {
    if (pen.tool === "polygon" && shown) {
      atOnce(pen.close(shown.shot));
      return;
    }
    const isNext = !isDown && (pen.tool === "brush" || pen.tool === "eraser");
    settle();
    if (isNext) {
      press(middle());
    }
    isDown = isNext;
    spoken.tell(isDown ? "The pen is down." : "The pen is lifted.");
  }

  function speak() {
    if (shown) {
      const { shot, classes, prediction } = shown;
      const place = cursor[1] * shot.size[1] + cursor[0];
      const name = (/** @type {number | undefined} */ k) => classes[(k ?? 0) - 1]?.name;
      spoken.tell(`Row ${cursor[1] + 1}, column ${cursor[0] + 1}: ${name(shot.mask[place]) ?? "not painted"}${prediction ? `, predicted ${name(prediction.labels[place]) ?? "nothing"}` : ""}`);
    }
  }

  function showTools() {
    tools.show({ tool: pen.tool, width: pen.width, canUndo: pen.history.canUndo, canRedo: pen.history.canRedo, isEmpty: !shown?.shot.mask.some((k) => k > 0) });
  }

  /** Draws in the next frame, once for all that has changed. @param {unknown} [_] */
  function redraw(_) {
    cancelAnimationFrame(asked);
    asked = requestAnimationFrame(() => {
      tell();
      draw();
    });
  }

  function draw() {
    if (shown) {
      sheet.draw(look, frame);
      sheet.outline(pen.corners, false);
      sheet.outline(shown.next ? cornersOf(shown.next) : [], true);
      if (board.canvas.matches(":focus-visible")) {
        sheet.outline(cornersOf({ left: cursor[0], top: cursor[1], width: 1, height: 1 }), true);
      }
      if (look.split > 0) {
        const [rows, columns] = shown.shot.size;
        sheet.outline([[columns * look.split, 0], [columns * look.split, rows]], false);
      }
    }
  }

  board.canvas.addEventListener("focus", redraw);
  board.canvas.addEventListener("blur", () => {
    // Keys go elsewhere now, so that the pen that they move is lifted.
    if (isDown) {
      settle();
    }
    redraw();
  });
  showTools();

  return {
    elements: [element],
    /** @param {Shown} next */
    show(next) {
      if (next.shot !== shown?.shot) {
        settle();
        [pen.corners, cursor, frame, areas] = [[], [0, 0], { scale: 1, left: 0, top: 0 }, []];
        board.take(frame);
      }
      const isSame = shown?.next === next.next && next.shot === shown?.shot;
      shown = next;
      const { name, size } = next.shot;
      board.canvas.setAttribute("aria-label", `${name}, ${size[0]} rows and ${size[1]} columns; arrow keys move, Space paints`);
      if (sheet.take(next.shot, next.classes, next.prediction) || !isSame) {
        redraw();
      }
      showTools();
    },
    /** The class that is painted with. @param {number} k */
    take(k) {
      pen.k = k;
    },
    /** Puts another mask in the place of a picture's, as a change that can be taken back. @param {Shot} shot @param {Uint8Array} mask */
    replace(shot, mask) {
      settle();
      pen.history.begin(shot);
      shot.mask.set(mask);
      if (pen.history.end()) {
        whole(shot);
      }
      showTools();
    },
    /** Steps of pictures that are gone can't be taken back. */
    forget() {
      pen.history.clear();
      settle();
    },
    stop() {
      cancelAnimationFrame(asked);
      spoken.stop();
    },
  };
}

/** The smallest area with all of some. @param {Area[]} areas @returns {Area} */
function around(areas) {
  const [top, left] = [Math.min(...areas.map((area) => area.top)), Math.min(...areas.map((area) => area.left))];
  const [bottom, right] = [Math.max(...areas.map((area) => area.top + area.height)), Math.max(...areas.map((area) => area.left + area.width))];
  return { top, left, height: bottom - top, width: right - left };
}

/** @param {Area} area @returns {Point[]} */
function cornersOf({ top, left, height, width }) {
  return [[left, top], [left + width, top], [left + width, top + height], [left, top + height]];
}
