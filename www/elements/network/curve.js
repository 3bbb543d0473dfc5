// The losses of training and test, with the changes of the learning rate and with pinned runs.

import { make } from "../../parts/dom.js";
import { figure } from "../../parts/figure.js";
import { picture } from "../../parts/picture.js";
import { pinnedRuns } from "../../parts/pinned.js";
import { button, privateBox } from "../../parts/private.js";
import { NETWORK_KEYS, NETWORK_SETTINGS } from "../../state/networks.js";

/** @typedef {import("./scene.js").Scene} Scene */

const HEADS = ["network", "steps", "training loss", "test loss", "right"];

/**
 * @param {import("./scene.js").Host} host
 * @param {(state: import("./scene.js").NetworkState) => void} begin takes the settings of a pinned run
 */
export function curveView(host, begin) {
  const curve = picture("curve", "Loss curve", host.redraw);
  let isLog = false;
  const log = privateBox("logarithmic", (checked) => {
    isLog = checked;
    host.redraw();
  });
  const pin = button("Pin this run", () => pinNow());
  const runs = pinnedRuns({ begin, redraw: host.redraw }, HEADS, pin);

  function pinNow() {
    const scene = host.scene();
    if (scene) {
      runs.pin({ state: structuredClone(scene.state), points: scene.history.points, cells: cellsOf(scene) });
    }
  }

  return {
    elements: [figure("Loss", [], curve.canvas, make("div", { class: "choices" }, log, pin), runs.element)],
    picture: curve,
    /** @param {Scene} scene */
    show(scene) {
      const { engine, history, rates } = scene;
      runs.show(() => cellsOf(scene));
      const { ghosts, chosen } = runs.ghosts();
      const lines = [{ points: Float64Array.from(history.tests), name: "test" }, ...ghosts.map((points, place) => ({ points, chosen: place === chosen }))];
      const changes = Float64Array.from(rates.slice(1), ({ step }) => step);
      const source = { engine, read: (/** @type {any} */ work) => engine.use((core) => work(undefined, core)) };
      curve.show(source, (_, core, paper, colours) => core.drawLosses(paper, colours, Float64Array.from(history.means), { stride: history.stride, axis: isLog ? core.Axis.Log : core.Axis.Linear, changes, lines, vertical: "loss" }));
      curve.describe(`Loss curve over ${scene.steps} steps. Training loss ${core(scene, history.last)}, test loss ${core(scene, history.tests.at(-1))}.`);
    },
  };
}

/** @param {Scene} scene @param {number | undefined} value */
function core({ core }, value) {
  return value === undefined ? "not measured yet" : core.shortNumber(value);
}

/** @param {Scene} scene */
function cellsOf(scene) {
  const { state, steps, history, test } = scene;
  const { preset, lr, samples, batch, optimizer } = state;
  const label = NETWORK_SETTINGS.preset.words?.find(([value]) => value === preset)?.[1] ?? preset;
  const options = NETWORK_KEYS.filter((key) => NETWORK_SETTINGS[key].of === "optimizer" && state[key] !== undefined).map((key) => `${NETWORK_SETTINGS[key].label} ${NETWORK_SETTINGS[key].write(state[key])}`);
  const settings = [label, state.data, `α = ${lr}`, optimizer, ...options, `batch ${batch}`, ...(samples ? [`${samples} pictures`] : [])];
  const right = test && test.of > 0 && scene.scores ? `${(100 * test.right / test.of).toFixed(1)} %` : "–";
  return [settings.join(", "), String(steps), core(scene, history.last), core(scene, history.tests.at(-1)), right];
}
