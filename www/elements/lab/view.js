// The view of a lab: its controls and its views, and how both follow the state.

import { announcer } from "../../parts/announcer.js";
import { make, setText } from "../../parts/dom.js";
import { drawTogether } from "../../parts/picture.js";
import { sentence } from "../../parts/problem.js";
import { visibility } from "../../parts/visibility.js";
import { SETTINGS } from "../../state/settings.js";
import { CONTROLS, buildControls } from "./controls.js";
import { progressView } from "./progress.js";
import { Scene } from "./scene.js";
import { stage } from "./stage.js";

/** @typedef {import("./scene.js").State} State */
/** @typedef {import("../../state/settings.js").Key} Key */

/** @param {Omit<import("./scene.js").Host, "display" | "pictures">} lab what its views can ask of it */
export function buildView(lab) {
  /** @type {import("./scene.js").Host} */
  const host = { ...lab, display: { log: undefined, ofSample: false, full: false }, pictures: () => staged.views().flatMap(({ picture }) => picture ?? []) };
  const controls = buildControls(host);
  const staged = stage(host);
  const problem = make("p", { class: "problem general", role: "alert" });
  const [progress, spoken] = [progressView(), announcer()];
  const element = make("div", { class: "lab loading", part: "lab" }, controls.rate, controls.sliders, problem, progress.element, spoken.element, staged.first, controls.settings, staged.others, controls.help.dialog);
  controls.rate.append(...staged.views().flatMap(({ track }) => track ?? []));
  element.addEventListener("keydown", controls.help.pressed);

  const parts = visibility({ ...controls.elements, ...staged.elements() }, CONTROLS, [...controls.groups, ...staged.groups]);

  /** What an event in an element with this `data-key` changes, for elements other than fields. @param {string} key @returns {import("./scene.js").Editor | undefined} */
  function editorOf(key) {
    return key === "init" ? controls.initial : staged.views().find(({ editors }) => editors && Object.hasOwn(editors, key))?.editors?.[key];
  }

  /** Where a setting's problem is said. @param {string} key @returns {{ fail?(message: string, start?: number, end?: number): void } | undefined} */
  function placeOf(key) {
    const hasPlace = key !== "init" || controls.initial.isReady();
    return controls.fields[/** @type {Key} */ (key)] ?? (hasPlace ? editorOf(key) : undefined);
  }

  return {
    element,
    /** What the first part of the engine can't show. */
    waiting: staged.waiting,
    complete: staged.complete,
    connect: () => host.pictures().forEach((picture) => picture.connect()),
    disconnect() {
      staged.views().forEach((view) => view.stop?.());
      spoken.stop();
      host.pictures().forEach((picture) => picture.disconnect());
    },
    themeChanged: () => host.pictures().forEach((picture) => picture.themeChanged()),
    forgetPreset: controls.forgetPreset,
    /** Ends what plays. */
    pause: () => staged.views().forEach((view) => view.stop?.()),
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
    light: parts.light,
    around: parts.around,
    shown: parts.shown,
    /** The settings that a person may change. @param {Key[]} keys */
    open: (keys) => keys.filter((key) => !parts.isLocked(SETTINGS[key].control)),

    /** Replaces the lab by a message why it can't be shown. @param {string} message */
    failToStart: (message) => element.replaceChildren(make("p", { class: "problem general", role: "alert" }, message)),

    /**
     * The change that an event asks for; nothing if it only affects what is shown.
     * @param {EventTarget | null} target
     * @param {State} state
     * @returns {import("./scene.js").Change | undefined}
     */
    edit(target, state) {
      const key = /** @type {Element} */ (target).closest("[data-key]")?.getAttribute("data-key") ?? "";
      const field = controls.fields[/** @type {Key} */ (key)];
      return field ? { keys: [/** @type {Key} */ (key)], read: () => ({ [key]: field.read(target) }) } : editorOf(key)?.edit(target, state);
    },

    /** Shows a text as it was given, right or wrong. @param {Key} key @param {string} text */
    type: (key, text) => controls.fields[key]?.type(text),

    /**
     * Shows a problem at the control that it belongs to.
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

    /** Removes problems that are solved by a good input. @param {readonly string[]} keys */
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
      element.classList.remove("loading");
      drawTogether(() => {
        controls.show(scene);
        for (const { row, view } of staged.places) {
          // Views that are neither visible nor read aloud are not updated.
          if (view && (parts.isShown(row.name) || view.spoken) && (row.make || lesson.engine.isWhole)) {
            view.show(scene);
          }
        }
      });
      spoken.tell(staged.views().flatMap((view) => view.spoken?.() || []).join(" "));
      parts.lock();
    },
  };
}

/** Whether a message already names its setting. @param {string} key @param {string} message */
function isNamed(key, message) {
  return key === "state" || message.includes(`\`${key}\``);
}
