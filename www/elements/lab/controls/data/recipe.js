// Data made by a formula in x, with noise.

import { make, uniqueId } from "../../../../parts/dom.js";
import { button, keepPrivate } from "../../../../parts/private.js";
import { problemLine } from "../../../../parts/problem.js";
import { TextError, readNumber } from "../../../../state/text.js";

/**
 * @param {() => Promise<import("../../../../engine/engine.js").Core | undefined>} core
 * @param {(columns: import("../../../../state/data.js").Columns) => void} take
 */
export function recipeForm(core, take) {
  const fields = [
    input("y =", "2*x + 1"),
    input("x from", "-2"),
    input("to", "2"),
    input("samples", "20"),
    input("noise", "0.3"),
    input("seed of the noise", "0"),
  ];
  const [formula, low, high, count, noise, seed] = fields.map(({ field }) => field);
  const act = button("Generate", () => attempt(generate));
  const { line, fail } = problemLine(act);
  const element = keepPrivate(make("details", { class: "recipe" }, make("summary", {}, "Generate data"), ...fields.map(({ element }) => element), act, line));

  async function generate() {
    const engine = await core();
    const numbers = [low, high, count, noise, seed].map((field) => readNumber(field?.value ?? ""));
    const [from = 0, to = 1, samples = 1, deviation = 0, number = 0] = numbers;
    const made = [...(engine?.generate(formula?.value ?? "", from, to, samples, deviation, number) ?? [])];
    take({ x: made.slice(0, samples), y: made.slice(samples) });
  }

  /** What is refused comes as a TextError, or from the engine as a problem. @param {() => Promise<void>} work */
  async function attempt(work) {
    try {
      fail("");
      await work();
    } catch (error) {
      const message = /** @type {{ message?: string }} */ (error).message;
      if (message === undefined || (error instanceof Error && !(error instanceof TextError))) {
        throw error;
      }
      fail(message);
    }
  }

  return { element };
}

/** @param {string} name @param {string} value */
function input(name, value) {
  const field = make("input", { type: "text", id: uniqueId(), value, autocomplete: "off", spellcheck: "false" });
  return { field, element: make("div", { class: "setting" }, make("label", { for: field.id }, name), field) };
}
