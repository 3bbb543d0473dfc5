// What is kept in the browser between visits: a table of values under names.

import { TextError } from "../state/text.js";

const TABLE = "values";

/** @typedef {{ get: (key: string) => Promise<any>, put: (key: string, value: unknown) => Promise<void>, remove: (key: string) => Promise<void> }} Store */

/**
 * Opens what is kept under a name. Each step throws a TextError where the browser refuses it.
 * @param {string} name
 * @returns {Store}
 */
export function openStore(name) {
  /** @type {Promise<IDBDatabase> | undefined} */
  let opened;
  /** @param {IDBTransactionMode} mode @param {(table: IDBObjectStore) => IDBRequest} work */
  const within = async (mode, work) => {
    try {
      opened ??= opening(name);
      const transaction = (await opened).transaction(TABLE, mode);
      const request = work(transaction.objectStore(TABLE));
      await ended(transaction);
      return request.result;
    } catch (error) {
      opened = undefined;
      throw new TextError(reasonOf(error));
    }
  };
  return {
    get: (key) => within("readonly", (table) => table.get(key)),
    put: (key, value) => within("readwrite", (table) => table.put(value, key)),
    remove: (key) => within("readwrite", (table) => table.delete(key)),
  };
}

/** @param {string} name @returns {Promise<IDBDatabase>} */
function opening(name) {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(TABLE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** @param {IDBTransaction} transaction @returns {Promise<void>} */
function ended(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    // An error of a request ends here as well, and only here its reason is known.
    transaction.onabort = () => reject(transaction.error);
  });
}

/** @param {unknown} error */
function reasonOf(error) {
  return Object(error).name === "QuotaExceededError" ? "this browser has no room left to keep the work; save it as a file" : "this browser keeps nothing here: it may be in private mode, or the page in a frame; save the work as a file";
}
