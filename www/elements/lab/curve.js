// The loss curve of the run, with those of pinned runs behind it.

import { make, setText } from "../../parts/dom.js";
import { figure } from "../../parts/figure.js";
import { picture } from "../../parts/picture.js";
import { privateBox } from "../../parts/private.js";
import { pinButton } from "./pinned/pin.js";
import { outcomeOf } from "./status.js";

/** Where the mean loss grows by more than this factor, the axis is logarithmic until the reader chooses. */
const STEEP = 1000;

/** @param {import("./scene.js").Host} host @returns {import("./scene.js").View} */
export function curveView(host) {
  const { redraw, display } = host;
  const curve = picture("curve", "Loss curve", redraw);
  const box = (/** @type {string} */ text, /** @type {"log" | "ofSample"} */ what) => privateBox(text, (checked) => {
    display[what] = checked;
    redraw();
  });
  const [log, ofSample, note] = [box("logarithmic", "log"), box("of this step’s sample only", "ofSample"), make("span", { class: "quiet" })];
  const pinned = pinButton(host);
  return {
    elements: [figure("Loss", [note], curve.canvas, make("div", { class: "choices" }, log, ofSample, pinned.pin), pinned.element)],
    picture: curve,
    show(scene) {
      pinned.show(scene);
      scene.read((handle, core) => {
        const isSteep = growsSteeply(handle);
        const isLog = display.log ?? isSteep;
        const axis = isLog ? core.Axis.Log : core.Axis.Linear;
        /** @type {HTMLInputElement} */ (log.control).checked = isLog;
        setText(note, isLog && isSteep ? "Each line is many times the one below." : "");
        const loss = display.ofSample ? core.Loss.Sample : core.Loss.Mean;
        curve.show(scene.lesson, (handle, _, paper, colours) => handle.drawCurve(paper, colours, { step: scene.step, axis, loss, ...pinned.ghosts() }));
      });
      curve.describe(`Loss curve. ${outcomeOf(scene)}`);
    },
  };
}

/** @param {import("./scene.js").Handle} handle */
function growsSteeply(handle) {
  const [first = NaN, last = NaN] = handle.meanLosses();
  return first > 0 && (handle.diverged !== undefined || last > STEEP * first);
}
