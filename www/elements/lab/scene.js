// The scene: a state, its run, and the moment that is shown. All views of a lab get the same scene.

import { phaseCountsOf } from "../../engine/handle.js";
import { placeOf, stepOf } from "../../state/phases.js";

/**
 * @typedef {import("../../engine/lesson.js").Lesson} Lesson
 * @typedef {import("../../pkg/core.js").Lesson} Handle
 * @typedef {import("../../engine/engine.js").Core} Core
 * @typedef {import("../../state/settings.js").State} State
 * @typedef {import("../../pkg/core.js").PhaseStep} PhaseStep
 * @typedef {ReturnType<typeof import("../../parts/picture.js").picture>} Picture
 *
 * @typedef {object} Display how the numbers are shown; views share it, and no address holds it
 * @property {boolean | undefined} log whether the loss axis is logarithmic, if the reader chose
 * @property {boolean} ofSample whether the loss is that of the step's samples alone, and not the mean of all
 * @property {boolean} full whether printed numbers have all their digits
 *
 * @typedef {object} Change what an event changes
 * @property {import("../../state/settings.js").Key[]} keys
 * @property {() => Partial<State>} read throws a TextError
 *
 * @typedef {object} Host what a view or control can ask of its lab
 * @property {() => void} redraw
 * @property {(action: string, playing?: boolean) => void} act goes to another moment
 * @property {(state: object) => void} begin takes another lesson
 * @property {() => Promise<Core | undefined>} core the whole engine, once it is there
 * @property {() => State} state
 * @property {string | undefined} site where Downhill lies
 * @property {Display} display
 * @property {() => Picture[]} pictures those of all views
 *
 * @typedef {object} View
 * @property {HTMLElement[]} elements what is shown and hidden with it
 * @property {(scene: Scene) => void} show
 * @property {Picture} [picture]
 * @property {HTMLElement} [track] what belongs to the slider of the learning rate
 * @property {() => string | null} [spoken] what a screen reader is told when a person pauses
 * @property {Record<string, Editor>} [editors] what an event in an element with this `data-key` changes
 * @property {() => void} [stop] ends what runs by itself
 *
 * @typedef {{ edit(target: EventTarget | null, state: State): Change | undefined, fail?(message: string): void }} Editor
 */

export class Scene {
  /** @type {PhaseStep | undefined} */
  #now;

  /**
   * @param {Lesson} lesson
   * @param {State} state
   */
  constructor(lesson, state) {
    this.lesson = lesson;
    this.state = state;
    const { parameters, last, size } = lesson.read(factsOf);
    this.parameters = parameters;
    /** The name of the program's last line. */
    this.last = last;
    this.size = size;
    this.step = stepOf(state.at, size);
    /** The place of the phase in its step; none where everything is computed. */
    this.place = placeOf(state.at.phase, size);
  }

  /** The initial numbers of the parameters, by the names of their elements. @returns {Record<string, number>} */
  get initial() {
    const numbers = this.read((handle) => handle.parametersBefore(0));
    return Object.fromEntries(this.parameters.map((name, place) => [name, numbers[place] ?? NaN]));
  }

  /** @template T @param {(handle: Handle, core: Core) => T} work */
  read(work) {
    return this.lesson.read(work);
  }

  /** Whether both passes are done; before that, some numbers are not computed yet. */
  get isTold() {
    return this.place === undefined || this.place > this.size.forward + this.size.backward + 1;
  }

  /** What happens in the phase, where one is shown. */
  get now() {
    const { place, step } = this;
    this.#now ??= place === undefined ? undefined : this.read((handle) => handle.explain(step, place));
    return this.#now;
  }
}

/** @param {Handle} handle */
function factsOf(handle) {
  const { parameters, last, batches, steps } = handle;
  return { parameters, last, size: { samples: batches, steps, ...phaseCountsOf(handle) } };
}
