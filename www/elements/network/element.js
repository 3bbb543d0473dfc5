// <downhill-network>: a program that learns to tell pictures apart, before one's eyes.

import { loadDataset } from "../../engine/dataset.js";
import { Connection, mount } from "../../parts/mount.js";
import { watchTheme } from "../../parts/theme.js";
import { NETWORK_SHEET } from "../../pkg/networksheet.js";
import { attributeOf } from "../../state/settings.js";
import { NETWORK_KEYS, NETWORK_SETTINGS, mergedNetwork, networkState } from "../../state/networks.js";
import { TextError } from "../../state/text.js";
import { networkSnippets } from "./share.js";
import { Trainer } from "./trainer.js";
import { buildView } from "./view.js";

/** @typedef {import("../../state/networks.js").Key} Key */
/** @typedef {import("../../state/networks.js").NetworkState} State */
/** @typedef {import("./scene.js").Dataset} Dataset */

const ARRANGEMENT = ["views", "hide", "lock"];
/** What the settings are read for while there are no pictures. */
const NO_PICTURES = { size: /** @type {const} */ ([8, 8]), classes: 10 };
/** How long a test may take of a frame while training pauses, in milliseconds. */
const TEST = 6;

/**
 * The element's class, for one engine and one style sheet.
 * @param {import("../../parts/mount.js").Assets} assets
 */
export function makeNetwork(assets) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(NETWORK_SHEET);
  return class DownhillNetwork extends HTMLElement {
    static observedAttributes = [...NETWORK_KEYS.map(attributeOf), ...ARRANGEMENT, "theme"];

    /** The settings that were given; the others are those of the preset. @type {Partial<State>} */
    #given = {};
    /** @type {State} */
    #state = networkState({}, NO_PICTURES);
    /** @type {Trainer | undefined} */
    #trainer;
    /** The pictures of a person's own. @type {Dataset | undefined} */
    #own;
    #isRunning = false;
    #sample = 0;
    #frame = 0;
    /** Counts what was asked for, so that late pictures do not replace newer ones. */
    #asked = 0;
    #view = buildView({
      redraw: () => this.#schedule(),
      look: (sample) => this.#look(sample),
      scene: () => this.#scene,
      load: (weights) => this.#load(weights),
    }, {
      take: (data) => this.#takePictures(data),
      begin: (state) => this.#edit(state),
      snippets: () => networkSnippets(this.#given, assets.site),
    });
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
      return this.#connection.open(() => void this.#renew(), (signal) => watchTheme(() => this.#themeChanged(), signal));
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
      const key = NETWORK_KEYS.find((key) => attributeOf(key) === name);
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
      this.#edit(given);
    }

    /** The losses so far, the last test, and the weights by name, as plain numbers; nothing before there are pictures. */
    get run() {
      const trainer = this.#trainer;
      return trainer && { steps: trainer.steps, losses: trainer.history.points, test: trainer.test && { ...trainer.test }, weights: trainer.network.weights, rates: structuredClone(trainer.rates) };
    }

    /** Takes so many steps at once, as the button does for one. @param {number} count */
    step(count = 1) {
      this.#isRunning = false;
      this.#trainer?.take(count, this.#state.lr);
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
        engine, core, data: trainer.data, network: trainer.network, scores: trainer.scores, history: trainer.history,
        initial: trainer.initial, rates: trainer.rates, test: trainer.test, steps: trainer.steps, spare: trainer.spare,
        state: this.#state, isRunning: this.#isRunning, sample: this.#sample,
      }));
    }

    /** Shows a text as it was given, right or wrong, and takes it. @param {Key} key @param {string | null} text */
    #type(key, text) {
      if (text !== null) {
        this.#view.type(key, text);
      }
      this.#attempt(key, () => this.#edit({ [key]: text === null ? undefined : NETWORK_SETTINGS[key].read(text) }));
    }

    /** @param {EventTarget | null} target */
    #edited(target) {
      const key = /** @type {Key | null} */ (/** @type {Element} */ (target).closest("[data-key]")?.getAttribute("data-key"));
      if (key && NETWORK_KEYS.includes(key) && this.#view.isOpen(key)) {
        this.#attempt(key, () => {
          const value = this.#view.read(key, target);
          // Another network begins with its own settings.
          this.#given = key === "preset" ? { data: this.#state.data } : this.#given;
          this.#edit({ [key]: value });
        });
      }
    }

    /** Takes settings. The learning rate acts on the training that goes on. @param {unknown} given */
    #edit(given) {
      this.#attempt("state", () => {
        const before = this.#given;
        this.#given = checked(mergedNetwork(before, given));
        const keys = Object.keys(/** @type {object} */ (given));
        keys.forEach((key) => this.#view.fail(key, ""));
        if (keys.join() === "lr" && this.#trainer) {
          this.#state = { ...this.#state, ...this.#given };
          this.#schedule();
        } else {
          void this.#renew();
        }
      });
    }

    /** Another network. If it can't be made, the one that is there stays. */
    async #renew() {
      const asked = (this.#asked += 1);
      const { engine } = this.#connection;
      if (!engine) {
        return;
      }
      try {
        const data = await this.#pictures();
        if (asked === this.#asked && this.isConnected) {
          this.#make(engine, data);
        }
      } catch (problem) {
        this.#refuse(problem);
      }
    }

    /** The pictures of the settings; nothing while a person has none of their own. */
    async #pictures() {
      const { data = "digits" } = this.#given;
      return data === "own" ? this.#own : loadDataset(data);
    }

    /** @param {import("../../engine/engine.js").Engine} engine @param {Dataset | undefined} data @param {Float64Array} [weights] to begin with, in the place of the initial values */
    #make(engine, data, weights) {
      const state = networkState(this.#given, data ? { size: data.size, classes: data.classes.length } : NO_PICTURES);
      if (!data) {
        this.#drop(state);
        return;
      }
      const trainer = new Trainer(engine, data, state, weights);
      this.#drop(state);
      this.#trainer = trainer;
      this.#sample = Math.min(this.#sample, data.labels.length - 1);
      this.#view.say("");
      NETWORK_KEYS.forEach((key) => this.#view.fail(key, ""));
      this.#schedule();
    }

    /** Ends what there is. @param {State} state what comes next */
    #drop(state) {
      // What was asked for before there were pictures begins when they are there.
      this.#isRunning &&= !this.#trainer;
      this.#trainer?.free();
      this.#trainer = undefined;
      this.#state = state;
      this.#view.showControls(state, this.#isRunning);
    }

    /** Says what is wrong with the settings; without a network, those that are left make one. @param {unknown} problem */
    #refuse(problem) {
      const { field, message, start, end } = /** @type {{ field?: string, message: string, start?: number, end?: number }} */ (problem);
      if (problem instanceof Error && !(problem instanceof TextError)) {
        this.#view.say(message.replace(/\.$/, ""));
        return;
      }
      this.#view.fail(field ?? "state", message, start, end);
      const key = /** @type {Key} */ (field);
      if (!this.#trainer && Object.hasOwn(this.#given, key)) {
        this.#given = Object.fromEntries(Object.entries(this.#given).filter(([name]) => name !== key));
        void this.#renewKeeping(key, message, start, end);
      }
    }

    /** @param {string} key @param {string} message @param {number} [start] @param {number} [end] */
    async #renewKeeping(key, message, start, end) {
      await this.#renew();
      this.#view.fail(key, message, start, end);
    }

    /** @param {Dataset} data */
    #takePictures(data) {
      this.#own = data;
      if (this.#state.data === "own") {
        void this.#renew();
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
        void this.#renew();
      }
    }

    #toggle() {
      this.#isRunning = !this.#isRunning;
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
      const { data } = this.#trainer ?? {};
      if (engine && data) {
        this.#make(engine, data, weights);
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
      if (this.#isRunning) {
        trainer.advance(this.#state.lr);
        this.#isRunning = trainer.failed === undefined;
      }
      const isTested = this.#isRunning || trainer.evaluate(performance.now() + TEST);
      this.#view.show(trainer, /** @type {import("./scene.js").Scene} */ (this.#scene));
      if (this.#isRunning || !isTested) {
        this.#schedule();
      }
    }

    #themeChanged() {
      this.#view.themeChanged();
      this.#schedule();
    }

    /** @param {string} field where a text that can't be read is answered @param {() => void} work */
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
  };
}

/** Settings that the engine would refuse only at the first step. @param {Partial<State>} given */
function checked(given) {
  const { lr, samples } = given;
  if (lr !== undefined && !(Number.isFinite(lr) && lr > 0)) {
    throw new TextError(`the learning rate must be a finite number above 0; it is ${lr}`, "lr");
  }
  if (samples !== undefined && !(Number.isSafeInteger(samples) && samples >= 1)) {
    throw new TextError("the number of training pictures must be a whole number of at least 1", "samples");
  }
  return given;
}
