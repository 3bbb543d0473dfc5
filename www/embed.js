// The page for frames: it shows one element from the address, and exchanges messages with the page
// that contains it, for example about its height.

import "./downhill.js";
import { ELEMENTS } from "./page/elements.js";
import { FRAMED, elementNamed } from "./page/framed.js";
import { remarkOnMessage } from "./page/messages.js";
import { textsOf } from "./state/address.js";
import { attributeOf } from "./state/settings.js";

/** @typedef {HTMLElement & { state: any, result?: any, say?(text: string): void }} Shown */

const name = new URLSearchParams(location.search).get("element") ?? "lab";
const row = elementNamed(name);
const element = /** @type {Shown} */ (document.createElement(`downhill-${row?.name ?? "lab"}`));
const { texts, remark } = textsOf(location.search, FRAMED[row?.name ?? "lab"]);
texts.forEach((text, key) => element.setAttribute(attributeOf(key), text));
document.documentElement.style.colorScheme = element.getAttribute("theme") ?? "light dark";
document.querySelector("main")?.append(element);
customElements.whenDefined("downhill-lab").then(() => {
  const wrong = row ? remark : `there is no element \`${name.slice(0, 40)}\`; the elements are ${ELEMENTS.map(({ name }) => name).join(", ")}`;
  if (wrong) {
    element.say?.(wrong);
  }
});

/** The page that contains the frame, if there is one. */
const host = window.parent === window ? undefined : window.parent;

/** A message is sent to any origin, because any site may embed the frame and it contains nothing secret. @param {object} message */
function tell(message) {
  host?.postMessage(message, "*");
}

let height = 0;
new ResizeObserver(() => {
  const next = Math.ceil(document.body.getBoundingClientRect().height);
  if (next !== height) {
    height = next;
    tell({ type: "downhill:resize", height });
    // Embedly's format, which learning platforms support.
    host?.postMessage(JSON.stringify({ src: location.href, context: "iframe.resize", height }), "*");
  }
}).observe(document.body);

element.addEventListener("change", () => tell({ type: "downhill:state", state: element.state }));
element.addEventListener("result", () => tell({ type: "downhill:result", result: element.result }));
element.addEventListener("ready", () => tell({ type: "downhill:ready", element: name, state: element.state }));

addEventListener("message", (event) => {
  if (!host || event.source !== host) {
    return;
  }
  const wrong = remarkOnMessage(event.data);
  if (wrong === undefined) {
    answer(event.data);
  } else if (wrong !== "") {
    tell({ type: "downhill:error", message: wrong });
  }
});

/** @param {{ type: string, state?: unknown }} message */
function answer({ type, state }) {
  if (type === "downhill:set") {
    element.state = state;
  }
  tell(type === "downhill:result" ? { type, result: element.result ?? null } : { type: "downhill:state", state: element.state });
}
