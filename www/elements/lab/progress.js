// The progress of a long run, and a button that stops it.

import { make, setText } from "../../parts/dom.js";

export function progressView() {
  const bar = make("progress", { max: "1", "aria-label": "training" });
  const words = make("span");
  const stop = make("button", { type: "button", "data-action": "stop" }, "Stop here");
  const element = make("p", { class: "progress", hidden: "" }, bar, " ", words, " ", stop);
  let most = 0;
  return {
    element,
    /** @param {number} left how many steps are left; none ends it */
    show(left) {
      element.hidden = left === 0;
      most = left === 0 ? 0 : Math.max(most, left);
      bar.value = most === 0 ? 0 : 1 - left / most;
      setText(words, left === 0 ? "" : `Training: ${Math.floor(100 * bar.value)} %`);
    },
  };
}
