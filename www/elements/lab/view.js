// What a lab consists of, and how it follows the state.

import { announcer } from "../../parts/announcer.js";
import { make, setText } from "../../parts/dom.js";
import { editor } from "../../parts/editor.js";
import { sentence } from "../../parts/problem.js";
import { linear, logarithmic, slider } from "../../parts/slider.js";
import { arranged } from "./arrangement.js";
import { galleryView } from "./code/gallery.js";
import { codeView } from "./code/view.js";
import { dataView } from "./controls/data/view.js";
import { helpView } from "./controls/help.js";
import { initialValues } from "./controls/initials.js";
import { lossView } from "./controls/loss.js";
import { presetView } from "./controls/preset.js";
import { shareView } from "./controls/share.js";
import { trainingControls } from "./controls/training.js";
import { explanation } from "./derivation.js";
import { fatesView } from "./fates/view.js";
import { fitView } from "./fit.js";
import { landscapeView } from "./landscape.js";
import { partOf } from "./parts.js";
import { pictures } from "./pictures.js";
import { compareView } from "./pinned/view.js";
import { progressView } from "./progress.js";
import { momentControl } from "./timeline/moment.js";
import { stepView } from "./timeline/step.js";
import { traceView } from "./trace.js";
import { verdictView } from "./verdict.js";

/** @typedef {import("../../state/settings.js").State} State */
/** @typedef {import("../../state/settings.js").Key} Key */
/** @typedef {import("../../engine/lesson.js").Lesson} Lesson */

/**
 * @param {object} host
 * @param {() => void} host.redraw
 * @param {(action: string, playing?: boolean) => void} host.act goes to another moment
 * @param {(state: object) => void} host.begin takes another lesson
 * @param {() => Promise<import("../../engine/engine.js").Core | undefined>} host.core the whole engine, once it is there
 * @param {() => State} host.state
 * @param {string} [host.site]
 */
export function buildView({ redraw, act, begin, core, state, site }) {
  const rate = slider({ key: "lr", label: "learning rate", symbol: "α", scale: logarithmic(1e-4, 1) });
  const epochs = slider({ key: "epochs", label: "epochs", symbol: "", scale: linear(1, 100, 1) });
  const model = editor({ key: "model", label: "model; its last line is minimised", rows: "3" });
  const loss = lossView(/** @type {HTMLTextAreaElement} */ (model.element.querySelector("textarea")));
  const data = dataView(core);
  const preset = presetView(begin);
  const phase = stepView();
  const moment = momentControl(act, phase.setPlaying);
  const trace = traceView();
  const compare = compareView(begin, redraw);
  const drawn = pictures(redraw, compare);
  const landscape = landscapeView(redraw);
  const fit = fitView(redraw);
  const progress = progressView();
  const fates = fatesView(redraw);
  const canvases = [...drawn.pictures, landscape.picture, fit.picture, fates.picture];
  const code = codeView(galleryView(canvases));
  const derivation = explanation();
  const verdict = verdictView();
  const initial = initialValues();
  const training = trainingControls();
  const leaf = drawn.node;
  const share = shareView(state, site);
  const status = make("p", { class: "status" });
  const spoken = announcer();
  const help = helpView();
  const problem = make("p", { class: "problem general", role: "alert" });
  const { element, parts, own } = arranged({ rate, preset, initial, epochs, training, model, loss, data, share, help, status, spoken, problem, progress, verdict, drawn, landscape, fit, fates, moment, phase, derivation, code, trace });

  /** @param {string} field */
  function control(field) {
    return { lr: rate, epochs, model, data, leaf, ...training.controls }[field] ?? (field === "init" && initial.ready() ? initial : undefined);
  }

  /** What is not shown costs nothing. @param {import("./parts.js").Part} part @param {() => void} show */
  function showIf(part, show) {
    if (parts.isShown(part)) {
      show();
    }
  }

  return {
    element,
    /** What the first part of the engine can't show. */
    rest: [fit.element, drawn.graph, phase.element, fates.element, derivation.element, code.element],
    connect: () => canvases.forEach((each) => each.connect()),
    disconnect() {
      moment.stop();
      spoken.stop();
      canvases.forEach((each) => each.disconnect());
    },
    forgetPreset: preset.forget,
    /** Says something above the pictures. @param {string} text */
    say: (text) => setText(problem, text && sentence(text)),
    /** Takes an attribute that says which parts are shown or locked. @param {string} name @param {string | null} text */
    arrange(name, text) {
      const wrong = parts.set(name, text);
      setText(problem, wrong && sentence(`${name}: ${wrong}`));
      redraw();
    },
    /** The settings of a change that a person may make. @param {Key[]} keys */
    open: (keys) => keys.filter((key) => !parts.isLocked(partOf(key))),
    /** Ends the playing. */
    pause: () => moment.stop(),
    themeChanged: () => canvases.forEach((each) => each.themeChanged()),
    /** @param {string} action @param {State} state */
    neighbour: (action, state) => moment.neighbour(action, state),

    /** How many steps of a long run are left. */
    progress: (/** @type {number} */ left) => progress.show(left),

    /** Instead of a lab: why there is none. */
    failToStart(/** @type {string} */ message) {
      element.replaceChildren(make("p", { class: "problem general", role: "alert" }, message));
    },

    /** What an event changes: a setting and how to read it, or nothing but the way it is shown. */
    edit(/** @type {EventTarget | null} */ target, /** @type {State} */ state) {
      const key = /** @type {Key | undefined} */ (/** @type {Element} */ (target).closest("[data-key]")?.getAttribute("data-key"));
      if (key === "at") {
        return { key, read: () => moment.read(state) };
      }
      if (/** @type {string | undefined} */ (key) === "leaf") {
        return leaf.edit(state);
      }
      if (/** @type {string | undefined} */ (key) === "landscape") {
        return landscape.edit(state);
      }
      if (/** @type {string | undefined} */ (key) === "fates") {
        return fates.edit(state);
      }
      if (key === "init") {
        return initial.edit(target, state);
      }
      return key && { key, read: () => /** @type {{ read(target: EventTarget | null): unknown }} */ (control(key)).read(target) };
    },

    /** Shows a text as it was given, right or wrong. */
    type(/** @type {string} */ key, /** @type {string} */ text) {
      if (key !== "init") {
        /** @type {{ type(text: string): void } | undefined} */ (control(key))?.type(text);
      }
    },

    /**
     * Says what is wrong, where the person looks.
     * @param {string} field
     * @param {string} message
     * @param {number} [start] the place in the field's text, in UTF-16 units
     * @param {number} [end]
     */
    fail(field, message, start, end) {
      const place = control(field);
      if (place) {
        place.fail(message, start, end);
        own.open ||= field === "model" || field === "data";
        training.element.open ||= field in training.controls;
      } else {
        setText(problem, sentence(`${field}: ${message}`));
      }
    },

    /** Takes problems back that a good input has solved. */
    clear(/** @type {string | string[]} */ keys) {
      for (const key of [keys].flat()) {
        control(key)?.fail("");
      }
      setText(problem, "");
    },

    /**
     * @param {Lesson} lesson
     * @param {State} state
     */
    show(lesson, state) {
      const { parameters, last, ...sizes } = lesson.read(sizesOf);
      if (initial.show(parameters, state)) {
        drawn.forget();
      }
      rate.show(state.lr);
      epochs.show(state.epochs);
      training.show(state);
      model.show(state.model);
      data.show(state.data);
      loss.show(lesson.read((handle) => handle.missingLoss));
      own.open ||= !loss.element.hidden;
      const { step, place } = moment.show(state, sizes);
      lesson.read((handle, core) => verdict.show(handle, core, rate.scale));
      compare.show(lesson, state);
      setText(status, drawn.show(lesson, step, place, state));
      spoken.tell(`${status.textContent} ${verdict.text.textContent}`);
      showIf("landscape", () => landscape.show(lesson, step, drawn.ofSample()));
      showIf("trace", () => trace.show(lesson, step));
      if (lesson.engine.isWhole) {
        const now = place === undefined ? undefined : lesson.read((handle) => handle.explain(step, place));
        const told = place === undefined || place > sizes.forward + sizes.backward + 1;
        showIf("fit", () => fit.show(lesson, step));
        showIf("graph", () => drawn.showGraph(lesson, step, place, state));
        showIf("fates", () => fates.show(lesson, state, parameters));
        showIf("timeline", () => lesson.read((_, core) => phase.show(core, now, last)));
        showIf("code", () => code.show(lesson, state, now, trace.full()));
        showIf("derivation", () => derivation.show(lesson, step, state.model, told));
      }
      parts.lock();
    },
  };
}

/** @param {import("../../pkg/core.js").Lesson} handle */
function sizesOf({ parameters, last, batches, steps, phaseCounts }) {
  const [forward = 0, backward = 0] = phaseCounts;
  return { parameters, last, samples: batches, steps, forward, backward };
}
