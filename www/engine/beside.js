// Files that lie beside the page, and are fetched when they are asked for.

/** Reads a file. @typedef {(address: URL) => Promise<Uint8Array>} Reader */
/** @typedef {{ noun: string, instead: string }} What `noun` names in the plural what the files contain, `instead` what a person can do without it */

/** The folder of the files, as seen from this one. */
const FOLDER = "../data/";

/**
 * A file of the site's data.
 * @param {string} file
 * @param {What} what
 * @param {string} [folder] by default the site's own
 * @param {Reader} [read] how a file is read; by default it is fetched
 */
export function readBeside(file, what, folder, read = (address) => download(address, what)) {
  // A page that is one file has no place of its own, and nothing lies beside it.
  if (!folder && !import.meta.url) {
    throw new Error(`A page that is a single file has no ${what.noun} in it. Use the page on a web site, or ${what.instead}.`);
  }
  return read(new URL(file, new URL(folder ?? FOLDER, import.meta.url || document.baseURI)));
}

/** @param {URL} address @param {What} what */
async function download(address, { noun }) {
  const response = await fetch(address).catch(() => undefined);
  if (!response?.ok) {
    const why = response ? ` (the server answered ${response.status})` : "";
    throw new Error(`The ${noun} could not be downloaded${why}. Check your connection, and try again.`);
  }
  return new Uint8Array(await response.arrayBuffer());
}

/**
 * What is loaded once. After a failure it can be asked for again.
 * @template T
 * @param {Map<string, Promise<T>>} loading what was asked for so far
 * @param {string} key
 * @param {() => Promise<T>} start
 * @returns {Promise<T>}
 */
export function once(loading, key, start) {
  const started = loading.get(key) ?? start().catch((error) => {
    loading.delete(key);
    throw error;
  });
  loading.set(key, started);
  return started;
}
