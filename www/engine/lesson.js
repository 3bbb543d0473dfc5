// A lesson in the engine, kept true to a state: made when its model or data change, trained when
// anything else does, and made again after a trap.

import { optionsOf } from "./options.js";

/** A run of more operations, about a twentieth of a second, is taken in parts, between which the page answers. */
const LONG = 1.5e7;
/** How long a part takes, in milliseconds. */
const PART = 12;

/** @typedef {import("./engine.js").Engine} Engine */
/** @typedef {import("../state/settings.js").State} State */
/** @typedef {import("../pkg/core.js").Problem} Problem */
/** @typedef {import("../pkg/core.js").Lesson} Handle */
/** @typedef {{ maxSamples?: number, maxSteps?: number }} Limits what is taken at the most */

export class Lesson {
  /** @type {Handle | undefined} */
  #handle;
  #generation = -1;
  /** @type {State | undefined} */
  #state;

  #limits;

  /**
   * @param {Engine} engine
   * @param {Limits} [limits] by default the page's
   */
  constructor(engine, limits = {}) {
    this.engine = engine;
    this.#limits = limits;
  }

  /** Whether there is a run that can be shown. */
  get ready() {
    return this.#state !== undefined;
  }

  /**
   * Runs with a state. A problem is returned, and leaves the last good run as it is.
   * @param {State} state
   * @returns {Problem | undefined}
   */
  run(state) {
    return this.engine.use((core) => {
      const candidate = this.#keeps(state) ? this.#handle : build(core, state, this.#limits);
      if (!isHandle(candidate)) {
        return candidate;
      }
      const options = { ...optionsOf(state), maxSteps: this.#limits.maxSteps };
      const problem = candidate.workOf(state.epochs) > LONG ? begin(candidate, options, candidate !== this.#handle) : candidate.train(options);
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
        const handle = build(core, this.#state, this.#limits);
        if (isHandle(handle)) {
          begin(handle, optionsOf(this.#state), true);
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
    const same = this.#state?.model === state.model && sameColumns(this.#state.data, state.data);
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
    this.#state = structuredClone(state);
  }
}

/**
 * @param {import("./engine.js").Core} core
 * @param {State} state
 * @param {Limits} limits
 * @returns {Handle | Problem}
 */
function build(core, { model, data }, { maxSamples }) {
  const columns = Object.values(data);
  const lengths = Uint32Array.from(columns, (column) => column.length);
  try {
    return new core.Lesson(model, Object.keys(data), Float64Array.from(columns.flatMap((column) => [...column])), lengths, maxSamples);
  } catch (problem) {
    if (problem instanceof Error) {
      throw problem;
    }
    return /** @type {Problem} */ (problem);
  }
}

/**
 * Begins a long run. A lesson that has none yet gets a first epoch, so that there is something to show.
 * @param {Handle} handle
 * @param {import("../pkg/core.js").RunOptions} options
 * @param {boolean} isNew
 */
function begin(handle, options, isNew) {
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

/**
 * @param {Record<string, number[]>} a
 * @param {Record<string, number[]>} b
 */
function sameColumns(a, b) {
  const names = Object.keys(a);
  const sameNames = names.join("\n") === Object.keys(b).join("\n");
  return sameNames && names.every((name) => sameNumbers(a[name] ?? [], b[name] ?? []));
}

/**
 * @param {number[]} a
 * @param {number[]} b
 */
function sameNumbers(a, b) {
  return a.length === b.length && a.every((value, index) => Object.is(value, b[index]));
}
