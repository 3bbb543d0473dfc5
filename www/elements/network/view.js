// The view of a network: its controls, and everything that looks into it.

import { announcer } from "../../parts/announcer.js";
import { make, setText } from "../../parts/dom.js";
import { drawTogether } from "../../parts/picture.js";
import { sentence } from "../../parts/problem.js";
import { shareView } from "../../parts/share.js";
import { visibility } from "../../parts/visibility.js";
import { buildControls } from "./controls.js";
import { statusView } from "./status.js";

/** @typedef {import("./scene.js").AnyScene} Scene */
/** @typedef {import("./scene.js").ViewOf<any>} View */

/**
 * @typedef {object} Parts what one kind of network shows
 * @property {string} name of the element, in words
 * @property {import("./controls.js").Table} table
 * @property {Record<string, View>} views by the names that `views` takes
 * @property {{ elements: HTMLElement[], stop(): void }} own where a person gives what the network learns from
 * @property {() => Node[]} snippets what can be copied to share it
 */

/** @param {Parts} parts */
export function buildView({ name, table, views, own, snippets }) {
  const share = shareView(`Share this ${name}`, async () => snippets());
  const controls = buildControls(table, share.element);
  const [status, spoken] = [statusView(), announcer()];
  const [problem, refusal] = [1, 2].map(() => make("p", { class: "problem general", role: "alert" }));
  const credit = make("p", { class: "quiet credit" });
  const slots = Object.fromEntries(Object.entries(views).map(([name, { elements }]) => [name, make("div", { class: `part ${name}-part` }, ...elements)]));
  const ownSlot = make("div", { class: "own-samples" }, ...own.elements);
  const grid = make("div", { class: "parts" }, ...Object.values(slots));
  const element = make("div", { class: "lab network", part: "network" }, controls.rate, /** @type {Node} */ (problem), /** @type {Node} */ (refusal), controls.buttons, ...status.elements, spoken.element, controls.settings, ownSlot, grid, credit);
  const named = { ...controls.elements, status: status.elements, own: [ownSlot], ...Object.fromEntries(Object.entries(slots).map(([name, slot]) => [name, [slot]])) };
  const parts = visibility(named, Object.keys(controls.elements), [[controls.settings, [...table.asides, "training", "model", "share"]]]);
  /** What is wrong with the attributes that say which parts are shown. @type {Map<string, string>} */
  const wrongs = new Map();
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
    /** Says something above the controls. @param {string} text */
    say: (text) => setText(/** @type {Element} */ (problem), sentence(text)),
    /** Says why there is no other network; an empty text takes it back. @param {string} text */
    refuse: (text) => setText(/** @type {Element} */ (refusal), sentence(text)),
    /** Takes an attribute that says which parts are shown or locked. @param {string} name @param {string | null} text */
    arrange(name, text) {
      const wrong = parts.set(name, text);
      wrongs.set(name, wrong && `\`${name}\`: ${wrong}`);
      setText(/** @type {Element} */ (problem), [...wrongs.values()].map(sentence).filter(Boolean).join(" "));
    },
    /** Whether a person may change a setting. @param {string} key */
    isOpen: (key) => !parts.isLocked(table.settings[key]?.control ?? ""),
    /** The value that a person gave to a setting. @param {string} key @param {EventTarget | null} target */
    read: (key, target) => controls.fields[key]?.read(target),
    /** Shows a text as it was given, right or wrong. @param {string} key @param {string} text */
    type: (key, text) => controls.fields[key]?.type(text),
    /**
     * Shows a problem at its control, or above all of them.
     * @param {string} key
     * @param {string} message empty if there is none any more
     * @param {number} [start] the place in the field's text
     * @param {number} [end]
     */
    fail(key, message, start, end) {
      const field = Object.hasOwn(controls.fields, key) ? controls.fields[key] : undefined;
      if (!field) {
        this.refuse(message);
        return;
      }
      field.fail(message, start, end);
      if (message) {
        controls.unfold(key);
      }
    },
    /** Nothing is left of a network that is gone. */
    showNothing() {
      status.clear();
      setText(credit, "");
      grid.toggleAttribute("hidden", true);
    },
    /** What is shown while there is nothing to learn from yet. @param {any} state @param {boolean} isRunning */
    showControls(state, isRunning) {
      controls.show(state, isRunning);
      ownSlot.toggleAttribute("hidden", state.data !== "own");
    },
    /** @param {import("./trainer.js").Trainer} trainer @param {Scene} scene */
    show(trainer, scene) {
      drawTogether(() => {
        this.showControls(scene.state, scene.isRunning);
        grid.toggleAttribute("hidden", false);
        status.show(trainer, scene);
        setText(credit, scene.data.credit);
        Object.entries(views).forEach(([name, view]) => parts.isShown(name) && view.show(scene));
      });
      spoken.tell(scene.isRunning ? "training" : status.text());
      parts.lock();
    },
  };
}
