// The choice of a lesson to begin with.

import { make, setText, uniqueId } from "../../../parts/dom.js";
import { keepPrivate } from "../../../parts/private.js";
import { PRESETS } from "../../../state/presets.js";

/** @param {(state: object) => void} take */
export function presetView(take) {
  const options = PRESETS.map(({ name }, index) => make("option", { value: String(index) }, name));
  const select = keepPrivate(make("select", { id: uniqueId() }, make("option", { value: "" }, "choose a lesson"), ...options), chosen);
  const why = make("p", { class: "quiet", role: "status" });

  function chosen() {
    const preset = PRESETS[Number(select.value)];
    if (select.value !== "" && preset) {
      setText(why, preset.why);
      take(preset.state);
    }
  }

  return {
    element: make("div", { class: "preset" }, make("label", { for: select.id }, "lesson"), select, why),
    /** Another lesson, of which nothing is known here. */
    forget() {
      select.value = "";
      setText(why, "");
    },
  };
}
