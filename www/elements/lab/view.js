// A lab as it is seen: its controls and its views, and how both follow the state.

import { announcer } from "../../parts/announcer.js";
import { make, setText } from "../../parts/dom.js";
import { sentence } from "../../parts/problem.js";
import { CONTROLS, buildControls } from "./controls.js";
import { progressView } from "./progress.js";
import { Scene } from "./scene.js";
import { VIEWS } from "./views.js";
import { visibility } from "./visibility.js";

/** @typedef {import("./scene.js").State} State */
/** @typedef {import("./scene.js").View} View */
/** @typedef {import("../../state/settings.js").Key} Key */

/** @param {Omit<import("./scene.js").Host, "display" | "pictures">} lab what its views can ask of it */
export function buildView(lab) {
  /** @type {import("./scene.js").Host} */
  const host = { ...lab, display: { log: false, ofSample: false, full: false }, pictures: () => views.flatMap(({ picture }) => picture ?? []) };
  const controls = buildControls(host);
  const views = VIEWS.map(({ make }) => make(host));
  const problem = make("p", { class: "problem general", role: "alert" });
  const [progress, spoken] = [progressView(), announcer()];
  const pairs = paired(views);
  // Stands for the whole column of the controls, so that the views can take its place.
  const room = make("div", { class: "column-of-controls" });
  const shown = make("div", { class: "pictures" }, problem, progress.element, spoken.element, ...pairs.elements);
  const element = make("div", { class: "lab", part: "lab" }, room, controls.rate, controls.column, shown, controls.help.dialog);
  controls.rate.append(...views.flatMap(({ track }) => track ?? []));
  element.addEventListener("keydown", controls.help.pressed);

  const visible = Object.fromEntries(VIEWS.map(({ name }, place) => [name, elementsOf(views[place])]));
  const parts = visibility({ ...controls.elements, ...visible }, CONTROLS, [...controls.groups, ...pairs.groups, [room, [...CONTROLS]]]);
  const editors = /** @type {Record<string, import("./scene.js").Editor>} */ (Object.assign({ init: controls.initial }, ...views.map((view) => view.editors ?? {})));

  /** Where a setting's problem is said. @param {string} key @returns {{ fail?(message: string, start?: number, end?: number): void } | undefined} */
  function placeOf(key) {
    const hasPlace = key !== "init" || controls.initial.isReady();
    return controls.fields[/** @type {Key} */ (key)] ?? (hasPlace ? editors[key] : undefined);
  }

  return {
    element,
    /** What the first part of the engine can't show. */
    waiting: VIEWS.flatMap(({ waits }, place) => (waits ? (views[place]?.elements ?? []) : [])),
    connect: () => host.pictures().forEach((picture) => picture.connect()),
    disconnect() {
      views.forEach((view) => view.stop?.());
      spoken.stop();
      host.pictures().forEach((picture) => picture.disconnect());
    },
    themeChanged: () => host.pictures().forEach((picture) => picture.themeChanged()),
    forgetPreset: controls.forgetPreset,
    /** Ends what plays. */
    pause: () => views.forEach((view) => view.stop?.()),
    /** Says something above the pictures. @param {string} text */
    say: (text) => setText(problem, sentence(text)),
    /** How many steps of a long run are left. @param {number} left */
    progress: (left) => progress.show(left),
    /** Takes an attribute that says which parts are shown or locked. @param {string} name @param {string | null} text */
    arrange(name, text) {
      const wrong = parts.set(name, text);
      setText(problem, sentence(wrong && `\`${name}\`: ${wrong}`));
      host.redraw();
    },
    /** The settings that a person may change. @param {Key[]} keys */
    open: (keys) => keys.filter((key) => !parts.isLocked(key)),

    /** Instead of a lab: why there is none. @param {string} message */
    failToStart: (message) => element.replaceChildren(make("p", { class: "problem general", role: "alert" }, message)),

    /**
     * What an event changes; nothing where it is only about what is shown.
     * @param {EventTarget | null} target
     * @param {State} state
     * @returns {import("./scene.js").Change | undefined}
     */
    edit(target, state) {
      const key = /** @type {Element} */ (target).closest("[data-key]")?.getAttribute("data-key") ?? "";
      const field = controls.fields[/** @type {Key} */ (key)];
      return field ? { keys: [/** @type {Key} */ (key)], read: () => ({ [key]: field.read(target) }) } : editors[key]?.edit(target, state);
    },

    /** Shows a text as it was given, right or wrong. @param {Key} key @param {string} text */
    type: (key, text) => controls.fields[key]?.type(text),

    /**
     * Says what is wrong, where the person looks.
     * @param {string} key
     * @param {string} message
     * @param {number} [start] the place in the field's text, in UTF-16 units
     * @param {number} [end]
     */
    fail(key, message, start, end) {
      const place = placeOf(key);
      if (place?.fail) {
        place.fail(message, start, end);
        controls.unfold(key);
      } else {
        setText(problem, sentence(isNamed(key, message) ? message : `\`${key}\`: ${message}`));
      }
    },

    /** Takes problems back that a good input has solved. @param {readonly string[]} keys */
    clear(keys) {
      keys.forEach((key) => placeOf(key)?.fail?.(""));
      setText(problem, "");
    },

    /**
     * @param {import("../../engine/lesson.js").Lesson} lesson
     * @param {State} state
     */
    show(lesson, state) {
      const scene = new Scene(lesson, state);
      controls.show(scene);
      VIEWS.forEach(({ name, waits }, place) => {
        const view = /** @type {View} */ (views[place]);
        // What is neither seen nor spoken costs nothing.
        if ((parts.isShown(name) || view.spoken) && (!waits || lesson.engine.isWhole)) {
          view.show(scene);
        }
      });
      spoken.tell(views.flatMap((view) => view.spoken?.() || []).join(" "));
      parts.lock();
    },
  };
}

/** Whether a message says by itself what it is about. @param {string} key @param {string} message */
function isNamed(key, message) {
  return key === "state" || message.includes(`\`${key}\``);
}

/** What is shown and hidden with a view. @param {View} [view] */
function elementsOf(view) {
  return [...(view?.elements ?? []), ...(view?.track ? [view.track] : [])];
}

/**
 * The elements of all views in order; those of neighbours that are paired stand in one element.
 * @param {View[]} views
 */
function paired(views) {
  const elements = [];
  const groups = /** @type {[HTMLElement, string[]][]} */ ([]);
  for (const [place, { name, paired }] of VIEWS.entries()) {
    const own = views[place]?.elements ?? [];
    const [pair, names] = groups.at(-1) ?? [];
    if (paired && VIEWS[place - 1]?.paired) {
      pair?.append(...own);
      names?.push(name);
    } else if (paired) {
      groups.push([make("div", { class: "pair" }, ...own), [name]]);
      elements.push(/** @type {[HTMLElement, string[]]} */ (groups.at(-1))[0]);
    } else {
      elements.push(...own);
    }
  }
  return { elements, groups };
}
