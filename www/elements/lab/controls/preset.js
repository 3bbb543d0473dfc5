// The choice of a lesson to begin with.

import { make, setText, uniqueId } from "../../../parts/dom.js";
import { PRESETS } from "../../../state/presets.js";

/** @param {(state: object) => void} take */
export function presetView(take) {
  const select = make("select", { id: uniqueId() }, make("option", { value: "" }, "choose one"), ...PRESETS.map(({ name }, index) => make("option", { value: String(index) }, name)));
  const why = make("p", { class: "quiet", role: "status" });
  select.addEventListener("input", (event) => event.stopPropagation());
  select.addEventListener("change", (event) => {
    event.stopPropagation();
    const preset = PRESETS[Number(select.value)];
    if (select.value !== "" && preset) {
      setText(why, preset.why);
      take(preset.state);
    }
  });
  return {
    element: make("div", { class: "preset" }, make("label", { for: select.id }, "lesson"), select, why),
    /** Another lesson, of which nothing is known here. */
    forget() {
      select.value = "";
      setText(why, "");
    },
  };
}
