// The losses of training and test, with the changes of the learning rate and with pinned runs.

import { make } from "../../parts/dom.js";
import { figure } from "../../parts/figure.js";
import { picture } from "../../parts/picture.js";
import { pinnedRuns } from "../../parts/pinned.js";
import { button, privateBox } from "../../parts/private.js";

/** @typedef {import("./scene.js").AnyScene} Scene */
/** @typedef {{ name: string, loss: number }} Level a loss to compare with */
/** @typedef {ReturnType<ReturnType<typeof pinnedRuns>["ghosts"]>} Compared */

/**
 * What a network's curve shows beside the losses.
 * @typedef {object} About
 * @property {() => object} given the settings that were given, which a pinned run keeps
 * @property {(state: any) => string} summaryOf its settings in a few words
 * @property {(scene: any) => Level[]} [levelsOf] losses to compare with
 */

const HEADS = ["network", "steps", "training loss", "test loss", "test"];

/**
 * @param {import("./scene.js").HostOf<any>} host
 * @param {(state: any) => void} begin takes the settings of a pinned run
 * @param {About} about
 */
export function curveView(host, begin, { given, summaryOf, levelsOf = () => [] }) {
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
      runs.pin({ state: structuredClone(given()), points: scene.history.points, cells: cellsOf(scene, summaryOf) });
    }
  }

  return {
    elements: [figure("Loss", [], curve.canvas, make("div", { class: "choices" }, log, pin), runs.element)],
    picture: curve,
    /** @param {Scene} scene */
    show(scene) {
      const { engine, history } = scene;
      runs.show(() => cellsOf(scene, summaryOf));
      const [compared, levels] = [runs.ghosts(), levelsOf(scene)];
      const source = { engine, read: (/** @type {any} */ work) => engine.use((core) => work(undefined, core)) };
      curve.show(source, (_, core, paper, colours) => {
        const options = { stride: history.stride, axis: isLog ? core.Axis.Log : core.Axis.Linear, changes: changesIn(scene), lines: linesOf(scene, levels, compared), vertical: "loss" };
        return core.drawLosses(paper, colours, Float64Array.from(history.means), options);
      }, [...drawnOf(scene, levels, compared), isLog]);
      curve.describe(`Loss curve over ${scene.steps} steps. Training loss ${core(scene, history.last)}, test loss ${core(scene, history.tests.at(-1))}.`);
    },
  };
}

/** What the picture depends on: while this stays, it is not drawn again. @param {Scene} scene @param {Level[]} levels @param {Compared} compared */
function drawnOf({ history, steps, rates }, levels, { ghosts, chosen }) {
  const { tests } = history;
  return [history, steps, tests.length, tests.at(-1), rates.length, chosen, ...ghosts, ...levels.map(({ name, loss }) => `${name} ${loss}`)];
}

/** The lines beside the training's: the test's, the levels, and the pinned runs. @param {Scene} scene @param {Level[]} levels @param {Compared} compared */
function linesOf({ history, steps }, levels, { ghosts, chosen }) {
  const end = Math.max(1, steps);
  return [
    { points: Float64Array.from(history.tests), name: "test" },
    ...levels.map(({ name, loss }) => ({ points: Float64Array.of(0, loss, end, loss), name })),
    ...ghosts.map((points, place) => ({ points, chosen: place === chosen })),
  ];
}

/** The steps before which the learning rate was changed. @param {Scene} scene */
function changesIn({ rates }) {
  return Float64Array.from(rates.slice(1), ({ step }) => step);
}

/** @param {Scene} scene @param {number | undefined} value */
function core({ core }, value) {
  return value === undefined ? "not measured yet" : core.shortNumber(value);
}

/** @param {Scene} scene @param {About["summaryOf"]} summaryOf */
function cellsOf(scene, summaryOf) {
  const { state, steps, history, test, task } = scene;
  const told = test && test.of > 0 && scene.scores ? task.tell(test, scene.core) : "–";
  return [summaryOf(state), String(steps), core(scene, history.last), core(scene, history.tests.at(-1)), told];
}
