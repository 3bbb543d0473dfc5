// Draw and ask: what the network says of a drawing, which pixels made it say so, and what would
// change its answer.

import { announcer } from "../../../parts/announcer.js";
import { make, setText } from "../../../parts/dom.js";
import { drawingField } from "../../../parts/drawing.js";
import { figure } from "../../../parts/figure.js";
import { askedForWinner } from "./asked.js";
import { bars } from "./bars.js";
import { saying } from "./chances.js";
import { changing } from "./change.js";
import { saliency } from "./saliency.js";
import { samples } from "./samples.js";

/** @typedef {import("../scene.js").Scene} Scene */

/** @param {import("../scene.js").Host} host @returns {import("../scene.js").View} */
export function askView(host) {
  const { element: spoken, tell, stop: stopTelling } = announcer();
  const field = drawingField({ size: [8, 8], label: "Your drawing", changed: () => taken(undefined) });
  const chooser = samples(host.scene, choose, tell);
  const [table, map] = [bars(), saliency()];
  const change = changing({ host, read: field.pixels, set: changePicture, tell });
  const said = make("p", { class: "said" });
  const element = figure("Draw and ask", [], make("div", { class: "asking" },
    make("div", { class: "side" }, field.element, ...chooser.elements),
    make("div", { class: "side" }, said, table.element),
    map.element, change.element), spoken);
  element.classList.add("ask-view");
  /** @type {[number, number]} */
  let size = [8, 8];
  /** @type {Scene["data"] | undefined} */
  let data;
  /** @type {Scene["network"] | undefined} */
  let network;
  /** Whose answers are shown. @type {Scene["network"] | undefined} */
  let asked;
  /** The class of the picture, where the data says it. @type {number | undefined} */
  let truth;
  let winner = 0;
  /** The class in the spare row, whose loss and gradients all views show. */
  let label = 0;

  /** Another picture is asked. @param {number | undefined} known its class */
  function taken(known) {
    truth = known;
    change.forget();
    put();
  }

  /** Shows a picture that is no longer that of the data. @param {Float64Array} picture */
  function changePicture(picture) {
    field.set(picture);
    truth = undefined;
    put();
  }

  /** Puts the picture where all views can look at it. */
  function put() {
    const scene = host.scene();
    if (scene && scene.data === data) {
      scene.network.put(scene.spare, field.pixels(), label);
      if (scene.sample !== scene.spare) {
        host.look(scene.spare);
      }
    }
    host.redraw();
  }

  /** @param {number} sample */
  function choose(sample) {
    if (data) {
      const length = data.size[0] * data.size[1];
      const { levels } = data;
      field.set(Float64Array.from(data.pixels.subarray(sample * length, (sample + 1) * length), (pixel) => pixel / levels));
      taken(data.labels[sample]);
    }
  }

  /** @param {Scene["data"]} next */
  function takeData(next) {
    data = next;
    truth = undefined;
    [winner, label] = [0, 0];
    if (data.size.join() !== size.join()) {
      size = data.size;
      field.resize(size);
    }
    table.name(data.classes);
    change.name(data.classes);
    chooser.show(data);
  }

  /** @param {string[]} classes @param {number} winner */
  function truthWords(classes, winner) {
    return truth === undefined ? "" : `In the data it is ${classes[truth]}: ${truth === winner ? "right" : "wrong"}.`;
  }

  /** @param {string} words */
  function showNothing(words) {
    table.show(undefined, 0);
    map.empty();
    setText(said, words);
  }

  /** @param {Scene} scene */
  function ask(scene) {
    const { core, data } = scene;
    const answer = askedForWinner(scene, field.pixels(), winner);
    winner = answer.winner;
    table.show(answer.chances, winner);
    map.show(core, data.size, data.classes[winner] ?? "", answer.gradient);
    const words = [saying(answer.chances, data.classes, core.shortNumber), truthWords(data.classes, winner)].filter(Boolean).join(" ");
    setText(said, words);
    if (!scene.isRunning) {
      tell(words);
    }
    leave(scene, truth ?? winner);
  }

  /** Leaves the picture with its class in the spare row, where the winner is now. Other views were drawn before, so they are drawn again if it is another class. @param {Scene} scene @param {number} next */
  function leave(scene, next) {
    if (next !== winner) {
      scene.network.put(scene.spare, field.pixels(), next);
    }
    if (next !== label || scene.network !== network) {
      label = next;
      network = scene.network;
      host.redraw();
    }
  }

  return {
    elements: [element],
    show(scene) {
      if (scene.data !== data) {
        takeData(scene.data);
      }
      if (scene.network !== asked) {
        asked = scene.network;
        change.forget();
      }
      if (!scene.scores) {
        showNothing("This program has no class scores. End it with cross_entropy(scores, label), where scores is a line of its own.");
      } else if (field.isEmpty()) {
        showNothing("Draw something, or choose a picture of the test.");
      } else {
        ask(scene);
      }
    },
    stop() {
      change.stop();
      stopTelling();
    },
  };
}
