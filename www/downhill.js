// The module, for pages, workers and Node. In a page it also defines the elements.

export { DownhillError } from "./engine/ask.js";

/**
 * Loads the engine, and the functions that programs call; a page of elements needs neither at first.
 * @param {ArrayBuffer | ArrayBufferView} [bytes] the contents of pkg/core_bg.wasm, where it can't be fetched
 */
export async function load(bytes) {
  const api = await import("./engine/api.js");
  return api.load(bytes);
}

if (globalThis.customElements) {
  await import("./page/main.js");
}
