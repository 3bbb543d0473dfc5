// The loss curve of the run, with those of pinned runs behind it.

import { figure } from "../../parts/figure.js";
import { picture } from "../../parts/picture.js";
import { privateBox } from "../../parts/private.js";
import { pinnedRuns } from "./pinned/view.js";
import { outcomeOf } from "./status.js";

/** @param {import("./scene.js").Host} host @returns {import("./scene.js").View} */
export function curveView(host) {
  const { redraw, display } = host;
  const curve = picture("curve", "Loss curve", redraw);
  const box = (/** @type {string} */ text, /** @type {"log" | "ofSample"} */ what) => privateBox(text, (checked) => {
    display[what] = checked;
    redraw();
  });
  const pinned = pinnedRuns(host);
  return {
    elements: [figure("Loss", [box("logarithmic", "log"), box("of this step’s sample only", "ofSample"), pinned.pin], curve.canvas, pinned.element)],
    picture: curve,
    show(scene) {
      pinned.show(scene);
      scene.read((_, core) => {
        const axis = display.log ? core.Axis.Log : core.Axis.Linear;
        const loss = display.ofSample ? core.Loss.Sample : core.Loss.Mean;
        curve.show(scene.lesson, (handle, _, paper, colours) => handle.drawCurve(paper, colours, { step: scene.step, axis, loss, ...pinned.ghosts() }));
      });
      curve.describe(`Loss curve. ${outcomeOf(scene)}`);
    },
  };
}
