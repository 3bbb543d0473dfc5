// What every element that trains a network has in common: its settings, its training in frames, and
// its view.

import { Connection, mount } from "../../parts/mount.js";
import { watchTheme } from "../../parts/theme.js";
import { NETWORK_SHEET } from "../../pkg/networksheet.js";
import { merged } from "../../state/networks.js";
import { attributeOf } from "../../state/settings.js";
import { TextError } from "../../state/text.js";
import { Trainer } from "./trainer.js";
import { buildView } from "./view.js";

/** @typedef {import("./scene.js").HostOf<any>} Host */

/**
 * One kind of network: `Data` is what it learns from, `State` are its settings.
 * @template {{ name: string, credit: string }} Data
 * @template {import("./trainer.js").TrainerState & { data: string }} State
 * @typedef {object} Kind
 * @property {Readonly<Record<string, import("../../state/settings.js").Setting>>} settings
 * @property {(given: Partial<State>, data: Data | undefined) => State} stateOf all settings: those that are given, and what follows from the data
 * @property {string} fresh the setting whose change forgets all others but the data
 * @property {(given: Partial<State>, kept: ReadonlyMap<string, Data>) => Promise<Data | undefined> | Data | undefined} load what to learn from, which may be there already; nothing while a person has given nothing yet
 * @property {(data: Data, state: State) => import("./task.js").Task} taskOf
 * @property {(host: Host, acts: Acts<Data, State>) => import("./view.js").Parts} parts
 * @property {boolean} [isLive] whether training goes on with other settings
 * @property {(element: HTMLElement) => Promise<Work<Data, State> | undefined>} [resume] what was kept of an earlier visit
 */

/**
 * What a person has done so far.
 * @template Data, State
 * @typedef {object} Work
 * @property {Data} data
 * @property {Partial<State>} given the settings that were given
 * @property {Float64Array} [weights]
 */

/**
 * What views can do besides looking.
 * @template Data, State
 * @typedef {object} Acts
 * @property {(data: Data, weights?: Float64Array) => void} take takes what a person gives to learn from, and the weights to begin with
 * @property {(work: Work<Data, State>) => void} open goes on with what was done before
 * @property {(state: object) => void} begin takes the settings of another run
 * @property {() => Partial<State>} given the settings that were given
 * @property {(isRetested: boolean) => void} follow the samples of a live task have changed, and perhaps those of the test
 * @property {() => void} run trains, unless a person has paused
 * @property {string | undefined} site where Downhill lies
 */

const ARRANGEMENT = ["views", "hide", "lock"];
/** How long a test may take of a frame while training pauses, in milliseconds. */
const TEST = 6;

/**
 * The class of an element for a kind of network, for one engine and one style sheet.
 * @template {{ name: string, credit: string }} Data
 * @template {import("./trainer.js").TrainerState & { data: string }} State
 * @param {import("../../parts/mount.js").Assets} assets
 * @param {Kind<Data, State>} kind
 */
export function makeTraining(assets, kind) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(NETWORK_SHEET);
  const keys = Object.keys(kind.settings);
  return class DownhillTraining extends HTMLElement {
    static observedAttributes = [...keys.map(attributeOf), ...ARRANGEMENT, "theme"];

    /** The settings that were given; the others are those of the preset. @type {Partial<State>} */
    #given = {};
    /** @type {State} */
    #state = kind.stateOf({}, undefined);
    /** @type {Trainer | undefined} */
    #trainer;
    /** What the network learns from. @type {Data | undefined} */
    #data;
    /** What was learned from so far, by name: what a person has given or changed is not lost. @type {Map<string, Data>} */
    #kept = new Map();
    /** The settings whose texts could not be read: what is typed stays, and what is said of it. @type {Set<string>} */
    #unread = new Set();
    #isRunning = false;
    /** Whether a person has paused. */
    #isHeld = false;
    #sample = 0;
    #frame = 0;
    /** Counts what was asked for, so that what comes late does not replace what is newer. */
    #asked = 0;
    #view = buildView(kind.parts({
      redraw: () => this.#schedule(),
      look: (sample) => this.#look(sample),
      scene: () => this.#scene,
      load: (weights) => this.#load(weights),
    }, {
      take: (data, weights) => this.#takeOwn(data, weights),
      open: (work) => this.#open(work),
      begin: (given) => this.#begin(given),
      given: () => this.#given,
      follow: (isRetested) => this.#follow(isRetested),
      run: () => this.#run(),
      site: assets.site,
    }));
    #connection = new Connection(this, assets, this.#view);

    constructor() {
      super();
      const root = mount(this, assets.sheet, this.#view.element, sheet);
      root.addEventListener("input", (event) => this.#edited(event.target));
      root.addEventListener("change", () => this.dispatchEvent(new Event("change", { bubbles: true })));
      root.addEventListener("click", (event) => this.#clicked(/** @type {Element} */ (event.target)));
    }

    connectedCallback() {
      this.#view.connect();
      return this.#connection.open(() => void this.#start(), (signal) => watchTheme(() => this.#themeChanged(), signal));
    }

    disconnectedCallback() {
      this.#connection.close();
      this.#view.disconnect();
      cancelAnimationFrame(this.#frame);
      this.#isRunning = false;
      this.#trainer?.free();
      this.#trainer = undefined;
    }

    /**
     * @param {string} name
     * @param {string | null} _old
     * @param {string | null} text
     */
    attributeChangedCallback(name, _old, text) {
      const key = keys.find((key) => attributeOf(key) === name);
      if (name === "theme") {
        this.#themeChanged();
      } else if (key) {
        this.#type(key, text);
      } else {
        this.#view.arrange(name, text);
        this.#schedule();
      }
    }

    /** The settings as plain data. Setting them takes those that are given, and keeps the others. */
    get state() {
      return structuredClone(this.#state);
    }

    set state(given) {
      this.#attempt("state", () => this.#edit(given));
    }

    /** The losses so far, the last test, and the weights by name, as plain numbers; nothing before there are pictures. */
    get run() {
      const trainer = this.#trainer;
      return trainer && { steps: trainer.steps, losses: trainer.history.points, test: trainer.test && { ...trainer.test }, weights: trainer.network.weights, rates: structuredClone(trainer.rates) };
    }

    /** Takes so many steps at once, as the button does for one. @param {number} count */
    step(count = 1) {
      if (!(Number.isSafeInteger(count) && count >= 1)) {
        throw new TextError("the number of steps must be a whole number of at least 1", "count");
      }
      [this.#isRunning, this.#isHeld] = [false, true];
      if (!this.#trainer?.missing) {
        this.#trainer?.take(count, this.#state.lr);
      }
      this.#schedule();
    }

    /** Says something above the controls. @param {string} text */
    say(text) {
      this.#view.say(text);
    }

    get #scene() {
      const { engine } = this.#connection;
      const trainer = this.#trainer;
      return trainer && engine && engine.use((core) => ({
        engine, core, data: /** @type {Data} */ (this.#data), task: trainer.task, network: trainer.network, scores: trainer.scores, history: trainer.history,
        initial: trainer.initial, rates: trainer.rates, test: trainer.test, steps: trainer.steps, isFresh: trainer.isFresh, spare: trainer.spare,
        state: this.#state, isRunning: this.#isRunning, sample: this.#sample,
      }));
    }

    /** Shows a text as it was given, right or wrong, and takes it. @param {string} key @param {string | null} text */
    #type(key, text) {
      if (text !== null) {
        this.#view.type(key, text);
      }
      this.#attempt(key, () => this.#edit({ [key]: text === null ? undefined : kind.settings[key]?.read(text) }));
    }

    /** @param {EventTarget | null} target */
    #edited(target) {
      const key = /** @type {Element} */ (target).closest("[data-key]")?.getAttribute("data-key");
      if (key && keys.includes(key) && this.#view.isOpen(key)) {
        this.#attempt(key, () => {
          const value = this.#view.read(key, target);
          // Another network begins with its own settings.
          if (key === kind.fresh) {
            this.#given = /** @type {Partial<State>} */ ({ data: this.#state.data });
            this.#unread.clear();
          }
          this.#edit({ [key]: value });
        });
      }
    }

    /** Takes the settings of another run in the place of all others. @param {unknown} given */
    #begin(given) {
      this.#given = {};
      this.#unread.clear();
      this.#attempt("state", () => this.#edit(given));
    }

    /** Takes settings; throws a TextError. The learning rate acts on the training that goes on. @param {unknown} given */
    #edit(given) {
      this.#given = checked(merged(kind.settings, this.#given, given));
      const changed = Object.keys(/** @type {object} */ (given));
      changed.forEach((key) => this.#view.fail(key, ""));
      if (changed.join() === "lr" && this.#trainer) {
        // Settings that were refused are not those of the network that is there.
        this.#state = { ...this.#state, lr: kind.stateOf(this.#given, this.#data).lr };
        this.#schedule();
      } else {
        void this.#renew();
      }
    }

    /** Begins with what was kept of an earlier visit, if there is nothing newer. */
    async #start() {
      const asked = this.#asked;
      const earlier = kind.resume && this.#kept.size === 0 ? await kind.resume(this) : undefined;
      if (earlier && asked === this.#asked) {
        this.#open(earlier);
      } else {
        void this.#renew();
      }
    }

    /** Goes on with what was done before. @param {Work<Data, State>} work */
    #open({ data, given, weights }) {
      this.#kept.set(data.name, data);
      this.#attempt("state", () => {
        this.#given = checked(merged(kind.settings, this.#given, given));
        void this.#renew(weights);
      });
    }

    /** Another network. If it can't be made, the one that is there stays. @param {Float64Array} [weights] to begin with, in the place of the initial values */
    async #renew(weights) {
      const asked = (this.#asked += 1);
      const { engine } = this.#connection;
      if (!engine) {
        return;
      }
      try {
        const data = await kind.load(this.#given, this.#kept);
        if (asked === this.#asked && this.isConnected) {
          this.#make(engine, data, weights);
        }
      } catch (problem) {
        this.#refuse(problem);
      }
    }

    /** @param {import("../../engine/engine.js").Engine} engine @param {Data | undefined} data @param {Float64Array} [weights] to begin with, in the place of the initial values */
    #make(engine, data, weights) {
      const state = kind.stateOf(this.#given, data);
      if (!data) {
        this.#drop(state);
        this.#view.showNothing();
        return;
      }
      this.#kept.set(data.name, data);
      const trainer = new Trainer(engine, kind.taskOf(data, state), state, weights);
      const isOwn = this.#sample === this.#trainer?.spare && data === this.#data;
      this.#drop(state);
      this.#trainer = trainer;
      this.#data = data;
      this.#sample = isOwn ? trainer.spare : Math.min(this.#sample, trainer.spare - 1);
      this.#view.refuse("");
      keys.filter((key) => !this.#unread.has(key)).forEach((key) => this.#view.fail(key, ""));
      this.#schedule();
    }

    /** Ends what there is. @param {State} state what comes next */
    #drop(state) {
      // What was asked for before there was anything to learn from begins when it is there.
      this.#isRunning &&= Boolean(kind.isLive) || !this.#trainer;
      this.#trainer?.free();
      this.#trainer = undefined;
      this.#state = state;
      this.#view.showControls(state, this.#isRunning);
    }

    /** Says what is wrong with the settings; without a network, those that are left make one. @param {unknown} problem */
    #refuse(problem) {
      const { field, message, start, end } = /** @type {{ field?: string, message: string, start?: number, end?: number }} */ (problem);
      if (problem instanceof Error && !(problem instanceof TextError)) {
        this.#view.refuse(message.replace(/\.$/, ""));
        return;
      }
      this.#view.fail(field ?? "state", message, start, end);
      const rest = this.#without(field);
      if (!this.#trainer && Object.keys(rest).length < Object.keys(this.#given).length) {
        this.#given = rest;
        void this.#renewKeeping(field ?? "state", message, start, end);
      }
    }

    /** The given settings without the one that is refused; if it was not given, only those that say what is learned. @param {string | undefined} field */
    #without(field) {
      const keeps = field && Object.hasOwn(this.#given, field) ? (/** @type {string} */ key) => key !== field : (/** @type {string} */ key) => key === kind.fresh || key === "data";
      return /** @type {Partial<State>} */ (Object.fromEntries(Object.entries(this.#given).filter(([key]) => keeps(key))));
    }

    /** @param {string} key @param {string} message @param {number} [start] @param {number} [end] */
    async #renewKeeping(key, message, start, end) {
      await this.#renew();
      this.#view.fail(key, message, start, end);
    }

    /** @param {Data} data @param {Float64Array} [weights] */
    #takeOwn(data, weights) {
      this.#kept.set(data.name, data);
      if (this.#state.data === data.name) {
        void this.#renew(weights);
      }
    }

    /** @param {boolean} isRetested */
    #follow(isRetested) {
      this.#trainer?.follow(isRetested);
      this.#schedule();
    }

    #run() {
      if (!this.#isHeld && !this.#isRunning && !this.#trainer?.missing && this.#trainer?.failed === undefined) {
        this.#isRunning = true;
        this.#schedule();
      }
    }

    /** @param {Element} target */
    #clicked(target) {
      const action = target.closest("[data-action]")?.getAttribute("data-action");
      if (action === "run") {
        this.#toggle();
      } else if (action === "step") {
        this.step();
      } else if (action === "reset") {
        [this.#isRunning, this.#isHeld] = [this.#isRunning && !this.#trainer, false];
        void this.#renew();
      }
    }

    #toggle() {
      // Where something is missing, it begins when that is there.
      this.#isRunning = !this.#isRunning && !this.#trainer?.missing;
      this.#isHeld = !this.#isRunning && !this.#trainer?.missing;
      this.#view.showControls(this.#state, this.#isRunning);
      if (this.#trainer) {
        this.#trainer.failed = undefined;
        this.#schedule();
      }
    }

    /** @param {number} sample */
    #look(sample) {
      this.#sample = sample;
      this.#schedule();
    }

    /** A run that begins with other weights, so that its program can tell how it began. @param {Float64Array} weights */
    #load(weights) {
      const { engine } = this.#connection;
      if (engine && this.#data) {
        this.#make(engine, this.#data, weights);
      }
    }

    /** Everything is done at most once a frame: steps, then the test, then the pictures. */
    #schedule() {
      cancelAnimationFrame(this.#frame);
      this.#frame = requestAnimationFrame(() => this.#turn());
    }

    #turn() {
      const trainer = this.#trainer;
      if (!trainer) {
        return;
      }
      if (!trainer.network.isAlive) {
        void this.#renew();
        return;
      }
      this.#isRunning &&= !trainer.missing;
      if (this.#isRunning) {
        trainer.advance(this.#state.lr);
        this.#isRunning = trainer.failed === undefined;
      }
      const isTested = this.#isRunning || trainer.evaluate(performance.now() + TEST);
      // The next frame is asked for first: a view that fails does not end the training.
      if (this.#isRunning || !isTested) {
        this.#schedule();
      }
      this.#view.show(trainer, /** @type {import("./scene.js").AnyScene} */ (this.#scene));
    }

    #themeChanged() {
      this.#view.themeChanged();
      this.#schedule();
    }

    /** @param {string} field where a text that can't be read is answered @param {() => void} work */
    #attempt(field, work) {
      try {
        work();
        this.#unread.delete(field);
      } catch (error) {
        if (!(error instanceof TextError)) {
          throw error;
        }
        this.#unread.add(error.field ?? field);
        this.#view.fail(error.field ?? field, error.message);
      }
    }
  };
}

/** Settings that the engine would refuse only at the first step. @template {{ lr?: number, samples?: number }} Given @param {Given} given */
function checked(given) {
  const { lr, samples } = given;
  if (lr !== undefined && !(Number.isFinite(lr) && lr > 0)) {
    throw new TextError(`the learning rate must be a finite number above 0; it is ${lr}`, "lr");
  }
  if (samples !== undefined && !(Number.isSafeInteger(samples) && samples >= 1)) {
    throw new TextError("the number of training samples must be a whole number of at least 1", "samples");
  }
  return given;
}
