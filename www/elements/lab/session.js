// The session of a lab: it keeps the state, runs it in the engine, and shows the run in a view.

import { Lesson } from "../../engine/lesson.js";
import { namedIn } from "../../state/initial.js";
import { neighbourOf } from "../../state/phases.js";
import { DECK, SETTINGS, merge, withoutAbsent, withoutOthers } from "../../state/settings.js";
import { TextError } from "../../state/text.js";
import { Scene } from "./scene.js";

/** @typedef {import("../../state/settings.js").State} State */
/** @typedef {import("../../state/settings.js").Key} Key */

export class Session {
  /** @type {State} */
  #state = structuredClone(DECK);
  /** @type {Lesson | undefined} */
  #lesson;
  #frame = 0;
  /** What waits for the whole engine. @type {(() => void) | undefined} */
  #waiting;
  /** The timer of the next part of a long run. */
  #part = 0;
  #view;

  /** @param {ReturnType<typeof import("./view.js").buildView>} view */
  constructor(view) {
    this.#view = view;
  }

  get state() {
    return this.#state;
  }

  /**
   * Reads from the last good run; nothing before the first.
   * @template T
   * @param {Parameters<typeof Lesson.prototype.read<T>>[0]} work
   */
  read(work) {
    return this.#lesson?.ready ? this.#lesson.read(work) : undefined;
  }

  /** The whole engine, once it is there; where it can't be had, a text error says why. */
  async core() {
    try {
      await this.#lesson?.engine.whole();
    } catch (error) {
      throw new TextError(error instanceof Error ? error.message : String(error));
    }
    return this.read((_, core) => core);
  }

  /**
   * The first run. Settings that can't be run are replaced by the deck's, with a message.
   * @param {import("../../engine/engine.js").Engine} engine
   */
  start(engine) {
    this.#lesson ??= new Lesson(engine);
    if (this.#lesson.needsRest(this.#state)) {
      void this.#withRest(() => this.start(engine));
      return;
    }
    for (let problem = this.#lesson.run(this.#state); problem; problem = this.#lesson.run(this.#state)) {
      const key = /** @type {Key} */ (problem.field);
      this.#view.fail(key, problem.message, problem.start, problem.end);
      const kept = JSON.stringify(this.#state[key]) !== JSON.stringify(DECK[key]);
      this.#state = structuredClone(kept ? { ...this.#state, [key]: DECK[key] } : DECK);
    }
    this.#goOn();
  }

  /** Frees the engine's memory; the session can be started again. */
  stop() {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#part);
    this.#lesson?.free();
    this.#lesson = undefined;
  }

  /** Takes settings, which may be refused while they are read. @param {import("./scene.js").Change} change */
  change({ keys, read }) {
    this.#attempt(keys[0] ?? "state", () => this.#apply({ ...this.#state, ...read() }, keys));
  }

  /** Goes to the moment that an action leads to. @param {string} action */
  go(action) {
    const size = this.#lesson?.ready ? new Scene(this.#lesson, this.#state).size : undefined;
    if (size) {
      this.change({ keys: ["at"], read: () => ({ at: neighbourOf(action, this.#state.at, size) }) });
    }
  }

  /**
   * Takes the settings that are given as plain data, and keeps the others.
   * @param {unknown} given
   */
  assign(given) {
    this.#attempt("state", () => {
      const state = merge(this.#state, given);
      this.#apply(state, /** @type {Key[]} */ (Object.keys(/** @type {object} */ (given))));
    });
  }

  /** Shows a text as it was given, right or wrong, and takes it; without one the deck's value. */
  type(/** @type {Key} */ key, /** @type {string | null} */ given) {
    const text = given ?? SETTINGS[key].write(DECK[key]);
    this.#view.type(key, text);
    this.change({ keys: [key], read: () => ({ [key]: SETTINGS[key].read(text) }) });
  }

  /** Everything is drawn at most once in a frame, however many events occur. */
  schedule() {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => {
      if (this.#lesson?.ready) {
        this.#view.show(this.#lesson, this.#state);
      }
    });
  }

  /** Ends a long run where it is. */
  stopRun() {
    this.#goOn(true);
  }

  /** Takes a part of a long run, and lets the page answer before the next. */
  #goOn(stopped = false) {
    clearTimeout(this.#part);
    const { left, done } = this.#lesson?.ready ? this.#lesson.advance(stopped) : { left: 0, done: true };
    this.#view.progress(this.#lesson?.isSlow ? left : 0);
    if (left > 0) {
      this.#part = window.setTimeout(() => this.#goOn());
    }
    if (done) {
      this.schedule();
    }
  }

  /** Waits for the whole engine; the last of several that wait is continued. @param {() => void} goOn */
  async #withRest(goOn) {
    this.#waiting = goOn;
    try {
      await this.#lesson?.engine.whole();
    } catch (error) {
      this.#view.fail("model", error instanceof Error ? error.message : String(error));
      return;
    }
    if (this.#waiting === goOn && this.#lesson) {
      goOn();
    }
  }

  /**
   * @param {string} field where a text that can't be read is answered
   * @param {() => void} work
   */
  #attempt(field, work) {
    try {
      work();
    } catch (error) {
      if (!(error instanceof TextError)) {
        throw error;
      }
      this.#view.fail(error.field ?? field, error.message);
    }
  }

  /**
   * Runs with changed settings. A problem is shown at its control, and the last good run stays.
   * @param {State} state
   * @param {Key[]} keys the settings that were changed, and whose problems are solved by a good run
   */
  #apply(state, keys) {
    if (this.#lesson?.needsRest(state)) {
      void this.#withRest(() => this.#apply(state, keys));
      return;
    }
    if (keys.length === 1 && keys[0] === "model") {
      state.init = namedIn(state.model, state.init);
    }
    if (keys.length === 1 && keys[0] === "optimizer") {
      Object.assign(state, withoutOthers(state));
    }
    const problem = this.#lesson?.run(state);
    this.#view.clear(keys);
    if (problem) {
      this.#view.fail(problem.field, problem.message, problem.start, problem.end);
    } else {
      this.#state = withoutAbsent(state);
      this.#goOn();
    }
  }
}
