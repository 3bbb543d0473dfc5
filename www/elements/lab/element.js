// <downhill-lab>: the controls on one side, the pictures and the printed trace on the other.

import { verdictOf } from "../../engine/verdict.js";
import { mount, whenReady } from "../../parts/mount.js";
import { near } from "../../parts/near.js";
import { watchTheme } from "../../parts/theme.js";
import { FRESH, KEYS, attributeOf } from "../../state/settings.js";
import { Session } from "./session.js";
import { buildView } from "./view.js";

/** The attributes that say which parts are shown, and which can be changed. */
const ARRANGEMENT = ["views", "hide", "lock"];

/**
 * The element's class, for one engine and one style sheet.
 * @param {import("../../parts/mount.js").Assets} assets
 */
export function makeLab({ engine, sheet, styled, site }) {
  return class DownhillLab extends HTMLElement {
    static observedAttributes = [...KEYS.map(attributeOf), ...ARRANGEMENT, "theme"];

    #view = buildView({
      redraw: () => this.#session.schedule(),
      act: (action, playing) => this.#act(action, playing),
      begin: (state) => this.#begin(state),
      core: () => this.#session.core(),
      state: () => this.state,
      site,
    });
    #session = new Session(this.#view);
    #connection = new AbortController();
    /** The part that a person points at. */
    #pointed = "";

    constructor() {
      super();
      const root = mount(this, sheet, this.#view.element);
      root.addEventListener("input", (event) => this.#edited(event.target));
      root.addEventListener("change", () => this.#changed());
      root.addEventListener("click", (event) => this.#clicked(event.target));
      for (const event of ["pointerover", "pointerout", "focusin", "focusout"]) {
        root.addEventListener(event, (event) => this.#point(event.type.endsWith("out") ? /** @type {MouseEvent} */ (event).relatedTarget : event.target));
      }
    }

    async connectedCallback() {
      const connection = new AbortController();
      this.#connection = connection;
      watchTheme(() => this.#themeChanged(), connection.signal);
      this.#view.connect();
      const ready = await whenReady(engine, styled, this.#view);
      if (ready && !connection.signal.aborted) {
        this.#session.start(ready);
        this.dispatchEvent(new Event("ready"));
        this.#complete(ready, connection.signal);
      }
    }

    /**
     * The views that need the rest of the engine are added when they come near the visible part of
     * the page.
     * @param {import("../../engine/engine.js").Engine} engine
     * @param {AbortSignal} signal
     */
    async #complete(engine, signal) {
      if (!engine.isWhole) {
        await near(this.hasAttribute("views") ? this.#view.waiting : [this], signal);
      }
      try {
        await this.#view.complete(engine.whole());
        this.#session.schedule();
      } catch (error) {
        this.#view.say(error instanceof Error ? error.message : String(error));
      }
    }

    disconnectedCallback() {
      this.#connection.abort();
      this.#view.disconnect();
      this.#session.stop();
    }

    /**
     * @param {string} name
     * @param {string | null} _old
     * @param {string | null} text
     */
    attributeChangedCallback(name, _old, text) {
      const key = KEYS.find((key) => attributeOf(key) === name);
      if (key) {
        this.#session.type(key, text);
      } else if (name === "theme") {
        this.#themeChanged();
      } else {
        this.#view.arrange(name, text);
      }
    }

    /** The state as plain data. Setting it takes the settings that are given and keeps the others. */
    get state() {
      return structuredClone(this.#session.state);
    }

    set state(given) {
      this.#session.assign(given);
    }

    /** The printed trace of the run, all digits. */
    get trace() {
      return this.#session.read((handle, core) => handle.traceLines(core.Digits.Full, 0, handle.traceLength)) ?? "";
    }

    /** The run as plain numbers: parameters, weights, gradients and losses. */
    get run() {
      return this.#session.read(({ parameters, weights, gradients, losses }) => ({ parameters, weights, gradients, losses }));
    }

    /** The verdict on the learning rate. */
    get verdict() {
      return this.#session.read(verdictOf);
    }

    /** Says something above the pictures. @param {string} text */
    say(text) {
      this.#view.say(text);
    }

    /** What the model predicts for a number of its only input, before training and after it. @param {number} input */
    predict(input) {
      return this.#session.read((handle) => ({ before: handle.predict(input, 0), after: handle.predict(input, handle.steps) }));
    }

    /** The parts that are shown, by the names that `views` takes. */
    get parts() {
      return this.#view.shown();
    }

    /** The settings that a reader may change: those that `lock` does not name. */
    get changeable() {
      return this.#view.open(KEYS);
    }

    /** Takes settings as from a control: what plays stops, and locked settings stay. @param {object} settings */
    take(settings) {
      this.#view.pause();
      const { changeable } = this;
      this.#session.assign(Object.fromEntries(Object.entries(settings).filter(([key]) => changeable.includes(/** @type {any} */ (key)))));
    }

    /** Outlines the parts with these names, and no others. @param {string} names with blanks between them */
    highlight(names) {
      this.#view.light(names);
    }

    /** Tells the page at which part a person points. @param {EventTarget | null} target */
    #point(target) {
      const detail = this.#view.around(/** @type {Node | null} */ (target)) ?? "";
      if (detail !== this.#pointed) {
        this.#pointed = detail;
        this.dispatchEvent(new CustomEvent("point", { detail }));
      }
    }

    /** @param {EventTarget | null} target */
    #edited(target) {
      this.#view.pause();
      const change = this.#view.edit(target, this.#session.state);
      if (change && this.#view.open(change.keys).length === change.keys.length) {
        this.#session.change(change);
      } else {
        this.#session.schedule();
      }
    }

    /** @param {EventTarget | null} target */
    #clicked(target) {
      const action = /** @type {Element} */ (target).closest("[data-action]")?.getAttribute("data-action");
      if (!action) {
        return;
      }
      if (action === "reset") {
        this.#view.forgetPreset();
        this.#begin({});
      } else if (action === "stop") {
        this.#session.stopRun();
      } else {
        this.#view.pause();
        this.#act(action);
      }
    }

    /**
     * Goes to another moment. While the timeline plays, this is not a change by the user.
     * @param {string} action
     * @param {boolean} [playing]
     */
    #act(action, playing = false) {
      this.#session.go(action);
      if (!playing) {
        this.#changed();
      }
    }

    /** Another lesson: settings that it leaves out are the deck's. @param {object} state */
    #begin(state) {
      this.take({ ...FRESH, ...state });
      this.#changed();
    }

    #changed() {
      this.dispatchEvent(new Event("change", { bubbles: true }));
    }

    #themeChanged() {
      this.#view.themeChanged();
      this.#session.schedule();
    }
  };
}
