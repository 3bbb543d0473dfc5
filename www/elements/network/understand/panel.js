// A part of the view that folds, and does its work only while it can be seen.

import { DownhillError } from "../../../engine/ask.js";
import { make, setText } from "../../../parts/dom.js";
import { sentence } from "../../../parts/problem.js";
import { momentOf } from "./reading.js";

/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("../scene.js").Host} Host */
/** @typedef {{ network: object, data: object, moment: string, others: string }} Shown what a content was made for */

/** How long what is shown stays while the network trains, in milliseconds, and in times of what it took to make. */
const PAUSE = 500;
const TIMES = 4;

/**
 * @param {Host} host
 * @param {string} title
 * @param {Node[]} content
 * @param {object} work
 * @param {(scene: Scene) => string} work.depends what the content depends on besides the weights, as a text
 * @param {(scene: Scene, isWanted: () => boolean) => unknown} work.refresh shows the content anew, at once or soon; what is no longer wanted must not be shown
 */
export function panel(host, title, content, { depends, refresh }) {
  const problem = make("p", { class: "problem", role: "alert" });
  const element = make("details", { class: "insight" }, make("summary", {}, title), make("div", { class: "side" }, problem, ...content));
  /** @type {Shown | undefined} */
  let shown;
  let [last, pause] = [-Infinity, PAUSE];
  let isInSight = false;
  /** What is being made. @type {Shown | undefined} */
  let busy;
  let isLate = false;
  element.addEventListener("toggle", host.redraw);
  // The colour has a transition, which tells of another theme.
  element.addEventListener("transitionend", ({ target }) => {
    shown = target === element ? undefined : shown;
    host.redraw();
  });
  new IntersectionObserver((entries) => {
    isInSight = entries.at(-1)?.isIntersecting ?? false;
    host.redraw();
  }).observe(element);

  /** @param {Scene} scene @param {Shown} next */
  async function work(scene, next) {
    [shown, busy, last] = [next, next, performance.now()];
    try {
      await refresh(scene, () => isSame(shown, next));
      setText(problem, "");
    } catch (error) {
      if (!(error instanceof DownhillError)) {
        throw error;
      }
      setText(problem, sentence(error.message));
    } finally {
      pause = Math.max(PAUSE, TIMES * (performance.now() - last));
      busy = busy === next ? undefined : busy;
      if (isLate) {
        isLate = false;
        host.redraw();
      }
    }
  }

  return {
    element,
    /**
     * Shows the content anew if it can be seen and has changed; new weights are shown at most
     * twice a second, and less often if they take long. Returns whether there was something to do.
     * @param {Scene} scene
     */
    show(scene) {
      if (!element.open || !isInSight) {
        return false;
      }
      const next = { network: scene.network, data: scene.data, moment: momentOf(scene), others: depends(scene) };
      const isLater = shown?.moment !== next.moment && (!scene.isRunning || performance.now() - last > pause);
      isLate ||= isLater && busy !== undefined;
      const isDue = !isSame(shown, next) || (isLater && !busy);
      if (isDue) {
        work(scene, next);
      }
      return isDue;
    },
  };
}

/** Whether two differ by nothing but the moment. @param {Shown | undefined} one @param {Shown} other */
function isSame(one, other) {
  return one?.network === other.network && one.data === other.data && one.others === other.others;
}
