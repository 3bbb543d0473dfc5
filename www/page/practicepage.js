// The page of exercises: ten questions of the seed in its address.

import { make } from "../parts/dom.js";
import { practice } from "./practice.js";

const seed = Number(new URLSearchParams(location.search).get("seed") ?? "1");
const known = Number.isSafeInteger(seed) ? seed : 1;
const main = /** @type {HTMLElement} */ (document.querySelector("main"));
const tasks = practice(known).map(({ title, ask, attributes, lab }, place) => {
  const section = make("section", { id: `exercise-${place + 1}` }, make("h2", {}, title));
  if (lab) {
    section.append(element("lab", lab));
  }
  section.append(element("question", { ...attributes, ask }));
  return section;
});
main.append(...tasks, make("div", { class: "summary" }), make("p", {}, make("a", { href: `?seed=${known + 1}` }, "Ten other exercises")));

/** @param {string} name @param {Record<string, string>} attributes */
function element(name, attributes) {
  return make(/** @type {"div"} */ (`downhill-${name}`), attributes);
}
