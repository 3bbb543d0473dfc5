// The line that tells what is kept in the browser, and with which it is turned off and forgotten.

import { make, setText } from "../../../parts/dom.js";
import { button, privateBox } from "../../../parts/private.js";
import { sentence } from "../../../parts/problem.js";
import { Keeper, keyOf } from "./keep.js";

/** @typedef {import("./element.js").SegmentScene} Scene */

/**
 * @param {import("../scene.js").HostOf<Scene>} host
 * @param {() => Partial<import("../../../state/segments.js").SegmentState>} given the settings that were given
 */
export function keepingView(host, given) {
  const box = privateBox("Keep my work in this browser", (checked) => void keeper.turn(key, checked).then(() => setText(said, checked ? "" : "Nothing is kept any more.")));
  const field = /** @type {HTMLInputElement} */ (box.querySelector("input"));
  const said = make("span", { class: "quiet", role: "status" });
  const problem = make("p", { class: "problem", role: "alert" });
  const note = make("p", { class: "quiet" }, "Pictures, strokes, settings and weights are kept on this device after each stroke, and are here again when you come back to this page. They are not sent anywhere.");
  const element = make("div", { class: "keeping" }, make("div", { class: "choices" }, box, button("Forget it", forget), said), note, problem);
  const keeper = new Keeper(read, (message) => setText(problem, sentence(message)));
  const leave = () => document.visibilityState === "hidden" && isChanged && void keeper.flush();
  let isChanged = false;
  let seen = "";
  let wasRunning = false;
  /** Where it is kept; empty until it is shown for the first time. An element that has left the page has no place any more. */
  let key = "";
  field.checked = true;

  function read() {
    const scene = host.scene();
    isChanged = false;
    return scene && { key, data: scene.data, given: given(), weights: scene.isFresh ? undefined : scene.network.weights };
  }

  function touch() {
    isChanged = true;
    keeper.touch();
  }

  async function forget() {
    await keeper.forget(key);
    setText(said, "Forgotten. The next stroke is kept again.");
  }

  function begin() {
    key = keyOf(/** @type {HTMLElement} */ (/** @type {ShadowRoot} */ (element.getRootNode()).host));
    document.addEventListener("visibilitychange", leave);
    void keeper.begin(key).then((isOn) => (field.checked = isOn));
  }

  return {
    elements: [element],
    /** Something was painted, or the pictures have changed. */
    touch,
    /** @param {Scene} scene */
    show({ isRunning, steps }) {
      if (key === "") {
        begin();
      }
      const now = JSON.stringify(given());
      // What is only looked at is not kept.
      if ((seen !== "" && seen !== now) || (wasRunning && !isRunning)) {
        touch();
      }
      [seen, wasRunning] = [now, isRunning];
      isChanged ||= isRunning && steps > 0;
    },
    stop() {
      document.removeEventListener("visibilitychange", leave);
      if (isChanged) {
        void keeper.flush();
      }
      key = "";
    },
  };
}
