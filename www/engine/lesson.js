// A lesson in the engine that follows a state: it is made when its model or data change, trained
// when anything else changes, and made again after a trap.

import { isPlain, sameData } from "../state/data.js";
import { flatInitials } from "../state/initial.js";
import { KEYS, SETTINGS } from "../state/settings.js";
import { TextError } from "../state/text.js";
import { build, drawn, isHandle } from "./handle.js";
import { optionsOf } from "./options.js";

/** A run of more operations, about a hundredth of a second, is taken in parts, so that the page stays responsive. */
const LONG = 3e6;
/** For a run of more operations, compiling the model to machine code pays. */
const WORTH_COMPILING = 1e5;
/** How long a part takes, in milliseconds. */
const PART = 12;
/** How long a run may take before the next one interrupts it, in milliseconds: shorter runs are shown while a slider is dragged. */
const PATIENCE = 250;

/** @typedef {import("./engine.js").Engine} Engine */
/** @typedef {import("../state/settings.js").State} State */
/** @typedef {import("../pkg/core.js").Problem} Problem */
/** @typedef {import("../pkg/core.js").RunOptions} RunOptions */
/** @typedef {import("../pkg/core.js").Lesson} Handle */
/** @typedef {{ name: string, shape: number[] }} Parameters */
/** @typedef {{ maxSamples?: number, maxSteps?: number }} Limits the maximum numbers of samples and steps */

export class Lesson {
  /** @type {Handle | undefined} */
  #handle;
  #generation = -1;
  /** @type {State | undefined} */
  #state;
  /** How many steps of a long run are left, and when it was begun. */
  #left = 0;
  #begun = 0;
  /** The options of the run after that. @type {RunOptions | undefined} */
  #next;
  /** Whether the run that can be shown has all its steps. */
  #isWhole = false;
  #runs = 0;
  #limits;
  /** The initial numbers that were used last. @type {{ init: State["init"], names: string[], values: number[], shapes: Parameters[] } | undefined} */
  #initial;

  /**
   * @param {Engine} engine
   * @param {Limits} [limits] by default the page's
   */
  constructor(engine, limits = {}) {
    this.engine = engine;
    this.#limits = limits;
  }

  /** Whether a state has tensors, for which the rest of the engine must be there first. @param {State} state */
  needsRest({ model, data, init }) {
    const hasTensors = () => !isPlain(data) || Object.values(init).some((value) => typeof value !== "number") || this.engine.use((core) => core.hasTensors(model));
    return !this.engine.isWhole && hasTensors();
  }

  /** Whether there is a run that can be shown. */
  get ready() {
    return this.#state !== undefined;
  }

  /** The number of runs so far: while it stays the same, so does everything that is read from the run. */
  get runs() {
    return this.#runs;
  }

  /**
   * Runs with a state, which is kept and must not be changed afterwards. If there is a problem, it
   * is returned, and the last good run stays. Nothing is done when the run that can be shown is the
   * one asked for.
   * @param {State} state
   * @returns {Problem | undefined}
   */
  run(state) {
    return this.engine.use((core) => {
      const wrong = this.#refusesInitial(state);
      if (wrong || this.#hasRun(state)) {
        return wrong;
      }
      const candidate = this.#keeps(state) ? this.#handle : build(core, state, this.#initialOf(state).shapes, this.#limits);
      if (!isHandle(candidate)) {
        return candidate;
      }
      const problem = this.#train(candidate, state);
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
        const handle = build(core, this.#state, this.#initialOf(this.#state).shapes, this.#limits);
        if (isHandle(handle)) {
          this.#train(handle, this.#state);
          this.#take(handle, this.#state);
        }
      }
      return work(/** @type {Handle} */ (this.#handle), core);
    });
  }

  /** Whether a long run has taken so long that its progress should be shown. */
  get isSlow() {
    return this.#left > 0 && performance.now() - this.#begun > PATIENCE;
  }

  /**
   * Takes a part of a long run, and returns how many steps are left, and whether a run that can be
   * shown is complete. If no steps are left, or when `stopped`, the steps taken are the new run.
   */
  advance(stopped = false) {
    return this.read((handle) => {
      const isUnderWay = this.#left > 0;
      this.#left = stopped ? 0 : taken(handle);
      const done = this.#left === 0;
      if (done && isUnderWay) {
        handle.finish();
        this.#isWhole = !stopped;
        this.#runs += 1;
      }
      if (this.#next && (done || this.isSlow)) {
        this.#begin(handle, this.#next);
      }
      return { left: this.#left, done };
    });
  }

  /** Takes all that is left of a long run. */
  finish() {
    while (this.advance().left > 0) {
      // Each call takes a part of it.
    }
  }

  /** Frees the memory; the lesson can be run again. */
  free() {
    if (this.#generation === this.engine.generation) {
      this.#handle?.free();
    }
    this.#handle = undefined;
    this.#state = undefined;
    this.#generation = -1;
    this.#left = 0;
    this.#next = undefined;
  }

  /** @param {Handle} handle @param {State} state */
  #train(handle, state) {
    const options = { ...optionsOf(state, this.#initialOf(state)), maxSteps: this.#limits.maxSteps };
    const work = handle.workOf(state.epochs);
    const isLong = work > LONG;
    if (work > WORTH_COMPILING && this.engine.isWhole) {
      handle.compile(options);
    }
    const problem = isLong ? handle.refuses(options) : handle.train(options);
    if (!problem && isLong) {
      this.#trainInParts(handle, options);
    } else if (!problem) {
      this.#left = 0;
      this.#next = undefined;
      this.#isWhole = true;
      this.#runs += 1;
    }
    return problem;
  }

  /**
   * Begins a long run, or queues it if one is in progress. A lesson without a run is trained for
   * one epoch first, so that there is something to show.
   * @param {Handle} handle
   * @param {RunOptions} options that are not refused
   */
  #trainInParts(handle, options) {
    const isNew = handle !== this.#handle;
    if (!isNew && this.#left > 0) {
      this.#next = options;
      return;
    }
    if (isNew) {
      handle.train({ ...options, epochs: 1 });
      this.#runs += 1;
    }
    this.#begin(handle, options);
  }

  /** @param {Handle} handle @param {RunOptions} options that are not refused */
  #begin(handle, options) {
    handle.begin(options);
    this.#left = handle.advance(0);
    this.#begun = performance.now();
    this.#next = undefined;
  }

  /** Whether the run that can be shown is that of a state, with all its steps. @param {State} state */
  #hasRun(state) {
    const same = KEYS.every((key) => key === "data" || SETTINGS[key].isView || Object.is(state[key], this.#state?.[key]));
    return same && this.#isWhole && this.#left === 0 && this.#keeps(state);
  }

  /** What is wrong with the initial values as they are written. @param {State} state @returns {Problem | undefined} */
  #refusesInitial(state) {
    try {
      this.#initialOf(state);
      return undefined;
    } catch (problem) {
      if (problem instanceof Error && !(problem instanceof TextError)) {
        throw problem;
      }
      return /** @type {Problem} */ (problem);
    }
  }

  /** The initial numbers, as the engine takes them. @param {State} state */
  #initialOf({ init }) {
    if (this.#initial?.init !== init) {
      this.#initial = { init, ...this.engine.use((core) => flatInitials(init, (draw) => drawn(core, draw))) };
    }
    return this.#initial;
  }

  /** @param {State} state */
  #keeps(state) {
    const shapes = (/** @type {State} */ { init }) => JSON.stringify(this.#initialOf({ ...state, init }).shapes);
    const same = this.#state?.model === state.model && sameData(this.#state.data, state.data) && (this.#state.init === state.init || shapes(this.#state) === shapes(state));
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

/** Takes steps for a while, and returns how many are left. @param {Handle} handle */
function taken(handle) {
  const end = performance.now() + PART;
  let [left, steps] = [Infinity, 1];
  for (let now = 0; left > 0 && now < end; ) {
    const begun = performance.now();
    left = handle.advance(steps);
    now = performance.now();
    // The cost of a step varies; the clock should be read about once per millisecond.
    steps *= now - begun < 1 ? 2 : 1;
  }
  return left;
}
