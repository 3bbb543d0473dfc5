// Defines the elements beside the lab, which a page of the site loads when it comes to them.

import { makeAutograd } from "../elements/autograd/element.js";
import { makeDerivative } from "../elements/derivative/element.js";
import { makeExercise } from "../elements/exercise/element.js";
import { define } from "./define.js";

/** @param {import("./define.js").Assets} assets */
export function defineOthers(assets) {
  define("downhill-derivative", makeDerivative, assets);
  define("downhill-autograd", makeAutograd, assets);
  define("downhill-exercise", makeExercise, assets);
}
