// The WebAssembly engine: loaded once for all elements, and replaced by a new instance after a
// trap.

import * as core from "../pkg/core.js";

/** @typedef {typeof import("../pkg/core.js")} Core */

/** The files in this folder: what a first picture needs, and the rest, which is fetched when it is needed. */
const FIRST = "../pkg/core_bg.wasm";
const REST = "../pkg/core_rest.wasm";

/** @type {Promise<Engine> | undefined} */
let loading;

/**
 * The one engine of this page, worker or process.
 * @param {ArrayBuffer | ArrayBufferView} [bytes] the module; by default the file beside this one is fetched
 * @returns {Promise<Engine>}
 */
export function loadEngine(bytes) {
  loading ??= start(bytes).catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

/** @param {ArrayBuffer | ArrayBufferView} [bytes] */
async function start(bytes) {
  if (typeof WebAssembly === "undefined") {
    throw new Error("This browser has no WebAssembly, which Downhill needs for its calculations. Every browser since 2020 has it, unless it is turned off.");
  }
  return new Engine(await compile(/** @type {BufferSource} */ (bytes ?? (await download(FIRST)))));
}

/** @param {BufferSource} bytes */
async function compile(bytes) {
  try {
    return await WebAssembly.compile(bytes);
  } catch (error) {
    // A wrong file from the server and a security policy cause the same kind of error.
    const isModule = WebAssembly.validate(bytes);
    const why = isModule || /unsafe-eval|Content Security Policy|blocked by CSP/i.test(String(error))
      ? "This page’s security policy forbids WebAssembly; its script-src needs 'wasm-unsafe-eval'."
      : "The file that was downloaded as the engine is not WebAssembly; the server sent something else. Load the page again, or tell the person who runs the site.";
    throw new Error(why, { cause: error });
  }
}

/** @param {string} file */
async function download(file) {
  const response = await fetch(new URL(file, import.meta.url)).catch(() => undefined);
  if (!response?.ok) {
    const why = response ? ` (the server answered ${response.status})` : "";
    throw new Error(`The engine could not be downloaded${why}. Check your connection, and load the page again.`);
  }
  return response.arrayBuffer();
}

export class Engine {
  /** Counts the instances: a handle of an earlier instance is invalid. */
  generation = 0;
  #module;
  /** @type {WebAssembly.Module | undefined} */
  #rest;
  /** @type {Promise<this> | undefined} */
  #whole;
  #isWhole;

  /** @param {WebAssembly.Module} module the whole, or the first part, which says so in a section of its own */
  constructor(module) {
    this.#module = module;
    this.#isWhole = WebAssembly.Module.customSections(module, "rest").length === 0;
    core.initSync({ module });
  }

  /** Whether everything can be used; before that, what calls the rest of the module traps. */
  get isWhole() {
    return this.#isWhole;
  }

  /** The engine with everything, which is fetched when it is asked for the first time. */
  whole() {
    this.#whole ??= this.#complete().catch((error) => {
      this.#whole = undefined;
      throw error;
    });
    return this.#whole;
  }

  async #complete() {
    if (!this.#isWhole) {
      this.#rest = await compile(await download(REST));
      this.#attach();
      this.#isWhole = true;
    }
    return this;
  }

  /** The rest uses the memory of the first part, and fills the table through which the first part calls it. */
  #attach() {
    if (this.#rest) {
      new WebAssembly.Instance(this.#rest, { first: /** @type {any} */ (core.initSync({ module: this.#module })) });
    }
  }

  /**
   * Runs `work` with the engine. After a trap, a new instance is made and `work` is run once more;
   * it has to make its handles anew when `generation` has changed.
   * @template T
   * @param {(core: Core) => T} work
   * @returns {T}
   */
  use(work) {
    try {
      return work(core);
    } catch (error) {
      if (!isTrap(error)) {
        throw error;
      }
      this.#renew();
      return work(core);
    }
  }

  #renew() {
    core.__wbg_reset_state();
    this.#attach();
    this.generation += 1;
  }
}

/**
 * A stack that overflows is a RangeError in one browser and an InternalError in another.
 * @param {unknown} error
 */
function isTrap(error) {
  const name = error instanceof Error ? error.name : "";
  return error instanceof WebAssembly.RuntimeError || name === "RangeError" || name === "InternalError";
}
