// The button that pins a run. What compares pinned runs is fetched with the first one.

import { Lesson } from "../../../engine/lesson.js";
import { make } from "../../../parts/dom.js";
import { button } from "../../../parts/private.js";

/** @param {import("../scene.js").Host} host */
export function pinButton(host) {
  const pin = button("Pin this run", pinNow);
  const element = make("div");
  /** @type {{ runs: ReturnType<typeof import("./run.js").pinnedRuns>, cellsOf: typeof import("./run.js").cellsOf } | undefined} */
  let pinned;
  /** @type {import("../scene.js").Scene | undefined} */
  let shown;

  /** Runs are pinned in the order of the clicks. */
  let earlier = Promise.resolve();

  function pinNow() {
    if (shown?.lesson.ready) {
      // By the time the view is there, the lab may be at other settings.
      const [state, lesson] = [structuredClone(host.state()), new Lesson(shown.lesson.engine)];
      const next = () => pinRun(state, lesson);
      earlier = earlier.then(next, next);
    }
  }

  /** @param {import("../scene.js").State} state @param {Lesson} lesson */
  async function pinRun(state, lesson) {
    const [{ HEADS, cellsOf, pinnedRuns, runOf }] = await Promise.all([import("./run.js"), lesson.engine.whole()]);
    pinned ??= { runs: pinnedRuns(host, HEADS, pin), cellsOf };
    element.replaceChildren(pinned.runs.element);
    if (!lesson.run(state)) {
      lesson.finish();
      pinned.runs.pin(runOf(lesson, state));
    }
    lesson.free();
  }

  return {
    pin,
    element,
    /** What the loss curve shows of pinned runs. */
    ghosts: () => pinned?.runs.ghosts() ?? { ghosts: [] },
    /** @param {import("../scene.js").Scene} scene */
    show(scene) {
      shown = scene;
      pinned?.runs.show(() => /** @type {NonNullable<typeof pinned>} */ (pinned).cellsOf(scene));
    },
  };
}
