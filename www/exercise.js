// <downhill-exercise>: predict the numbers of both passes, then check.

import { diagnosis, isRight, readAnswer, resultOf } from "./grading.js";
import { sentence } from "./problem.js";
import { HINTS } from "./question.js";
import { TextError, readNumber, readValues, writeValues } from "./text.js";
import { watchTheme } from "./theme.js";
import { DECK, variant } from "./variants.js";
import { worksheet } from "./worksheet.js";

/** @typedef {import("./variants.js").Variant & { seed?: number, answers: Record<string, string> }} State */
/** @typedef {import("./worksheet.js").Progress} Progress */

/** @type {Readonly<Record<string, (text: string) => Partial<State>>>} */
const READ = {
  model: (model) => ({ model }),
  init: (text) => ({ init: readValues(text) }),
  by: (text) => ({ by: text.split(/[,\s]+/).filter(Boolean) }),
  seed: (text) => ({ seed: readNumber(text), ...variant(readNumber(text)) }),
};

/**
 * The element's class, for one engine and one style sheet.
 * @param {Promise<import("./engine.js").Engine>} loading
 * @param {CSSStyleSheet} sheet
 * @param {Promise<unknown>} styled when the sheet is complete
 */
export function makeExercise(loading, sheet, styled) {
  return class DownhillExercise extends HTMLElement {
    static observedAttributes = Object.keys(READ);

    /** @type {State} */
    #state = { ...structuredClone(DECK), answers: {} };
    /** @type {Progress[]} */
    #progress = [];
    /** @type {import("./pkg/core.js").ExerciseQuestion[]} */
    #questions = [];
    /** @type {import("./engine.js").Engine | undefined} */
    #engine;
    #connection = new AbortController();
    #view = worksheet(() => this.#draw());

    constructor() {
      super();
      const root = this.attachShadow({ mode: "open" });
      root.adoptedStyleSheets = [sheet];
      root.append(this.#view.element);
      root.addEventListener("change", (event) => this.#answered(/** @type {HTMLInputElement} */ (event.target)));
      root.addEventListener("keydown", (event) => this.#pressed(/** @type {KeyboardEvent} */ (event)));
      root.addEventListener("click", (event) => this.#clicked(/** @type {Element} */ (event.target)));
    }

    async connectedCallback() {
      this.#connection = new AbortController();
      watchTheme(() => this.#draw(), this.#connection.signal);
      this.#view.connect();
      try {
        [this.#engine] = await Promise.all([loading, styled]);
        this.#ask();
      } catch (error) {
        this.#view.failToStart(error instanceof Error ? error.message : String(error));
      }
    }

    disconnectedCallback() {
      this.#connection.abort();
      this.#view.disconnect();
    }

    /**
     * @param {string} name
     * @param {string | null} _old
     * @param {string | null} text
     */
    attributeChangedCallback(name, _old, text) {
      try {
        const patch = text === null ? { [name]: DECK[/** @type {"model" | "init" | "by"} */ (name)] } : READ[name]?.(text);
        this.#state = { ...this.#state, ...patch, answers: {} };
        this.#ask();
      } catch (error) {
        this.#complain(name, error);
      }
    }

    /** The exercise and the answers as plain data; setting it takes what is given and keeps the rest. */
    get state() {
      return structuredClone(this.#state);
    }

    set state(given) {
      const { model, init, by, seed, answers } = Object(given);
      const drawn = typeof seed === "number" ? { seed, ...variant(seed) } : {};
      const own = { ...(typeof model === "string" && { model }), ...(init && { init: readValues(writeValues(init)) }), ...(Array.isArray(by) && { by: by.map(String) }) };
      this.#state = { ...this.#state, ...drawn, ...own, answers: {} };
      this.#ask();
      Object.entries(Object(answers)).forEach(([index, text]) => this.#check(Number(index), String(text)));
    }

    /** How far the exercise has come, for a course to grade. */
    get result() {
      return resultOf(this.#progress);
    }

    #ask() {
      this.#engine?.use((core) => {
        try {
          const handle = this.#handle(core);
          this.#questions = handle.questions();
          handle.free();
          this.#progress = this.#questions.map(() => ({ text: "", right: false, attempts: 0, hints: 0, shown: false, said: "" }));
          this.#view.say("");
          this.#view.ask(core, this.#questions, this.#state);
          this.#show();
        } catch (problem) {
          this.#complain("model", problem);
        }
      });
    }

    /** @param {import("./engine.js").Core} core */
    #handle(core) {
      const { model, init, by } = this.#state;
      return new core.Exercise(model, Object.keys(init), Float64Array.from(Object.values(init)), by);
    }

    /**
     * Says what is wrong with an attribute; anything else is a mistake of this program.
     * @param {string} name
     * @param {any} problem
     */
    #complain(name, problem) {
      if (problem instanceof Error && !(problem instanceof TextError)) {
        throw problem;
      }
      this.#view.say(`${problem.field ?? name}: ${problem.message}`);
    }

    #show() {
      this.#view.show(this.#progress, this.result);
      this.#draw();
    }

    #draw() {
      this.#engine?.use((core) => {
        if (this.#questions.length > 0) {
          const handle = this.#handle(core);
          this.#view.draw(core, handle, this.#questions, this.#progress);
          handle.free();
        }
      });
    }

    /** @param {number} index @param {string} text */
    #check(index, text) {
      const [question, progress] = [this.#questions[index], this.#progress[index]];
      if (!question || !progress || progress.right || text.trim() === "" || text === progress.text) {
        return;
      }
      this.#state.answers = { ...this.#state.answers, [index]: text };
      try {
        const answer = readAnswer(text);
        const right = isRight(answer, question.answer);
        const said = right ? "Right." : diagnosis(question, answer);
        this.#progress[index] = { ...progress, text, right, attempts: progress.attempts + 1, said };
        this.#show();
        this.dispatchEvent(new CustomEvent("result", { bubbles: true, composed: true, detail: this.result }));
      } catch (error) {
        this.#progress[index] = { ...progress, text, said: sentence(/** @type {Error} */ (error).message) };
        this.#show();
      }
    }

    /** @param {HTMLInputElement} field */
    #answered(field) {
      const index = field.getAttribute("data-answer");
      if (index !== null) {
        this.#check(Number(index), field.value);
        this.dispatchEvent(new Event("change", { bubbles: true }));
      }
    }

    /** Enter checks, and goes on to the next open question. @param {KeyboardEvent} event */
    #pressed(event) {
      const index = Number(/** @type {Element} */ (event.target).getAttribute("data-answer") ?? NaN);
      if (event.key !== "Enter" || Number.isNaN(index)) {
        return;
      }
      this.#check(index, /** @type {HTMLInputElement} */ (event.target).value);
      if (this.#progress[index]?.right) {
        const order = this.#progress.map((_, place) => (place + index) % this.#progress.length);
        this.#view.focus(order.find((place) => !this.#progress[place]?.right) ?? index);
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
        this.#help(index, action);
      }
    }

    /** @param {number} index @param {"hint" | "show"} action */
    #help(index, action) {
      const [question, progress] = [this.#questions[index], this.#progress[index]];
      if (question && progress) {
        const shown = { text: String(question.answer), right: true, shown: true, said: "Shown." };
        this.#progress[index] = action === "show" ? { ...progress, ...shown } : { ...progress, hints: Math.min(progress.hints + 1, HINTS) };
        this.#show();
        this.#view.focus(index);
      }
    }
  };
}
