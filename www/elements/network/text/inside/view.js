// The inside of one prediction: what it sees, which characters matter, what the gates do; and the
// embeddings and gradients of the whole network.

import { make, setText } from "../../../../parts/dom.js";
import { figure } from "../../../../parts/figure.js";
import { largest } from "../../../../parts/heat.js";
import { sight } from "../../../../parts/sight.js";
import { receptiveField } from "../../../../state/textnet.js";
import { shapeOf } from "../../../../state/texts.js";
import { sampleChooser } from "../../layers.js";
import { answersList } from "./answers.js";
import { layerMaps } from "./maps.js";
import { normsTable } from "./norms.js";
import { columnOf } from "./numbers.js";
import { embeddingPlane } from "./plane.js";
import { Position, isKnown } from "./position.js";
import { quoted } from "./quoted.js";
import { characterRow } from "./row.js";
import { layerSlopes } from "./slopes.js";

/** @typedef {import("../element.js").TextScene} Scene */
/** @typedef {import("./numbers.js").Seen} Seen */
/** @typedef {ReturnType<typeof windowOf>} Window */

/** How long what is shown stays while the network changes, in milliseconds. */
const PAUSE = 250;
/** The position that is chosen at first, where the window has it: there it has something to see. */
const FIRST = 15;

/** @param {import("../../scene.js").HostOf<Scene>} host @returns {import("../../scene.js").ViewOf<Scene>} */
export function insideView(host) {
  const chooser = sampleChooser(host);
  const row = characterRow((position) => choose(position));
  const maps = layerMaps(() => renew());
  const [field, answers, norms] = [make("p"), answersList(), normsTable()];
  const aligned = make("div", { class: "aligned" }, row.element, ...maps.elements);
  const strip = make("div", { class: "scroll", dir: "ltr" }, aligned);
  const content = make("div", { class: "side insides" }, make("div", { class: "choices" }, chooser.element, maps.choice), field, strip, make("div", { class: "findings" }, answers.element, norms.element));
  const [plane, slopes, single] = [embeddingPlane(), layerSlopes(), new Position()];
  const whole = make("div", { class: "insides-all" }, figure("One prediction", [], content), plane.element, slopes.element);
  const seen = sight(whole, host.redraw);
  let [chosen, uncovered] = [FIRST, -1];
  /** What was shown last, when, and whether a person wants something else. */
  let [network, sample, shown, isStale] = [/** @type {Scene["network"] | undefined} */ (undefined), -1, -Infinity, true];

  /** @param {number} position */
  function choose(position) {
    chosen = position;
    renew();
  }

  function renew() {
    isStale = true;
    host.redraw();
  }

  /** While the network learns or is tested, there are many frames. @param {Scene} scene */
  function isDue(scene) {
    const isBusy = scene.isRunning || scene.test?.step !== scene.steps;
    return isStale || network !== scene.network || sample !== scene.sample || !isBusy || performance.now() > shown + PAUSE;
  }

  /** @param {Scene} scene */
  function showAll(scene) {
    const tensors = scene.network.see(scene.sample);
    const window = windowOf(scene);
    const position = Math.min(chosen, window.tokens.length - 1);
    aligned.style.setProperty("--count", String(window.tokens.length));
    aligned.style.setProperty("--place", String(position));
    showPosition(scene, window, position);
    showAnswers(scene, tensors, window, position);
    maps.show(scene, tensors, window.tokens.length, position);
    plane.show(scene, tensors.get("E") ?? tensors.get("T"), window.tokens[position] ?? 0);
    slopes.show(scene, tensors);
    uncover(position, window.tokens.length);
  }

  /** Scrolls to the chosen character, once. @param {number} position @param {number} count */
  function uncover(position, count) {
    const width = aligned.offsetWidth / count;
    if (position !== uncovered) {
      strip.scrollLeft = Math.min(position * width, Math.max(strip.scrollLeft, (position + 1) * width - strip.clientWidth));
      uncovered = position;
    }
  }

  /** What the prediction depends on. @param {Scene} scene @param {Window} window @param {number} position */
  function showPosition(scene, { tokens, next, characters }, position) {
    const isWritten = isKnown(scene);
    const reach = isWritten ? receptiveField(shapeOf(scene.state, scene.data.tokens.length)) : 0;
    const first = Math.max(0, position + 1 - reach);
    const found = isWritten ? single.norms(scene, tokens, position, next[position] ?? 0) : [];
    const most = largest(found);
    const notes = found.map((norm) => `norm of the gradient: ${scene.core.shortNumber(norm)}`);
    row.show({ characters, chosen: position, first, notes, shares: found.map((norm) => (most > 0 && norm <= most ? norm / most : 0)) });
    setText(field, isWritten ? fieldOf(characters[position] ?? "", position + 1 - first, reach) : "");
    if (isWritten) {
      norms.show(scene.core, { characters, chosen: position, first, norms: found });
    } else {
      norms.empty("This program was written by hand, so the page does not know how far a prediction sees, nor its gradient.");
    }
  }

  /** @param {Scene} scene @param {Map<string, Seen>} tensors @param {Window} window @param {number} position */
  function showAnswers(scene, tensors, { next }, position) {
    const scores = tensors.get(scene.scores ?? "");
    if (scores?.shape[1] === next.length) {
      answers.show(scene, columnOf(scores.value, next.length, position), next[position] ?? 0);
    } else {
      answers.empty();
    }
  }

  return {
    elements: [whole],
    stop() {
      seen.stop();
      single.free();
    },
    show(scene) {
      chooser.show(scene);
      if (seen.isVisible() && isDue(scene)) {
        [network, sample, shown, isStale] = [scene.network, scene.sample, performance.now(), false];
        showAll(scene);
      }
    },
  };
}

/** The window that is looked at. @param {Scene} scene */
function windowOf({ task, data, state, sample }) {
  const part = (/** @type {string} */ name) => Array.from({ length: state.window }, (_, place) => task.columns.find((column) => column.name === name)?.numbers[sample * state.window + place] ?? 0);
  const tokens = part("tokens");
  return { tokens, next: part("next"), characters: tokens.map((token) => data.tokens[token] ?? "") };
}

/** @param {string} character @param {number} count that it sees @param {number} reach that it could see */
function fieldOf(character, count, reach) {
  const characters = count === 1 ? "1 character" : `${count} characters`;
  const rest = count < reach ? `; the receptive field has ${reach}, but the window begins here` : "";
  return `The prediction after ${quoted(character)} sees ${characters}${rest}.`;
}
