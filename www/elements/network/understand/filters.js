// What each filter looks for: its kernel, and the test pictures that excite it most.

import { make, setText } from "../../../parts/dom.js";
import { heat } from "../../../parts/heat.js";
import { button } from "../../../parts/private.js";
import { mostExciting, strongest } from "./excitement.js";
import { gallery } from "./gallery.js";
import { hasFilters, layersOf } from "./layers.js";
import { placeChoice } from "./options.js";
import { panel } from "./panel.js";
import { isPresent, momentOf, readInParts, testSamples } from "./reading.js";
import { roving } from "./roving.js";
import { className } from "./survey.js";
import { cornerOf } from "./window.js";

/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("./layers.js").Layer} Layer */
/** @typedef {ReturnType<typeof strongest>[]} Found by sample and filter */

/** How many pictures are shown. */
const COUNT = 9;
/** How large a number of the kernel and all of them are at most, in CSS pixels. */
const LARGEST = 28;
const WIDEST = 340;

/** @param {import("../scene.js").Host} host */
export function filtersPanel(host) {
  const layers = placeChoice("layer", host.redraw);
  const picks = make("div", { class: "picks", role: "group", "aria-label": "filter" });
  const settle = roving(picks);
  const kernel = heat("kernel");
  const about = make("p", { class: "about" });
  const pictures = gallery(host, "test pictures that excite the filter most");
  const beside = make("div", { class: "excited" }, make("div", { class: "kernel" }, kernel.canvas), pictures.element);
  const whole = make("div", { class: "side" }, layers.element, picks, about, beside);
  const problem = make("p", { class: "quiet" });
  let filter = 0;
  /** What was read last, for one moment of one layer. @type {{ of: string, network: object, pending: Promise<Found | undefined> } | undefined} */
  let known;
  let isStopped = false;

  const folded = panel(host, "What excites a filter", [problem, whole], {
    depends: ({ sample }) => [sample, layers.place, filter].join(),
    refresh,
  });

  /** @param {Scene} scene @param {() => boolean} isWanted */
  async function refresh(scene, isWanted) {
    const found = layersOf(scene).filter(hasFilters);
    layers.offer(found.map(({ name }) => name));
    const layer = found[layers.place];
    const samples = testSamples(scene);
    whole.hidden = layer === undefined || samples.length === 0;
    setText(problem, layer === undefined ? "The program has no convolution whose kernels have a name." : whole.hidden ? "There are no test pictures." : "");
    if (layer && samples.length > 0) {
      offer(layer.shape[0] ?? 0);
      showKernel(scene, layer);
      const responses = await responsesOf(scene, layer, samples);
      if (responses && isWanted()) {
        showPictures(scene, layer, samples, responses);
      }
    }
  }

  /** A button for each filter. @param {number} count */
  function offer(count) {
    filter = Math.min(filter, count - 1);
    if (picks.childElementCount !== count) {
      picks.replaceChildren(...Array.from({ length: count }, (_, place) => button(String(place), () => pick(place), { "aria-label": `filter ${place}` })));
      settle();
    }
    [...picks.children].forEach((child, place) => child.setAttribute("aria-pressed", String(place === filter)));
  }

  /** @param {number} place */
  function pick(place) {
    filter = place;
    host.redraw();
  }

  /** @param {Scene} scene @param {Layer} layer */
  function showKernel({ network, sample }, { convolution, kernels = [] }) {
    const [, ...shape] = kernels;
    const size = shape.reduce((product, each) => product * each, 1);
    const values = network.see(sample).get(convolution.kernels)?.value ?? new Float64Array(size * (filter + 1));
    kernel.show({ shape, values: values.slice(filter * size, (filter + 1) * size), colour: "parameter" });
    kernel.canvas.style.width = `${Math.min(LARGEST * kernel.canvas.width, WIDEST)}px`;
    kernel.describe(`kernel ${convolution.kernels}[${filter}], ${shape.join(" by ")}`);
  }

  /** What was read for this moment and layer; another filter needs nothing new. @param {Scene} scene @param {Layer} layer @param {number[]} samples */
  function responsesOf(scene, layer, samples) {
    const of = [momentOf(scene), layer.name, samples.length].join();
    if (known?.of !== of || known.network !== scene.network) {
      isStopped = false;
      known = { of, network: scene.network, pending: read(scene, layer, samples) };
    }
    return known.pending;
  }

  /** @param {Scene} scene @param {Layer} layer @param {number[]} samples @returns {Promise<Found | undefined>} */
  async function read(scene, { convolution, shape: [filters = 0, ...map] }, samples) {
    const places = map.reduce((product, size) => product * size, 1);
    /** @type {Found} */
    const found = [];
    const goesOn = () => !isStopped && isPresent(host, scene);
    const isWhole = await readInParts(scene, [convolution.line], samples, goesOn, (first, [values = new Float64Array()]) => {
      for (let sample = 0; sample * filters * places < values.length; sample += 1) {
        found[first + sample] = strongest(values, filters, places, sample);
      }
    });
    return isWhole ? found : undefined;
  }

  /** @param {Scene} scene @param {Layer} layer @param {number[]} samples @param {Found} found */
  function showPictures(scene, { convolution, sliding }, samples, found) {
    const order = mostExciting(found, filter, COUNT);
    const numberOf = (/** @type {number} */ place) => found[place]?.[filter]?.response ?? NaN;
    const isBlind = found.every((filters) => Object.is(filters[filter]?.response, numberOf(0)));
    setText(about, isBlind ? `Filter ${filter} gives ${scene.core.shortNumber(numberOf(0))} for every test picture.` : `Filter ${filter}: the strongest of ${samples.length} test pictures, with the largest number of ${convolution.line}[${filter}].`);
    pictures.show(scene, order.map((place) => {
      const [sample = 0, response] = [samples[place], scene.core.shortNumber(numberOf(place))];
      const isSeen = sliding !== undefined && convolution.input === "picture" && convolution.keepsPlaces && !isBlind;
      const mark = isSeen ? { corner: cornerOf(sliding, found[place]?.[filter]?.place ?? 0), size: sliding.kernel } : undefined;
      return { sample, label: `picture ${sample}, class ${className(scene, scene.data.labels[sample] ?? 0)}: `, lines: [response], mark };
    }));
  }

  return {
    ...folded,
    stop() {
      isStopped = true;
      known = undefined;
    },
  };
}
