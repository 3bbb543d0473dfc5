// What can be copied to share a network: the settings that differ from the usual ones.

import { make } from "../../parts/dom.js";
import { elementSnippet, frameSnippet, snippet } from "../../parts/snippets.js";
import { queryOfTexts } from "../../state/address.js";
import { attributeOf } from "../../state/settings.js";

/**
 * @param {string} name of the element, after `downhill-`
 * @param {Readonly<Record<string, import("../../state/settings.js").Setting>>} table
 * @param {Record<string, any>} given the settings that a person or a page has chosen
 * @param {string | undefined} site the address of the folder that holds Downhill
 * @param {string} own what is said where a person has given what is learned
 */
export function sharedSnippets(name, table, given, site, own) {
  if (site === undefined) {
    return [make("p", {}, "This page is not on a web site, so it has no address to share.")];
  }
  const keys = Object.keys(table).filter((key) => given[key] !== undefined);
  const texts = keys.map((key) => /** @type {const} */ ([key, table[key]?.write(given[key]) ?? ""]));
  const address = `${site}embed.html${queryOfTexts([["element", name], ...texts])}`;
  const remark = given.data === "own" ? [make("p", {}, own)] : [];
  return [...remark, snippet("Link", address), frameSnippet(address, `Downhill: a ${name}`), elementSnippet(site, `downhill-${name}`, texts.map(([key, text]) => [attributeOf(key), text]))];
}
