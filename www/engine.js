// The WebAssembly engine: loaded once for all, and replaced by a new instance after a trap.

import * as core from "./pkg/core.js";

/** @typedef {typeof import("./pkg/core.js")} Core */

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
    throw new Error("This browser has no WebAssembly, which the calculations need. Any browser from 2020 on has it, unless it was turned off.");
  }
  return new Engine(await compile(/** @type {BufferSource} */ (bytes ?? (await download()))));
}

/** @param {BufferSource} bytes */
async function compile(bytes) {
  try {
    return await WebAssembly.compile(bytes);
  } catch (error) {
    // What a server sends for a missing file, and what a policy forbids, fail alike.
    const isModule = WebAssembly.validate(bytes);
    const why = isModule || /unsafe-eval|Content Security Policy|blocked by CSP/i.test(String(error))
      ? "This page’s security policy forbids WebAssembly; its script-src needs 'wasm-unsafe-eval'."
      : "The engine that was downloaded is not WebAssembly; the server sends something else in its place. Load the page again, or tell whoever runs it.";
    throw new Error(why, { cause: error });
  }
}

async function download() {
  const response = await fetch(new URL("./pkg/core_bg.wasm", import.meta.url)).catch(() => undefined);
  if (!response?.ok) {
    const why = response ? ` (the server answered ${response.status})` : "";
    throw new Error(`The engine could not be downloaded${why}. Check the connection, then load the page again.`);
  }
  return response.arrayBuffer();
}

export class Engine {
  /** Counts the instances: a handle of an earlier one is dead. */
  generation = 0;

  /** @param {WebAssembly.Module} module */
  constructor(module) {
    core.initSync({ module });
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
