// The annotation tool: a picture, what is painted on it, and what the network makes of it.

import { make } from "../../../../parts/dom.js";
import { wholeOf } from "../../../../state/segment/brush.js";
import { isPainted } from "../painted.js";
import { easel, within, withPixel, zoomed } from "./easel.js";
import { keyboard } from "./keyboard.js";
import { Pen } from "./pen.js";
import { Sheet } from "./sheet.js";
import { toolbar } from "./tools.js";

/** @typedef {import("../../../../state/segment/project.js").Class} Class */
/** @typedef {import("../../../../state/segment/project.js").Shot} Shot */
/** @typedef {import("../../../../state/segment/brush.js").Area} Area */
/** @typedef {import("../../../../state/segment/brush.js").Point} Point */
/** @typedef {import("../predict.js").Prediction} Prediction */
/** @typedef {{ shot: Shot, classes: Class[], prediction: Prediction | undefined, next?: Area | undefined }} Shown `next` is where the next stroke would help most */

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
  const board = easel({ press, drag, lift, cancel, look: reframe, moves: () => pen.tool === "move", key: (name, event) => keys.key(name, event) }, () => shown?.shot.size ?? [1, 1]);
  const sheet = new Sheet(board.canvas);
  const tools = toolbar({ choose, widen, undo: () => step("undo"), redo: () => step("redo"), clear, zoom, look: (next) => redraw(Object.assign(look, next)) });
  const keys = keyboard(board.canvas, pen, { shown: () => shown, press, drag, lift, settle, close, forget: dropCorners, step, chosen, zoom, follow });
  const element = make("div", { class: "painting" }, tools.tooling, board.canvas, tools.looks, ...keys.elements);
  const look = { mask: 0.9, prediction: 0.5, doubt: false, split: 0 };
  /** @type {Shown | undefined} */
  let shown;
  let frame = { scale: 1, left: 0, top: 0 };
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
      pen.cancel();
      note(wholeOf(shown.shot.size));
      tell();
    }
  }

  /** Ends a stroke that goes on before anything else is done to a mask. */
  function settle() {
    meant = undefined;
    keys.lift();
    if (pen.isDown) {
      lift();
    }
  }

  /** A corner near the first one closes the polygon. @param {Point} point */
  function corner(point) {
    const [first] = pen.corners;
    const isClosing = first && pen.corners.length > 2 && Math.hypot(first[0] - point[0], first[1] - point[1]) < 4 / frame.scale;
    if (isClosing) {
      close();
    } else {
      pen.corners.push(point);
      redraw();
    }
  }

  function close() {
    if (shown) {
      atOnce(pen.close(shown.shot));
    }
  }

  function dropCorners() {
    pen.corners = [];
    redraw();
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
    keys.tell(shot ? `${WORDS[way].done}: ${shot.name}` : WORDS[way].none);
    showTools();
    redraw();
  }

  /** All of a mask may be another one; its picture need not be the one that is shown. @param {Shot} shot */
  function whole(shot) {
    const area = wholeOf(shot.size);
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

  /** @param {number} times @param {Point} [at] the place that stays; without one, the middle of what is seen */
  function zoom(times, at) {
    const [rows, columns] = shown?.shot.size ?? [1, 1];
    reframe((own) => zoomed(own, times, at ?? [own.left + columns / own.scale / 2, own.top + rows / own.scale / 2]));
  }

  /** Keeps the cursor in sight. */
  function follow() {
    reframe((own) => withPixel(own, keys.cursor, shown?.shot.size ?? [1, 1]));
  }

  /** @param {(frame: import("./sheet.js").Frame) => import("./sheet.js").Frame} change */
  function reframe(change) {
    frame = within(change(frame), shown?.shot.size ?? [1, 1]);
    board.take(frame);
    redraw();
  }

  function showTools() {
    tools.show({ tool: pen.tool, width: pen.width, canUndo: pen.history.canUndo, canRedo: pen.history.canRedo, isEmpty: !shown || !isPainted(shown.shot) });
  }

  /** Another picture is looked at, whole. @param {Shot} shot */
  function begin({ name, size: [rows, columns] }) {
    [pen.corners, frame, areas] = [[], { scale: 1, left: 0, top: 0 }, []];
    keys.begin();
    board.take(frame);
    board.canvas.setAttribute("aria-label", `${name}, ${rows} rows and ${columns} columns; arrow keys move, Space paints`);
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
        sheet.outline(cornersOf({ left: keys.cursor[1], top: keys.cursor[0], width: 1, height: 1 }), true);
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
    if (keys.isDown) {
      settle();
    }
    redraw();
  });
  showTools();

  return {
    elements: [element],
    /** @param {Shown} next */
    show(next) {
      const isOther = next.shot !== shown?.shot;
      const isSame = !isOther && shown?.next === next.next;
      if (isOther) {
        settle();
        begin(next.shot);
      }
      shown = next;
      if (sheet.take(next.shot, next.classes, next.prediction) || !isSame) {
        redraw();
      }
      if (isOther) {
        showTools();
      }
    },
    /** The class that is painted with. @param {number} k */
    take(k) {
      pen.k = k;
    },
    /** Puts another mask in the place of a picture's, as a change that can be taken back. @param {Shot} shot @param {Uint8Array} mask */
    replace(shot, mask) {
      settle();
      if (pen.replace(shot, mask)) {
        whole(shot);
      }
      showTools();
    },
    /** Steps of pictures that are gone can't be taken back. */
    forget() {
      pen.history.clear();
      settle();
      showTools();
    },
    stop() {
      cancelAnimationFrame(asked);
      keys.stop();
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
