// The tensors of one sample, from the data to the scores: values, and beside them their gradients.

import { make, setText } from "../../parts/dom.js";
import { figure } from "../../parts/figure.js";
import { heat, largest } from "../../parts/heat.js";
import { button, keepPrivate } from "../../parts/private.js";
import { sight } from "../../parts/sight.js";

/** @typedef {import("./scene.js").AnyScene} Scene */
/** @typedef {import("./scene.js").HostOf<Scene>} Host */
/** @typedef {{ shape: number[], value: Float64Array, gradient: Float64Array | null }} Seen */

/** How often the numbers below the maps change while training goes on, in milliseconds. */
const PAUSE = 200;

/**
 * @param {Host} host
 * @param {(name: string) => boolean} [isShown] whether a tensor with this name is shown; by default all are
 * @param {(scene: Scene) => Map<string, Seen>} [see] the tensors, by name
 */
export function layersView(host, isShown = () => true, see = ({ network, sample }) => network.see(sample)) {
  const rows = make("div", { class: "layers" });
  const chooser = sampleChooser(host);
  const element = figure("Inside the network", [], chooser.element, rows);
  const seen = sight(rows, host.redraw);
  /** @type {Map<string, ReturnType<typeof row>>} */
  let shown = new Map();

  /** The rows of another network. @param {Map<string, Seen>} tensors @param {Scene} scene */
  function rebuild(tensors, { network, state }) {
    const names = inOrder(state.model, [...tensors.keys()]).filter((name) => isShown(name) && (tensors.get(name)?.value.length ?? 0) > 1);
    if (names.join() !== [...shown.keys()].join()) {
      const parameters = network.parameters.map(({ name }) => name);
      shown = new Map(names.map((name) => [name, row(name, name === "picture" ? "ink" : parameters.includes(name) ? "parameter" : "value")]));
      rows.replaceChildren(...[...shown.values()].map(({ element }) => element));
    }
  }

  return {
    elements: [element],
    stop: seen.stop,
    /** @param {Scene} scene */
    show(scene) {
      chooser.show(scene);
      if (!seen.isVisible()) {
        return;
      }
      const tensors = see(scene);
      rebuild(tensors, scene);
      shown.forEach((row, name) => row.show(/** @type {Seen} */ (tensors.get(name)), scene));
    },
  };
}

/**
 * The names in the order of the program: what a line needs stands before it.
 * @param {string} model
 * @param {string[]} names
 */
function inOrder(model, names) {
  const lines = model.split(/[\n;]/).map((line) => line.split("=").reverse().join(" ").match(/[\p{L}_][\p{L}\p{M}\d_]*/gu) ?? []);
  return [...new Set([...lines.flat(), ...names])].filter((name) => names.includes(name));
}

/** @param {string} name @param {import("../../parts/heat.js").Colour} colour */
function row(name, colour) {
  const [value, gradient] = [heat(`${name}: values`), heat(`${name}: gradient`)];
  const caption = () => make("span", { class: "quiet" });
  const [size, range, slope] = [caption(), caption(), caption()];
  const element = make("div", { class: "layer" }, make("div", {}, make("h3", {}, name), size), make("div", {}, value.canvas, range), make("div", {}, gradient.canvas, slope));
  /** What is drawn, what is told in numbers, and when that was. @type {Seen | undefined} */
  let drawn;
  /** @type {Seen | undefined} */
  let told;
  let written = -Infinity;

  /** @param {Seen} seen */
  function draw({ shape, value: values, gradient: gradients }) {
    value.show({ shape, values, colour });
    gradient.canvas.hidden = !gradients;
    if (gradients) {
      gradient.show({ shape, values: gradients, colour: "gradient" });
    }
  }

  /** @param {Seen} seen @param {Scene["core"]} core */
  function tell({ shape, value: values, gradient: gradients }, core) {
    setText(size, shape.join(" × "));
    setText(range, rangeOf(core, values));
    setText(slope, gradients ? `gradient up to ±${core.shortNumber(largest(gradients))}` : "no gradient");
    value.describe(`${name}: values from ${range.textContent}`);
    gradient.describe(`${name}: ${slope.textContent}`);
  }

  return {
    element,
    /** Draws only what has changed. @param {Seen} seen @param {Scene} scene */
    show(seen, { core, isRunning }) {
      if (seen !== drawn || value.isOutdated()) {
        draw(seen);
        drawn = seen;
      }
      if (seen !== told && (!isRunning || performance.now() > written + PAUSE)) {
        tell(seen, core);
        [told, written] = [seen, performance.now()];
      }
    },
  };
}

/** @param {Scene["core"]} core @param {Float64Array} values */
function rangeOf(core, values) {
  let [least, most] = [Infinity, -Infinity];
  for (let place = 0; place < values.length; place += 1) {
    const number = values[place] ?? NaN;
    [least, most] = [Math.min(least, number), Math.max(most, number)];
  }
  return `${core.shortNumber(least)} to ${core.shortNumber(most)}`;
}

/** Goes through the samples. @param {Host} host */
export function sampleChooser(host) {
  const field = keepPrivate(make("input", { type: "text", inputmode: "numeric", "aria-label": "number of the sample" }), () => go(Number(field.value) - 1));
  const text = make("span", { class: "quiet" });
  const by = (/** @type {number} */ distance) => () => go((host.scene()?.sample ?? 0) + distance);
  const element = make("div", { class: "choices" }, button("‹", by(-1), { "aria-label": "sample before" }), field, button("›", by(1), { "aria-label": "next sample" }), text);

  /** What is no number of a sample is answered with the nearest one. @param {number} sample */
  function go(sample) {
    const scene = host.scene();
    if (scene) {
      host.look(Math.max(0, Math.min(scene.spare, Number.isInteger(sample) ? sample : scene.sample)));
    }
  }

  return {
    element,
    /** @param {Scene} scene */
    show({ sample, spare, task }) {
      if (/** @type {ShadowRoot} */ (field.getRootNode()).activeElement !== field) {
        field.value = sample === spare ? "" : String(sample + 1);
      }
      setText(text, task.nameOf(sample));
    },
  };
}
