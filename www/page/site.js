// The site's pages: the address contains the lab's state, and the text can be touched.

import { isTooLong, queryOf, textsOf } from "../state/address.js";
import { FRESH, attributeOf } from "../state/settings.js";
import { holdSections } from "./arrival.js";
import { startProse } from "./prose.js";

/** @typedef {import("../state/settings.js").State} State */
/** @typedef {HTMLElement & { state: State, say(text: string): void }} Lab */

export async function startSite() {
  const lab = /** @type {Lab | null} */ (document.querySelector("downhill-lab#lab"));
  if (lab && location.search !== "") {
    take(lab);
  }
  startProse();
  holdSections();
  await customElements.whenDefined("downhill-lab");
  if (lab) {
    followAddress(lab);
  }
  keepOffline();
}

/** The settings in the address become attributes of the lab. @param {Lab} lab */
function take(lab) {
  const { texts, remark } = textsOf(location.search);
  texts.forEach((text, key) => lab.setAttribute(attributeOf(key), text));
  if (remark !== "") {
    customElements.whenDefined("downhill-lab").then(() => lab.say(remark));
  }
}

/** The browser's back and forward buttons go through earlier states. @param {Lab} lab */
function followAddress(lab) {
  lab.addEventListener("change", () => {
    const { state } = lab;
    const query = isTooLong(state) ? location.search : queryOf(state);
    if (query !== location.search) {
      remember(`${location.pathname}${query}${location.hash}`);
    }
  });
  addEventListener("popstate", () => {
    lab.state = FRESH;
    take(lab);
  });
}

/** A page in a sandbox, or one that changes too often, has no history. @param {string} address */
function remember(address) {
  try {
    history.pushState(null, "", address);
  } catch {
    // Then the state is kept only in the page.
  }
}

/** During development, every load must use the newest files. */
const OWN_MACHINE = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** After the first visit the page needs no network. */
function keepOffline() {
  if (location.protocol.startsWith("http") && "serviceWorker" in navigator && !OWN_MACHINE.test(location.hostname)) {
    navigator.serviceWorker.register("sw.js").catch(() => {
      // Without it, the page works while the server can be reached.
    });
  }
}
