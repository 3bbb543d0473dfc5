// The element that a question is about: the one that `for` names, or the first one of its section.

import { DECK, KEYS, SETTINGS, attributeOf, merge } from "../../state/settings.js";

/** @typedef {import("../../state/settings.js").State} State */
/** @typedef {HTMLElement & { state: any }} Bound */

const BOUND = "downhill-lab, downhill-autograd, downhill-derivative";
const LAB = "downhill-lab";

export class Neighbour {
  #host;
  /** Takes back what is hidden. @type {(() => void) | undefined} */
  #uncover;

  /** @param {HTMLElement} host the question */
  constructor(host) {
    this.#host = host;
  }

  /** Looked for anew each time, because it may come and go. @returns {Bound | null} */
  get #element() {
    const id = this.#host.getAttribute("for");
    return /** @type {any} */ (id ? document.getElementById(id) : (this.#host.closest("section")?.querySelector(BOUND) ?? null));
  }

  /** The settings that the question has itself. */
  get #own() {
    return KEYS.filter((key) => this.#host.hasAttribute(attributeOf(key)));
  }

  /** The settings of the run: the lab's, with the question's own in their places. @returns {State} */
  get settings() {
    const element = this.#element;
    const own = Object.fromEntries(this.#own.map((key) => [key, SETTINGS[key].read(this.#host.getAttribute(attributeOf(key)) ?? "")]));
    const base = element?.localName === LAB && element.state ? element.state : DECK;
    return merge(own.model === undefined ? base : { ...base, init: {} }, own);
  }

  /** The kind of element that the truth is read from, and its state. */
  get subject() {
    const element = this.#element;
    const kind = element?.localName;
    const model = this.#host.getAttribute("model");
    const state = model === null ? element?.state : { ...element?.state, model };
    return { kind: kind === "downhill-autograd" || kind === "downhill-derivative" ? kind : LAB, state };
  }

  /** The element runs with the question's settings. */
  take() {
    const [element, own] = [this.#element, this.#own];
    if (element && own.length > 0) {
      const settings = /** @type {Record<string, unknown>} */ (element.localName === LAB ? this.settings : { model: this.#host.getAttribute("model") });
      element.state = Object.fromEntries(Object.entries(settings).filter(([key]) => key === "init" || own.includes(/** @type {any} */ (key))));
      element.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }

  /** Hides the parts that would give the answer away. */
  cover() {
    const [views, element] = [this.#host.getAttribute("reveals"), this.#element];
    if (views && element) {
      const before = element.getAttribute("hide");
      element.setAttribute("hide", `${before ?? ""} ${views}`.trim());
      this.#uncover = () => (before === null ? element.removeAttribute("hide") : element.setAttribute("hide", before));
    }
  }

  /** Shows them. */
  uncover() {
    this.#uncover?.();
    this.#uncover = undefined;
  }
}
