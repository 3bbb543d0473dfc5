// Downloading a file.

import { make } from "./dom.js";

/**
 * @param {string} name
 * @param {Blob} content
 */
export function download(name, content) {
  const address = URL.createObjectURL(content);
  make("a", { href: address, download: name }).click();
  // By then the browser has begun to read it.
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
