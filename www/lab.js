// <downhill-lab>: train by hand. Controls on one side, pictures and printed trace on the other.

import { buildView } from "./view.js";
import { Lesson } from "./lesson.js";
import { DECK, KEYS, SETTINGS, merge } from "./state.js";
import { TextError } from "./text.js";
import { watchTheme } from "./theme.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./state.js").Key} Key */
/** @typedef {import("./engine.js").Engine} Engine */

/**
 * The element's class, for one engine and one style sheet.
 * @param {Promise<Engine>} engine
 * @param {CSSStyleSheet} sheet
 * @param {Promise<unknown>} styled when the sheet is complete
 */
export function makeLab(engine, sheet, styled) {
  return class DownhillLab extends HTMLElement {
    static observedAttributes = KEYS;

    /** @type {State} */
    #state = structuredClone(DECK);
    /** @type {Lesson | undefined} */
    #lesson;
    #view = buildView(() => this.#schedule());
    #connection = new AbortController();
    #frame = 0;

    constructor() {
      super();
      const root = this.attachShadow({ mode: "open" });
      root.adoptedStyleSheets = [sheet];
      root.append(this.#view.element);
      root.addEventListener("input", (event) => this.#edited(event));
      root.addEventListener("change", () => this.dispatchEvent(new Event("change", { bubbles: true })));
      root.addEventListener("click", (event) => this.#clicked(event));
    }

    async connectedCallback() {
      this.#connection = new AbortController();
      watchTheme(() => this.#themeChanged(), this.#connection.signal);
      try {
        const [ready] = await Promise.all([engine, styled]);
        this.#lesson ??= new Lesson(ready);
        this.#start();
      } catch (error) {
        this.#view.failToStart(error instanceof Error ? error.message : String(error));
      }
    }

    disconnectedCallback() {
      this.#connection.abort();
      cancelAnimationFrame(this.#frame);
      this.#view.free();
      this.#lesson?.free();
      this.#lesson = undefined;
    }

    /**
     * @param {string} name
     * @param {string | null} _old
     * @param {string | null} text
     */
    attributeChangedCallback(name, _old, text) {
      const key = /** @type {Key} */ (name);
      const written = text ?? SETTINGS[key].write(DECK[key]);
      this.#view.type(key, written);
      this.#take(key, () => SETTINGS[key].read(written));
    }

    /** The state as plain data. Setting it takes the settings that are given and keeps the others. */
    get state() {
      return structuredClone(this.#state);
    }

    set state(given) {
      try {
        this.#apply(merge(this.#state, given), KEYS);
      } catch (error) {
        this.#view.fail(/** @type {any} */ (error).field ?? "state", messageOf(error));
      }
    }

    /** The printed trace of the run, all digits. */
    get trace() {
      return this.#lesson?.ready ? this.#lesson.read((handle, core) => handle.traceLines(core.Digits.Full, 0, handle.traceLength)) : "";
    }

    /** The run as plain numbers: parameters, weights, gradients and losses. */
    get run() {
      return this.#lesson?.ready
        ? this.#lesson.read(({ parameters, weights, gradients, losses }) => ({ parameters, weights, gradients, losses }))
        : undefined;
    }

    /** @param {Event} event */
    #edited(event) {
      const edit = this.#view.edit(event.target, this.#state);
      if (edit) {
        this.#take(edit.key, edit.read);
      } else {
        this.#schedule();
      }
    }

    /** @param {Event} event */
    #clicked(event) {
      const action = /** @type {Element} */ (event.target).closest("[data-action]")?.getAttribute("data-action");
      if (action === "reset") {
        this.#apply(structuredClone(DECK), KEYS);
      } else if (action) {
        const { epoch, sample } = this.#view.neighbour(action, this.#state);
        this.#apply({ at: { epoch, sample } }, ["at"]);
      }
      if (action) {
        this.dispatchEvent(new Event("change", { bubbles: true }));
      }
    }

    /**
     * Applies a setting that may be refused while it is read.
     * @param {Key} key
     * @param {() => unknown} read
     */
    #take(key, read) {
      try {
        this.#apply({ [key]: read() }, [key]);
      } catch (error) {
        this.#view.fail(key, messageOf(error));
      }
    }

    /**
     * Runs with changed settings. What is refused is said at its control, and the last good run stays.
     * @param {Partial<State>} patch
     * @param {Key[]} keys the settings that were changed, and whose problems are solved by a good run
     */
    #apply(patch, keys) {
      const state = { ...this.#state, ...patch };
      if (keys.length === 1 && keys[0] === "model") {
        state.init = namedIn(state.model, state.init);
      }
      if (!this.#lesson) {
        this.#state = state;
        return;
      }
      const problem = this.#lesson.run(state);
      this.#view.clear(keys);
      if (problem) {
        this.#view.fail(problem.field, problem.message, problem.start);
      } else {
        this.#state = state;
        this.#schedule();
      }
    }

    /** The first run. Settings that can't be run give way to the deck's, and say why. */
    #start() {
      for (let problem = this.#lesson?.run(this.#state); problem; problem = this.#lesson?.run(this.#state)) {
        const key = /** @type {Key} */ (problem.field);
        this.#view.fail(key, problem.message, problem.start);
        const wrong = this.#state[key];
        this.#state = { ...this.#state, [key]: structuredClone(DECK[key]) };
        if (JSON.stringify(wrong) === JSON.stringify(DECK[key])) {
          this.#state = structuredClone(DECK);
        }
      }
      this.#schedule();
    }

    #themeChanged() {
      this.#view.themeChanged();
      this.#schedule();
    }

    /** However many events a frame brings, everything is drawn once in it. */
    #schedule() {
      cancelAnimationFrame(this.#frame);
      this.#frame = requestAnimationFrame(() => {
        if (this.#lesson?.ready) {
          this.#view.show(this.#lesson, this.#state);
        }
      });
    }
  };
}

/** @param {unknown} error */
function messageOf(error) {
  if (error instanceof TextError) {
    return error.message;
  }
  throw error;
}

/**
 * The values whose names a text contains: an edited program keeps the ones that it still uses.
 * @param {string} text
 * @param {Record<string, number>} values
 */
function namedIn(text, values) {
  const names = new Set(text.match(/[\p{L}_][\p{L}\p{M}\d_₀-₉]*/gu));
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.has(name)));
}

