// A page of the site: the lab is loaded at once, the other elements when they come near the visible
// part of the page.

import { ELEMENTS, defineElement } from "./page/elements.js";
import { resumeAnswers } from "./page/kept.js";
import { served } from "./page/served.js";
import { startSite } from "./page/site.js";
import { near } from "./parts/near.js";

for (const row of ELEMENTS) {
  if (row.name === "lab") {
    void defineElement(row, served);
  } else {
    const waiting = [...document.querySelectorAll(`downhill-${row.name}`)];
    void near(waiting, new AbortController().signal).then(() => defineElement(row, served));
  }
}
void startSite();

const isResumed = resumeAnswers();
for (const place of document.querySelectorAll(".summary")) {
  // Its numbers are wanted at the end of the page, and what is kept is followed from the beginning.
  const wanted = isResumed ? Promise.resolve() : near([place], new AbortController().signal);
  void wanted.then(() => import("./page/summary.js")).then(({ summarise }) => summarise(place));
}
