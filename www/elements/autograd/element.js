// <downhill-autograd>: a tensor program, its graph, and the gradient of every element.

import { runTensors } from "../../engine/tensors.js";
import { Connection, mount } from "../../parts/mount.js";
import { tensorView } from "./view.js";

/** @typedef {{ model: string, backward: boolean, pick: string }} State */
/** @typedef {import("../../pkg/core.js").TensorNode} TensorNode */

/** @type {State} */
const DECK = { model: "x = ones(2, 2)\ny = x + 2\nz = 3*y*y\nout = mean(z)", backward: true, pick: "" };
const KEYS = /** @type {(keyof State)[]} */ (Object.keys(DECK));

/**
 * The element's class, for one engine and one style sheet.
 * @param {import("../../parts/mount.js").Assets} assets
 */
export function makeAutograd(assets) {
  return class DownhillAutograd extends HTMLElement {
    static observedAttributes = KEYS;

    /** @type {State} */
    #state = { ...DECK };
    #view = tensorView();
    #connection = new Connection(this, assets, this.#view);

    constructor() {
      super();
      const root = mount(this, assets.sheet, this.#view.element);
      root.addEventListener("input", (event) => this.#take({ model: /** @type {HTMLTextAreaElement} */ (event.target).value }));
      root.addEventListener("change", () => this.dispatchEvent(new Event("change", { bubbles: true })));
      root.addEventListener("click", (event) => this.#clicked(/** @type {Element} */ (event.target)));
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
      const value = name === "backward" ? text !== "false" : (text ?? DECK[/** @type {"model" | "pick"} */ (name)]);
      this.state = /** @type {State} */ ({ [name]: value });
    }

    /** The state as plain data. Setting it takes the settings that are given and keeps the others. */
    get state() {
      return { ...this.#state };
    }

    set state(given) {
      const patch = Object.fromEntries(KEYS.filter((key) => Object.hasOwn(Object(given), key)).map((key) => [key, key === "backward" ? given[key] === true : String(given[key])]));
      if (typeof patch.model === "string") {
        this.#view.type(patch.model);
      }
      this.#take(patch);
    }

    /** @param {Element} target */
    #clicked(target) {
      const pick = target.closest("[data-pick]")?.getAttribute("data-pick");
      if (pick) {
        this.#take({ pick: pick === this.#state.pick ? "" : pick });
        this.dispatchEvent(new Event("change", { bubbles: true }));
      } else if (target.closest("[data-action=backward]")) {
        this.#take({ backward: !this.#state.backward });
      }
    }

    /** @param {Partial<State>} patch */
    #take(patch) {
      const before = this.#state;
      this.#state = { ...this.#state, ...patch };
      if (!this.#show()) {
        this.#state = before;
      }
    }

    /** Shows the state, and returns whether this was possible; if not, the last good state stays. */
    #show() {
      if (!this.#connection.engine) {
        return true;
      }
      try {
        this.#connection.engine.use((core) => this.#draw(core));
        return true;
      } catch (problem) {
        if (problem instanceof Error) {
          throw problem;
        }
        const { message, start, end } = /** @type {import("../../pkg/core.js").Problem} */ (problem);
        this.#view.fail(message, start, end);
        return false;
      }
    }

    /** @param {import("../../engine/engine.js").Core} core */
    #draw(core) {
      const handle = runTensors(core, this.#state.model, {});
      try {
        const { backward, pick } = this.#state;
        const nodes = handle.nodes().map((node) => (backward ? node : { ...node, gradient: null }));
        const chosen = picked(nodes, pick);
        this.#view.show(core, this.#state, nodes, chosen, handle.problem);
        this.#view.showWay(core, nodes, chosen, chosen && backward ? handle.paths(chosen.tensor, chosen.element) : undefined);
        if (pick && !chosen) {
          this.#view.say(`\`pick\`: there is no element \`${pick}\`; write a tensor and an element by their numbers, such as \`0,3\``);
        }
      } finally {
        handle.free();
      }
    }
  };
}

/**
 * The element that a text such as `0,3` means, if it exists.
 * @param {TensorNode[]} nodes
 * @param {string} text
 */
function picked(nodes, text) {
  const [tensor = NaN, element = NaN] = /^\d+,\d+$/.test(text) ? text.split(",").map(Number) : [];
  return element < (nodes[tensor]?.value.length ?? 0) ? { tensor, element } : undefined;
}
