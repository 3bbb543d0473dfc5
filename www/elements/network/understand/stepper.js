// One convolution step by step: a window slides over the input, and its numbers are shown, forward
// and backward.

import { make, setText } from "../../../parts/dom.js";
import { button } from "../../../parts/private.js";
import { backwardNumbers } from "./backward.js";
import { forwardNumbers } from "./forward.js";
import { canBeFollowed, layersOf } from "./layers.js";
import { windowMaps } from "./maps.js";
import { placeChoice } from "./options.js";
import { panel } from "./panel.js";
import { placePlayer } from "./player.js";
import { placesOf, rowAndColumn } from "./window.js";

/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("./layers.js").Layer} Layer */
/** @typedef {{ shape: number[], value: Float64Array, gradient: Float64Array | null }} Seen a tensor of both passes */

/**
 * What is looked at: a place of a filter's map, and a channel of the input.
 * @typedef {object} Moment
 * @property {import("../../../engine/engine.js").Core} core
 * @property {import("./convolutions.js").Convolution} convolution
 * @property {import("./window.js").Sliding} sliding
 * @property {Seen} input
 * @property {Seen} kernels
 * @property {Seen} output
 * @property {Seen | undefined} bias
 * @property {number} filter
 * @property {number} channel
 * @property {number} place
 */

/** @param {import("../scene.js").Host} host */
export function stepperPanel(host) {
  const layers = placeChoice("layer", host.redraw);
  const filters = placeChoice("filter", host.redraw);
  const channels = placeChoice("channel", host.redraw);
  const player = placePlayer(go);
  const maps = windowMaps(go);
  const [forward, backward] = [forwardNumbers(), backwardNumbers()];
  const turn = button("Backward", () => look(!isBackward), { "aria-pressed": "false" });
  const hint = make("p", { class: "quiet" }, "Drag the window on either picture, or move it with the slider and its arrow keys. Numbers above 0 are coloured, those below 0 are grey.");
  const problem = make("p", { class: "quiet" });
  const whole = make("div", { class: "side" }, make("div", { class: "choices" }, layers.element, filters.element, channels.element, turn), player.element, maps.element, hint, forward.element, backward.element);
  let [place, places, isBackward] = [0, 0, false];

  const folded = panel(host, "One convolution, step by step", [problem, whole], {
    depends: ({ sample }) => [sample, layers.place, filters.place, channels.place, place, isBackward].join(),
    refresh,
  });

  /** @param {number} next */
  function go(next) {
    place = next;
    host.redraw();
  }

  /** @param {boolean} next */
  function look(next) {
    isBackward = next;
    turn.setAttribute("aria-pressed", String(next));
    host.redraw();
  }

  /** @param {Scene} scene */
  function refresh(scene) {
    const all = layersOf(scene);
    const found = all.filter(canBeFollowed);
    layers.offer(found.map(({ name }) => name));
    const layer = found[layers.place];
    whole.hidden = layer === undefined;
    setText(problem, layer ? "" : all.length > 0 ? "A convolution can be followed if it has a line of its own, such as c = conv(picture, K), and its operands are names." : "The program has no convolution.");
    if (layer?.sliding) {
      const moment = momentOf(scene, layer, layer.sliding, choose(layer.sliding));
      if (moment) {
        show(moment);
      }
    }
  }

  /** Offers what the layer has, and returns the place. @param {import("./window.js").Sliding} sliding */
  function choose(sliding) {
    filters.offer(numbered(sliding.filters));
    channels.offer(numbered(sliding.channels));
    channels.element.hidden = sliding.channels < 2;
    if (places !== placesOf(sliding)) {
      places = placesOf(sliding);
      // A window in the middle sees something.
      place = Math.floor(sliding.output[0] / 2) * sliding.output[1] + Math.floor(sliding.output[1] / 2);
    }
    return place;
  }

  /** @param {Scene} scene @param {Layer} layer @param {import("./window.js").Sliding} sliding @param {number} place @returns {Moment | undefined} */
  function momentOf({ network, sample, core }, { convolution }, sliding, place) {
    const seen = network.see(sample);
    const [input, kernels, output] = [convolution.input, convolution.kernels, convolution.line].map((name) => seen.get(name));
    const bias = convolution.bias === undefined ? undefined : seen.get(convolution.bias);
    const isKnown = input && kernels && output;
    return isKnown ? { core, convolution, sliding, input, kernels, output, bias, filter: filters.place, channel: channels.place, place } : undefined;
  }

  /** @param {Moment} moment */
  function show(moment) {
    const { core, convolution, sliding, input, output, filter, channel, place } = moment;
    const [row, column] = rowAndColumn(sliding, place);
    const answers = isBackward ? (output.gradient ?? new Float64Array(output.value.length)) : output.value;
    const answer = core.shortNumber(answers[filter * placesOf(sliding) + place] ?? NaN);
    const of = `${convolution.line}[${filter}]`;
    player.show(place, sliding.output, `row ${row}, column ${column}: ${answer}`);
    maps.show(sliding, { input: input.value, output: answers, colour: isBackward ? "gradient" : "value", channel, filter, place, names: [`${convolution.input}[${channel}]`, isBackward ? `gradient of ${of}` : of] });
    forward.element.hidden = isBackward;
    backward.element.hidden = !isBackward;
    (isBackward ? backward : forward).show(moment);
  }

  return { ...folded, stop: player.stop };
}

/** @param {number} count */
const numbered = (count) => Array.from({ length: count }, (_, place) => String(place));
