// The elements beside the lab, in one file: few files are fetched sooner than many.

export { makeAutograd } from "../elements/autograd/element.js";
export { makeDerivative } from "../elements/derivative/element.js";
export { makeExercise } from "../elements/exercise/element.js";
