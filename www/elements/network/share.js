// What can be copied to share a network: the settings that differ from those of its preset.

import { frameSnippet, elementSnippet, snippet } from "../../parts/snippets.js";
import { make } from "../../parts/dom.js";
import { queryOfTexts } from "../../state/address.js";
import { NETWORK_KEYS, NETWORK_SETTINGS } from "../../state/networks.js";
import { attributeOf } from "../../state/settings.js";

/** @typedef {import("../../state/networks.js").NetworkState} State */

/**
 * @param {Partial<State>} given the settings that a person or a page has chosen
 * @param {string | undefined} site the address of the folder that holds Downhill
 */
export function networkSnippets(given, site) {
  if (site === undefined) {
    return [make("p", {}, "This page is not on a web site, so it has no address to share.")];
  }
  const texts = NETWORK_KEYS.filter((key) => given[key] !== undefined).map((key) => /** @type {const} */ ([key, NETWORK_SETTINGS[key].write(given[key])]));
  const address = `${site}embed.html${queryOfTexts([["element", "network"], ...texts])}`;
  const own = given.data === "own" ? [make("p", {}, "Your pictures stay on this device: whoever opens the link draws their own.")] : [];
  return [...own, snippet("Link", address), frameSnippet(address, "Downhill: a network"), elementSnippet(site, "downhill-network", texts.map(([key, text]) => [attributeOf(key), text]))];
}
