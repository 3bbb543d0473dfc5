// The module, for pages, workers and Node. In a page it also defines the elements.

export { DownhillError, load } from "./engine/api.js";

if (globalThis.customElements) {
  await import("./page/main.js");
}
