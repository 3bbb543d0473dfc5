// A page of the site: the lab at once, the other elements when they come near, and what the page
// does with them.

import { defineLab } from "./define.js";
import { near } from "./near.js";
import { served } from "./served.js";
import { startSite } from "./site.js";

/** Elements that are not defined yet. */
const others = [...document.querySelectorAll("downhill-derivative, downhill-autograd, downhill-exercise")];

defineLab(served);
startSite();
near(others, new AbortController().signal).then(async () => {
  const { defineOthers } = await import("./others.js");
  defineOthers(served);
});
