// The button that pins a run. What compares pinned runs is fetched with the first one.

import { Lesson } from "../../../engine/lesson.js";
import { make } from "../../../parts/dom.js";
import { button } from "../../../parts/private.js";

/** @param {import("../scene.js").Host} host */
export function pinButton(host) {
  const pin = button("Pin this run", pinNow);
  const element = make("div");
  /** @type {ReturnType<typeof import("./view.js").pinnedRuns> | undefined} */
  let runs;
  /** @type {import("../scene.js").Scene | undefined} */
  let shown;

  async function pinNow() {
    if (!shown?.lesson.ready) {
      return;
    }
    // By the time the view is there, the lab may be at other settings.
    const [state, lesson] = [structuredClone(host.state()), new Lesson(shown.lesson.engine)];
    const [{ pinnedRuns }] = await Promise.all([import("./view.js"), lesson.engine.whole()]);
    runs ??= pinnedRuns(host, pin);
    element.replaceChildren(runs.element);
    if (!lesson.run(state)) {
      lesson.finish();
      runs.pin(lesson, state);
    }
    lesson.free();
  }

  return {
    pin,
    element,
    /** What the loss curve shows of pinned runs. */
    ghosts: () => runs?.ghosts() ?? { ghosts: [] },
    /** @param {import("../scene.js").Scene} scene */
    show(scene) {
      shown = scene;
      runs?.show(scene);
    },
  };
}
