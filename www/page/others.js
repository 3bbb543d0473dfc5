// What comes after the lab, in one file, because one file loads faster than many: the other elements,
// and text that can be touched.

// What they share with the lab stays in the file that the lab has already fetched.
import "./elements.js";

export { makeAutograd } from "../elements/autograd/element.js";
export { makeDerivative } from "../elements/derivative/element.js";
export { makeExercise } from "../elements/exercise/element.js";
export { makeQuestion } from "../elements/question/element.js";
export { touch } from "./prose/touch.js";
