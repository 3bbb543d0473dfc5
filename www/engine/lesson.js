// A lesson in the engine, kept true to a state: made when its model or data change, trained when
// anything else does, and made again after a trap.

import { numbersOf, sameData } from "../state/data.js";
import { optionsOf } from "./options.js";

/** A run of more operations, about a twentieth of a second, is taken in parts, between which the page answers. */
const LONG = 1.5e7;
/** How long a part takes, in milliseconds. */
const PART = 12;

/** @typedef {import("./engine.js").Engine} Engine */
/** @typedef {import("../state/settings.js").State} State */
/** @typedef {import("../pkg/core.js").Problem} Problem */
/** @typedef {import("../pkg/core.js").Lesson} Handle */

export class Lesson {
  /** @type {Handle | undefined} */
  #handle;
  #generation = -1;
  /** @type {State | undefined} */
  #state;

  /** @param {Engine} engine */
  constructor(engine) {
    this.engine = engine;
  }

  /** Whether there is a run that can be shown. */
  get ready() {
    return this.#state !== undefined;
  }

  /**
   * Runs with a state, which is kept and must not be changed afterwards. A problem is returned, and
   * leaves the last good run as it is.
   * @param {State} state
   * @returns {Problem | undefined}
   */
  run(state) {
    return this.engine.use((core) => {
      const candidate = this.#keeps(state) ? this.#handle : build(core, state);
      if (!isHandle(candidate)) {
        return candidate;
      }
      const problem = candidate.workOf(state.epochs) > LONG ? begin(candidate, state, candidate !== this.#handle) : candidate.train(optionsOf(state));
      if (candidate !== this.#handle && problem) {
        candidate.free();
      }
      if (!problem) {
        this.#take(candidate, state);
      }
      return problem;
    });
  }

  /**
   * Reads from the last good run.
   * @template T
   * @param {(handle: Handle, core: import("./engine.js").Core) => T} work
   * @returns {T}
   */
  read(work) {
    return this.engine.use((core) => {
      if (this.#generation !== this.engine.generation && this.#state) {
        const handle = build(core, this.#state);
        if (isHandle(handle)) {
          begin(handle, this.#state, true);
          this.#take(handle, this.#state);
        }
      }
      return work(/** @type {Handle} */ (this.#handle), core);
    });
  }

  /**
   * Takes a part of a long run, and returns how many steps are left; none where there is no such run.
   * What was taken is the run when nothing is left, or when `stopped`.
   */
  advance(stopped = false) {
    return this.read((handle) => {
      const end = performance.now() + PART;
      let left = stopped ? 0 : handle.advance(1);
      // Steps differ in their cost; the clock is asked after each doubling.
      for (let steps = 1; left > 0 && performance.now() < end; steps *= 2) {
        left = handle.advance(steps);
      }
      if (left === 0) {
        handle.finish();
      }
      return left;
    });
  }

  /** Gives the memory back; the lesson can be run again. */
  free() {
    if (this.#generation === this.engine.generation) {
      this.#handle?.free();
    }
    this.#handle = undefined;
    this.#state = undefined;
    this.#generation = -1;
  }

  /** @param {State} state */
  #keeps(state) {
    const same = this.#state?.model === state.model && sameData(this.#state.data, state.data);
    return same && this.#generation === this.engine.generation;
  }

  /**
   * @param {Handle} handle
   * @param {State} state
   */
  #take(handle, state) {
    if (this.#handle !== handle && this.#generation === this.engine.generation) {
      this.#handle?.free();
    }
    this.#handle = handle;
    this.#generation = this.engine.generation;
    this.#state = state;
  }
}

/**
 * @param {import("./engine.js").Core} core
 * @param {State} state
 * @returns {Handle | Problem}
 */
function build(core, { model, data }) {
  try {
    return new core.Lesson(model, Object.keys(data), inOne(data), Uint32Array.from(Object.values(data), ({ length }) => length));
  } catch (problem) {
    if (problem instanceof Error) {
      throw problem;
    }
    return /** @type {Problem} */ (problem);
  }
}

/** All columns, one after the other. @param {State["data"]} data */
function inOne(data) {
  const numbers = new Float64Array(numbersOf(data));
  let place = 0;
  for (const column of Object.values(data)) {
    numbers.set(column, place);
    place += column.length;
  }
  return numbers;
}

/**
 * Begins a long run. A lesson that has none yet gets a first epoch, so that there is something to show.
 * @param {Handle} handle
 * @param {State} state
 * @param {boolean} isNew
 */
function begin(handle, state, isNew) {
  const options = optionsOf(state);
  const problem = handle.begin(options);
  if (!problem && isNew) {
    handle.train({ ...options, epochs: 1 });
  }
  return problem;
}

/**
 * @param {Handle | Problem | undefined} candidate
 * @returns {candidate is Handle}
 */
function isHandle(candidate) {
  return candidate !== undefined && "train" in candidate;
}
