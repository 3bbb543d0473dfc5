// The view of a network: its controls, and everything that looks into it.

import { announcer } from "../../parts/announcer.js";
import { make, setText } from "../../parts/dom.js";
import { drawTogether } from "../../parts/picture.js";
import { sentence } from "../../parts/problem.js";
import { shareView } from "../../parts/share.js";
import { visibility } from "../../parts/visibility.js";
import { NETWORK_SETTINGS } from "../../state/networks.js";
import { askView } from "./ask/view.js";
import { CONTROLS, buildControls } from "./controls.js";
import { curveView } from "./curve.js";
import { graphView } from "./graph.js";
import { homeView } from "./home/view.js";
import { layersView } from "./layers.js";
import { ownView } from "./own/view.js";
import { statusView } from "./status.js";
import { understandView } from "./understand/view.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("../../state/networks.js").Key} Key */

/**
 * @param {import("./scene.js").Host} host
 * @param {object} acts
 * @param {(data: import("./scene.js").Dataset) => void} acts.take takes pictures of a person's own
 * @param {(state: object) => void} acts.begin takes the settings of another run
 * @param {() => Node[]} acts.snippets what can be copied to share the network
 */
export function buildView(host, { take, begin, snippets }) {
  const share = shareView("Share this network", async () => snippets());
  const controls = buildControls(share.element);
  const [status, own, spoken] = [statusView(), ownView({ take, redraw: host.redraw }), announcer()];
  /** @type {Record<string, import("./scene.js").View>} */
  const views = { curve: curveView(host, begin), ask: askView(host), layers: layersView(host), understand: understandView(host), graph: graphView(host), home: homeView(host) };
  const problem = make("p", { class: "problem general", role: "alert" });
  const credit = make("p", { class: "quiet credit" });
  const slots = Object.fromEntries(Object.entries(views).map(([name, { elements }]) => [name, make("div", { class: `part ${name}-part` }, ...elements)]));
  const ownSlot = make("div", { class: "own-pictures" }, ...own.elements);
  const pictures = make("div", { class: "parts" }, ...Object.values(slots));
  const element = make("div", { class: "lab network", part: "network" }, controls.rate, problem, controls.buttons, ...status.elements, spoken.element, controls.settings, ownSlot, pictures, credit);
  const parts = visibility({ ...controls.elements, status: status.elements, own: [ownSlot], ...Object.fromEntries(Object.entries(slots).map(([name, slot]) => [name, [slot]])) }, CONTROLS, [[controls.settings, ["preset", "pictures", "training", "model", "share"]]]);
  const drawn = Object.values(views).flatMap(({ picture }) => picture ?? []);

  return {
    element,
    failToStart: (/** @type {string} */ message) => element.replaceChildren(make("p", { class: "problem general", role: "alert" }, message)),
    connect: () => drawn.forEach((picture) => picture.connect()),
    disconnect() {
      drawn.forEach((picture) => picture.disconnect());
      Object.values(views).forEach((view) => view.stop?.());
      own.stop();
      spoken.stop();
    },
    themeChanged: () => drawn.forEach((picture) => picture.themeChanged()),
    /** Says something above the controls; an empty text takes it back. @param {string} text */
    say: (text) => setText(problem, sentence(text)),
    /** Takes an attribute that says which parts are shown or locked. @param {string} name @param {string | null} text */
    arrange(name, text) {
      const wrong = parts.set(name, text);
      setText(problem, sentence(wrong && `\`${name}\`: ${wrong}`));
    },
    /** Whether a person may change a setting. @param {Key} key */
    isOpen: (key) => !parts.isLocked(NETWORK_SETTINGS[key].control),
    /** The value that a person gave to a setting. @param {Key} key @param {EventTarget | null} target */
    read: (key, target) => controls.fields[key].read(target),
    /** Shows a text as it was given, right or wrong. @param {Key} key @param {string} text */
    type: (key, text) => controls.fields[key].type(text),
    /**
     * Shows a problem at its control, or above all of them.
     * @param {string} key
     * @param {string} message empty if there is none any more
     * @param {number} [start] the place in the field's text
     * @param {number} [end]
     */
    fail(key, message, start, end) {
      const field = Object.hasOwn(controls.fields, key) ? controls.fields[/** @type {Key} */ (key)] : undefined;
      if (!field) {
        setText(problem, sentence(message));
        return;
      }
      field.fail(message, start, end);
      if (message) {
        controls.unfold(key);
      }
    },
    /** What is shown while there are no pictures yet. @param {import("../../state/networks.js").NetworkState} state @param {boolean} isRunning */
    showControls(state, isRunning) {
      controls.show(state, isRunning);
      ownSlot.toggleAttribute("hidden", state.data !== "own");
    },
    /** @param {import("./trainer.js").Trainer} trainer @param {Scene} scene */
    show(trainer, scene) {
      drawTogether(() => {
        controls.show(scene.state, scene.isRunning);
        ownSlot.toggleAttribute("hidden", scene.state.data !== "own");
        status.show(trainer, scene);
        setText(credit, scene.data.credit);
        Object.entries(views).forEach(([name, view]) => parts.isShown(name) && view.show(scene));
      });
      spoken.tell(scene.isRunning ? "training" : status.text());
      parts.lock();
    },
  };
}
