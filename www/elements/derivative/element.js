// <downhill-derivative>: the derivative of a formula, with its steps.

import { calculate } from "../../engine/calculate.js";
import { Connection, mount } from "../../parts/mount.js";
import { messageOf, writeValues } from "../../state/text.js";
import { DECK, KEYS, SETTINGS, withVariable } from "./state.js";
import { calculator } from "./view.js";

/** @typedef {import("../../engine/calculate.js").CalculusState} State */

/**
 * The element's class, for one engine and one style sheet.
 * @param {import("../../parts/mount.js").Assets} assets
 */
export function makeDerivative(assets) {
  return class DownhillDerivative extends HTMLElement {
    static observedAttributes = KEYS;

    /** @type {State} */
    #state = structuredClone(DECK);
    #view = calculator();
    #connection = new Connection(this, assets, this.#view);

    constructor() {
      super();
      const root = mount(this, assets.sheet, this.#view.element);
      root.addEventListener("input", (event) => this.#edited(event.target));
      root.addEventListener("change", () => this.dispatchEvent(new Event("change", { bubbles: true })));
      root.addEventListener("click", (event) => this.#clicked(event.target));
    }

    connectedCallback() {
      return this.#connection.open(() => this.#show());
    }

    disconnectedCallback() {
      this.#connection.close();
    }

    /**
     * @param {string} name
     * @param {string | null} _old
     * @param {string | null} text
     */
    attributeChangedCallback(name, _old, text) {
      const key = /** @type {keyof State} */ (name);
      const written = text ?? SETTINGS[key].write(DECK[key]);
      this.#view.type(key, written);
      this.#take(key, written);
    }

    /** The state as plain data. Setting it takes the settings that are given and keeps the others. */
    get state() {
      return structuredClone(this.#state);
    }

    set state(given) {
      for (const key of KEYS.filter((key) => Object.hasOwn(Object(given), key))) {
        const text = typeof given[key] === "object" ? writeValues(/** @type {any} */ (given[key] ?? {})) : String(given[key]);
        this.#view.type(key, text);
        this.#take(key, text);
      }
    }

    /** @param {EventTarget | null} target */
    #edited(target) {
      const key = /** @type {keyof State | undefined} */ (/** @type {Element} */ (target).closest("[data-key]")?.getAttribute("data-key"));
      if (key) {
        this.#take(key, /** @type {HTMLInputElement} */ (target).value);
      }
    }

    /** @param {EventTarget | null} target */
    #clicked(target) {
      const action = /** @type {Element} */ (target).closest("[data-action]")?.getAttribute("data-action");
      if (action === "simplify") {
        this.#attempt("model", (core) => {
          const { text, conditions } = core.simplify(this.#state.model);
          this.#view.type("model", text);
          this.#take("model", text);
          this.#view.say(conditions.length > 0 ? `This equals the original formula, where ${conditions.join(" and ")}.` : "");
        });
      } else if (action === "roots") {
        this.#attempt("model", (core) => this.#view.showRoots(core, this.#state));
      }
    }

    /**
     * @param {keyof State} key
     * @param {string} text
     */
    #take(key, text) {
      try {
        const value = SETTINGS[key].read(text);
        this.#view.fail(key, "");
        this.#state = { ...this.#state, [key]: value };
        this.#show();
      } catch (error) {
        this.#view.fail(key, messageOf(error));
      }
    }

    #show() {
      this.#attempt("model", (core) => {
        const state = withVariable(core, this.#state);
        this.#view.show(core, state, calculate(core, state));
        this.#state = state;
      });
    }

    /**
     * Calls the engine; a problem that it returns is shown at its field.
     * @param {keyof State} field
     * @param {(core: import("../../engine/engine.js").Core) => void} work
     */
    #attempt(field, work) {
      try {
        this.#connection.engine?.use(work);
      } catch (problem) {
        if (problem instanceof Error) {
          throw problem;
        }
        const { message, field: named, start, end } = /** @type {import("../../pkg/core.js").Problem} */ (problem);
        this.#view.fail(/** @type {keyof State} */ (KEYS.includes(/** @type {any} */ (named)) ? named : field), message, start, end);
      }
    }
  };
}
