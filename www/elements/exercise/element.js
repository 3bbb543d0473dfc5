// <downhill-exercise>: predict the numbers of both passes, then check.

import { Connection, mount } from "../../parts/mount.js";
import { triesOf } from "../../parts/result.js";
import { watchTheme } from "../../parts/theme.js";
import { TextError } from "../../state/text.js";
import { Attempt } from "./attempt.js";
import { DECK, READ, settingsOf } from "./state.js";
import { worksheet } from "./view.js";

/** @typedef {import("./state.js").State} State */

/**
 * The element's class, for one engine and one style sheet.
 * @param {import("../../parts/mount.js").Assets} assets
 */
export function makeExercise(assets) {
  return class DownhillExercise extends HTMLElement {
    static observedAttributes = [...Object.keys(READ), "quiz", "theme"];

    /** @type {State} */
    #state = { ...structuredClone(DECK), answers: {} };
    #attempt = new Attempt([]);
    #view = worksheet(() => this.#draw());
    #connection = new Connection(this, assets, this.#view);

    constructor() {
      super();
      const root = mount(this, assets.sheet, this.#view.element);
      root.addEventListener("change", (event) => this.#answered(/** @type {HTMLInputElement} */ (event.target)));
      root.addEventListener("keydown", (event) => this.#pressed(/** @type {KeyboardEvent} */ (event)));
      root.addEventListener("click", (event) => this.#clicked(/** @type {Element} */ (event.target)));
    }

    connectedCallback() {
      this.#view.picture.connect();
      return this.#connection.open(() => this.#ask(), (signal) => watchTheme(() => this.#themeChanged(), signal));
    }

    disconnectedCallback() {
      this.#connection.close();
      this.#view.picture.disconnect();
    }

    /**
     * @param {string} name
     * @param {string | null} _old
     * @param {string | null} text
     */
    attributeChangedCallback(name, _old, text) {
      if (name === "theme") {
        this.#themeChanged();
        return;
      }
      try {
        const patch = text === null ? { [name]: DECK[/** @type {"model" | "init" | "by"} */ (name)] } : READ[name]?.(text);
        this.#state = { ...this.#state, ...patch, answers: {} };
        this.#ask();
      } catch (error) {
        this.#complain(name, error);
      }
    }

    /** The exercise and the answers as plain data; setting it changes the given settings and keeps the others. */
    get state() {
      return { ...structuredClone(this.#state), tries: triesOf(this.#attempt.progress) };
    }

    set state(given) {
      const { answers, tries } = Object(given);
      this.#state = { ...this.#state, ...settingsOf(given), answers: {} };
      this.#ask();
      Object.entries(Object(answers)).forEach(([index, text]) => this.#take(Number(index), String(text)));
      this.#attempt.resume(tries);
      this.#show();
      this.#report();
    }

    /** The result so far, for grading in a course. */
    get result() {
      return this.#attempt.result;
    }

    #ask() {
      this.#connection.engine?.use((core) => {
        try {
          const handle = this.#handle(core);
          this.#attempt = new Attempt(handle.questions(), this.hasAttribute("quiz"));
          handle.free();
          this.#view.say("");
          this.#view.ask(core, this.#attempt.questions, this.#state);
          this.#show();
        } catch (problem) {
          this.#complain("model", problem);
        }
      });
    }

    /** @param {import("../../engine/engine.js").Core} core */
    #handle(core) {
      const { model, init, by } = this.#state;
      return new core.Exercise(model, Object.keys(init), Float64Array.from(Object.values(init)), by);
    }

    /**
     * Shows a problem of an attribute; any other error is a mistake in this program.
     * @param {string} name
     * @param {any} problem
     */
    #complain(name, problem) {
      if (problem instanceof Error && !(problem instanceof TextError)) {
        throw problem;
      }
      this.#view.say(`\`${problem.field ?? name}\`: ${problem.message}`);
    }

    #show() {
      this.#view.show(this.#attempt.progress, this.result);
      this.#draw();
    }

    #themeChanged() {
      this.#view.picture.themeChanged();
      this.#draw();
    }

    #draw() {
      const engine = this.#connection.engine;
      if (engine && this.#attempt.questions.length > 0) {
        this.#view.draw({ engine, read: (work) => engine.use((core) => this.#reading(core, work)) }, this.#attempt);
      }
    }

    /**
     * @template T
     * @param {import("../../engine/engine.js").Core} core
     * @param {(handle: import("../../pkg/core.js").Exercise, core: import("../../engine/engine.js").Core) => T} work
     */
    #reading(core, work) {
      const handle = this.#handle(core);
      try {
        return work(handle, core);
      } finally {
        handle.free();
      }
    }

    /** Takes an answer, and returns whether it could be checked. @param {number} index @param {string} text */
    #take(index, text) {
      this.#state.answers = { ...this.#state.answers, [index]: text };
      return this.#attempt.check(index, text);
    }

    /** @param {number} index @param {string} text */
    #check(index, text) {
      const checked = this.#take(index, text);
      this.#show();
      if (checked) {
        this.#report();
      }
    }

    #report() {
      this.dispatchEvent(new CustomEvent("result", { bubbles: true, composed: true, detail: this.result }));
    }

    /** @param {HTMLInputElement} field */
    #answered(field) {
      const index = field.getAttribute("data-answer");
      if (index !== null) {
        this.#check(Number(index), field.value);
        this.dispatchEvent(new Event("change", { bubbles: true }));
      }
    }

    /** Enter checks the answer, and goes to the next open question. @param {KeyboardEvent} event */
    #pressed(event) {
      const index = Number(/** @type {Element} */ (event.target).getAttribute("data-answer") ?? NaN);
      if (event.key !== "Enter" || Number.isNaN(index)) {
        return;
      }
      this.#check(index, /** @type {HTMLInputElement} */ (event.target).value);
      if (this.#attempt.progress[index]?.right) {
        this.#view.focus(this.#attempt.openFrom(index));
      }
    }

    /** @param {Element} target */
    #clicked(target) {
      const button = target.closest("[data-action]");
      const action = button?.getAttribute("data-action");
      const index = Number(button?.getAttribute("data-question"));
      if (action === "again") {
        this.#state.answers = {};
        this.#ask();
      } else if (action === "another") {
        this.state = /** @type {any} */ ({ seed: (this.#state.seed ?? 0) + 1 });
      } else if (action === "hint" || action === "show") {
        this.#attempt.help(index, action);
        this.#show();
        this.#report();
        this.#view.focus(index);
      }
    }
  };
}
