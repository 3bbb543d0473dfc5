// A page of the site: the lab at once, the other elements when they come near, and what the page
// does with them.

import { defineLab } from "./page/define.js";
import { served } from "./page/served.js";
import { startSite } from "./page/site.js";
import { near } from "./parts/near.js";

/** Elements that are not defined yet. */
const others = [...document.querySelectorAll("downhill-derivative, downhill-autograd, downhill-exercise")];

defineLab(served);
startSite();
near(others, new AbortController().signal).then(async () => {
  const { defineOthers } = await import("./page/others.js");
  defineOthers(served);
});
