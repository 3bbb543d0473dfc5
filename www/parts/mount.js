// Shared by the elements: a shadow root with the style sheet, and an engine that is still loading.

import { near } from "./near.js";

/** @typedef {import("../engine/engine.js").Engine} Engine */

/**
 * @typedef {object} Assets what an element is made of
 * @property {Promise<Engine>} engine
 * @property {CSSStyleSheet} sheet
 * @property {Promise<unknown>} styled when the sheet is complete
 * @property {string} [site] the address of the folder that holds Downhill; absent inside another file, such as a notebook
 */

/**
 * @param {HTMLElement} host
 * @param {CSSStyleSheet} sheet
 * @param {HTMLElement} content
 * @param {CSSStyleSheet[]} own further sheets
 */
export function mount(host, sheet, content, ...own) {
  const root = host.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [sheet, ...own];
  root.append(content);
  root.addEventListener("keydown", (event) => keepKeys(/** @type {KeyboardEvent} */ (event)));
  return root;
}

/**
 * Keys pressed in a field stay inside it: the arrow keys of a slider must not change the slide of a
 * presentation.
 * @param {KeyboardEvent} event
 */
function keepKeys(event) {
  const isField = /** @type {Element} */ (event.target).matches("input, select, textarea");
  if ((isField || event.defaultPrevented) && event.key !== "Escape" && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.stopPropagation();
  }
}

/**
 * The engine, once it and the style sheet are loaded; otherwise the view shows the reason.
 * @param {Promise<Engine>} loading
 * @param {Promise<unknown>} styled
 * @param {{ failToStart(message: string): void }} view
 */
export function whenReady(loading, styled, view) {
  return orFail(view, async () => (await Promise.all([loading, styled]))[0]);
}

/** An element's hold on the whole engine, from when it comes into a page until it leaves it. */
export class Connection {
  /** @type {Engine | undefined} */
  engine;
  #controller = new AbortController();
  #host;
  #assets;
  #view;

  /**
   * @param {HTMLElement} host
   * @param {Assets} assets
   * @param {{ failToStart(message: string): void }} view
   */
  constructor(host, assets, view) {
    this.#host = host;
    this.#assets = assets;
    this.#view = view;
  }

  /**
   * Waits for the engine, shows the element, and says that it is ready.
   * @param {() => unknown} show
   * @param {(signal: AbortSignal) => unknown} [opened] called at once; the signal ends what it began
   */
  async open(show, opened) {
    this.#controller = new AbortController();
    opened?.(this.#controller.signal);
    this.engine = await this.#whole(this.#controller.signal);
    show();
    this.#host.dispatchEvent(new Event("ready"));
  }

  close() {
    this.#controller.abort();
  }

  /** What is not there from the start is fetched when the element is near what is looked at. @param {AbortSignal} signal */
  #whole(signal) {
    return orFail(this.#view, async () => {
      const [engine] = await Promise.all([this.#assets.engine, this.#assets.styled]);
      return engine.isWhole ? engine : near([this.#host], signal).then(() => engine.whole());
    });
  }
}

/**
 * @template T
 * @param {{ failToStart(message: string): void }} view
 * @param {() => Promise<T>} work
 */
async function orFail(view, work) {
  try {
    return await work();
  } catch (error) {
    view.failToStart(error instanceof Error ? error.message : String(error));
    return undefined;
  }
}
