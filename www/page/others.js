// The elements other than the lab, in one file, because one file loads faster than many.

export { makeAutograd } from "../elements/autograd/element.js";
export { makeDerivative } from "../elements/derivative/element.js";
export { makeExercise } from "../elements/exercise/element.js";
