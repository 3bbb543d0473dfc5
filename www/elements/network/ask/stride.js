// The step size of the descent in the picture.

import { keepPrivate } from "../../../parts/private.js";
import { slider } from "../../../parts/slider.js";
import { logarithmic } from "../../../state/scale.js";
import { TextError, messageOf } from "../../../state/text.js";

/** About twenty steps make one digit another one. */
const USUAL = 0.02;

export function stride() {
  const control = slider({ key: "stride", label: "step size", symbol: "", scale: logarithmic(0.001, 10) });
  let rate = USUAL;
  control.show(rate);
  keepPrivate(control.element).addEventListener("input", ({ target }) => take(target));

  /** Takes what is typed or dragged; a wrong text stays, with what is wrong with it. @param {EventTarget | null} target */
  function take(target) {
    try {
      const value = control.read(target);
      if (value <= 0) {
        throw new TextError("the step size must be greater than 0");
      }
      rate = value;
      control.fail("");
      control.show(value);
    } catch (error) {
      control.fail(messageOf(error));
    }
  }

  return { element: control.element, rate: () => rate };
}
