// Defines the elements beside the lab, which a page of the site loads when it comes to them.

import { makeAutograd } from "./autograd.js";
import { define } from "./define.js";
import { makeDerivative } from "./derivative.js";
import { makeExercise } from "./exercise.js";

/** @param {import("./define.js").Assets} assets */
export function defineOthers(assets) {
  define("downhill-derivative", makeDerivative, assets);
  define("downhill-autograd", makeAutograd, assets);
  define("downhill-exercise", makeExercise, assets);
}
