// The work of a page, kept in the browser against loss: after each stroke, and when the page is left.

import { openStore } from "../../../parts/store.js";
import { checkProject } from "../../../state/segment/project.js";

/** @typedef {import("../../../state/segment/project.js").Project} Project */
/** @typedef {import("../../../state/segments.js").SegmentState} State */
/** @typedef {import("../training.js").Work<Project, State>} Work */
/** @typedef {{ stamp: number, project: Project }} Pictures all but what changes with a stroke */
/** @typedef {{ stamp: number, given: Partial<State>, masks: Uint8Array[], weights: Float64Array | undefined }} Strokes the stamp is that of the pictures that they belong to */

const STORE = "downhill-segment";
/** How long after a stroke it is kept, in milliseconds. */
const PAUSE = 500;

const store = openStore(STORE);

/** Where an element's work is kept: by its page, and its place among its like. @param {HTMLElement} element */
export function keyOf(element) {
  const place = [...document.querySelectorAll(element.localName)].indexOf(element);
  return `${location.pathname}${location.search} ${place}`;
}

/** What was kept at the last visit, if it can be read. @param {HTMLElement} element @returns {Promise<Work | undefined>} */
export async function keptWork(element) {
  try {
    const key = keyOf(element);
    const [pictures, strokes] = /** @type {[Pictures | undefined, Strokes | undefined]} */ (await Promise.all([store.get(`${key} pictures`), store.get(`${key} strokes`)]));
    return pictures && joined(pictures, strokes);
  } catch {
    // A browser that keeps nothing, and what another version has kept, are like a first visit.
    return undefined;
  }
}

/** @param {Pictures} pictures @param {Strokes | undefined} strokes @returns {Work} */
function joined({ stamp, project }, strokes) {
  const own = strokes?.stamp === stamp ? strokes : undefined;
  const shots = project.shots.map((shot, place) => ({ ...shot, mask: own?.masks[place] ?? shot.mask }));
  const data = { ...project, shots };
  checkProject(data);
  return { data, given: { ...own?.given, data: project.name }, weights: own?.weights };
}

/** Whether a person wants the work of an element to be kept. @param {string} key */
async function isWanted(key) {
  return (await store.get(`${key} off`).catch(() => undefined)) !== true;
}

/** Keeps the work of one element. */
export class Keeper {
  #read;
  #tell;
  #timer = 0;
  /** The pictures that were kept last. @type {{ stamp: number, of: unknown[] }} */
  #pictures = { stamp: 0, of: [] };
  /** @type {Promise<unknown>} */
  #last = Promise.resolve();
  #isOn = true;

  /**
   * @param {() => (Work & { key: string }) | undefined} read the work now
   * @param {(problem: string) => void} tell what went wrong; empty if nothing
   */
  constructor(read, tell) {
    this.#read = read;
    this.#tell = tell;
  }

  /** Finds out whether a person wants it. @param {string} key */
  async begin(key) {
    this.#isOn = await isWanted(key);
    return this.#isOn;
  }

  /** Something has changed. */
  touch() {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.flush(), PAUSE);
  }

  /** Keeps what has changed at once, one after the other. */
  flush() {
    clearTimeout(this.#timer);
    const work = this.#isOn ? this.#read() : undefined;
    this.#last = work ? this.#last.then(() => this.#attempt(() => this.#put(work))) : this.#last;
    return this.#last;
  }

  /** @param {string} key @param {boolean} isOn */
  turn(key, isOn) {
    this.#isOn = isOn;
    return this.#attempt(() => (isOn ? store.remove(`${key} off`) : store.put(`${key} off`, true))).then(() => (isOn ? this.flush() : this.forget(key)));
  }

  /** Takes away what is kept. @param {string} key */
  async forget(key) {
    clearTimeout(this.#timer);
    await this.#last;
    this.#pictures = { stamp: 0, of: [] };
    await this.#attempt(() => Promise.all(["pictures", "strokes"].map((part) => store.remove(`${key} ${part}`))));
  }

  /** Pictures are large, and change seldom. @param {Work & { key: string }} work */
  async #put({ key, data, given, weights }) {
    const { name, classes, shots } = data;
    const of = [name, JSON.stringify([classes, shots.map(({ name, isTest }) => [name, isTest])]), ...shots.map(({ pixels }) => pixels)];
    if (of.length !== this.#pictures.of.length || of.some((part, place) => part !== this.#pictures.of[place])) {
      const stamp = Math.random();
      await store.put(`${key} pictures`, { stamp, project: data });
      this.#pictures = { stamp, of };
    }
    await store.put(`${key} strokes`, { stamp: this.#pictures.stamp, given, masks: shots.map(({ mask }) => mask), weights });
  }

  /** @param {() => Promise<unknown>} work */
  async #attempt(work) {
    try {
      await work();
      this.#tell("");
    } catch (problem) {
      this.#tell(/** @type {Error} */ (problem).message);
    }
  }
}
