// The moment that all views show, and what happens in it.

import { stepSentences } from "./step.js";
import { momentControl } from "./moment.js";

/** @param {import("../scene.js").Host} host @returns {import("../scene.js").View} */
export function timelineView({ act }) {
  const sentences = stepSentences();
  const moment = momentControl(act, sentences.setPlaying);
  return {
    elements: [moment.element, sentences.element],
    editors: { at: moment },
    stop: moment.stop,
    show(scene) {
      moment.show(scene);
      sentences.show(scene);
    },
  };
}
