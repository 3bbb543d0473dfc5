// What happens in a phase, in mathematical notation: a value forward, products backward.

import { make } from "../../../parts/dom.js";
import { partial, setFormula } from "../../../parts/formula.js";
import { tensorMathml } from "../tensorwords.js";

/** @typedef {import("../../../pkg/core.js").PhaseStep} PhaseStep */
/** @typedef {import("../../../pkg/core.js").PhaseEdge} PhaseEdge */
/** @typedef {import("../../../engine/engine.js").Core} Core */

/** The most inputs of which a step tells. */
const LINES = 3;

export function stepSentences() {
  const lines = Array.from({ length: LINES }, () => make("p", { class: "sentence" }));
  const words = make("p", { class: "quiet" });
  const element = make("div", { class: "step", part: "step", role: "status" }, words, ...lines);
  return {
    element,
    /** While it plays, nothing is read aloud. @param {boolean} playing */
    setPlaying: (playing) => element.setAttribute("aria-live", playing ? "off" : "polite"),
    /** @param {import("../scene.js").Scene} scene */
    show(scene) {
      const { now: step, last } = scene;
      element.hidden = step === undefined;
      const formulas = step ? scene.read((_, core) => sentences(core, step, last)) : [];
      words.textContent = step ? WORDS[step.kind] : "";
      lines.forEach((line, index) => {
        line.hidden = formulas[index] === undefined;
        setFormula(line, formulas[index] ?? "", "large");
      });
    },
  };
}

const WORDS = {
  start: "The data and the parameters are known; nothing is computed yet.",
  forward: "Forward: the value of one operation.",
  seed: "Backward: the derivative of the output with respect to itself is 1.",
  backward: "Backward: the upstream gradient times the local derivative.",
  update: "The parameters move against their gradients.",
};

/**
 * @param {Core} core
 * @param {PhaseStep} step
 * @param {string} last
 * @returns {string[]} MathML
 */
function sentences(core, step, last) {
  const output = core.nameMathml(last);
  if (step.kind === "seed") {
    return [`${derivative(output, output)}<mo>=</mo><mn>1</mn>`];
  }
  if (step.shares && step.shape && step.values) {
    return ofTensors(core, output, step);
  }
  if (step.kind === "forward") {
    const head = step.name === undefined ? "" : `${step.of}<mo>=</mo>`;
    return [`${head}${step.formula}<mo>=</mo>${step.numbers}<mo>=</mo>${number(core, step.value ?? NaN)}`];
  }
  return step.edges.map((edge) => backward(core, output, step, edge));
}

/**
 * k = relu(h): shape (8, 4, 4), from 0 to 2; backward the gradient of each input.
 * @param {Core} core
 * @param {string} output
 * @param {PhaseStep} step
 */
function ofTensors(core, output, { kind, name, of = "", formula = "", shape = [], values = new Float64Array(), shares = [] }) {
  if (kind === "forward") {
    return [`${name === undefined ? "" : `${of}<mo>=</mo>`}${formula}${tensorMathml(core, shape, values)}`];
  }
  return shares.slice(0, LINES).map((share) => `${derivative(output, share.by)}${tensorMathml(core, share.shape, share.values)}`);
}

/**
 * ∂loss/∂ŷ = ∂loss/∂s · ∂s/∂ŷ = −2 · 1 = −2, and the sum if the value is used several times.
 * @param {Core} core
 * @param {string} output
 * @param {PhaseStep} step
 * @param {PhaseEdge} edge
 */
function backward(core, output, { of = "", upstream = NaN }, edge) {
  const { by, derivative: formula = "", local, product, before, total, uses } = edge;
  const symbols = `${derivative(output, of)}<mo>⋅</mo>${derivative(of, by)}`;
  const rule = formula.includes("<mi>") ? `<mo>=</mo>${factor(core, upstream)}<mo>⋅</mo>${wrapped(formula)}` : "";
  const numbers = `${factor(core, upstream)}<mo>⋅</mo>${factor(core, local)}<mo>=</mo>${number(core, product)}`;
  const sum = before === undefined ? "" : `<mo>,</mo><mspace width="1em"></mspace>${derivative(output, by)}<mo>=</mo>${number(core, before)}<mo>+</mo>${factor(core, product)}<mo>=</mo>${number(core, total)}`;
  // The first of several shares is not the gradient yet.
  const head = uses > 1 ? "" : `${derivative(output, by)}<mo>=</mo>`;
  return `${head}${symbols}${rule}<mo>=</mo>${numbers}${sum}`;
}

/** @param {string} of @param {string} by */
function derivative(of, by) {
  return partial(wrapped(of), wrapped(by));
}

/** A formula that is more than a name or a number, in parentheses. @param {string} formula */
function wrapped(formula) {
  return /<mo>[+−]|&#x2062;|<mo>⋅/.test(formula) ? `<mrow><mo>(</mo>${formula}<mo>)</mo></mrow>` : formula;
}

/** @param {Core} core @param {number} value */
function number(core, value) {
  return `<mn>${core.shortNumber(value)}</mn>`;
}

/** A number in a product: one with a sign is in parentheses. @param {Core} core @param {number} value */
function factor(core, value) {
  return value < 0 ? `<mrow><mo>(</mo>${number(core, value)}<mo>)</mo></mrow>` : number(core, value);
}
