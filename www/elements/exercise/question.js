// A question for one number: its formula, a field, and the feedback.

import { make, setText, uniqueId } from "../../parts/dom.js";
import { formula } from "../../parts/formula.js";
import { RULES } from "./grading.js";

/** @typedef {import("../../pkg/core.js").ExerciseQuestion} Question */

/** The number of hints: the rule, in symbols, in numbers. */
export const HINTS = 3;

/**
 * @param {Question} question
 * @param {number} index
 */
export function questionRow(question, index) {
  const field = make("input", { type: "text", id: uniqueId(), inputmode: "text", autocomplete: "off", spellcheck: "false", "data-answer": String(index), "aria-label": question.name });
  const mark = make("span", { class: "mark", "aria-hidden": "true" });
  const button = (/** @type {string} */ action, /** @type {string} */ text) => make("button", { type: "button", "data-action": action, "data-question": String(index) }, text, make("span", { class: "spoken" }, ` for the ${question.name}`));
  const [hint, show] = [button("hint", "hint"), button("show", "show")];
  const said = make("p", { class: "feedback", role: "status", id: uniqueId() });
  const help = make("p", { class: "help" });
  field.setAttribute("aria-describedby", said.id);
  const element = make("li", { class: "question" }, make("label", { for: field.id }, formula(`${question.label}<mo>=</mo>`, "large")), field, mark, hint, show, said, help);
  return {
    element,
    focus: () => field.focus(),
    /**
     * @param {{ text: string, right: boolean, hints: number, said: string }} state
     */
    show(state) {
      if (field.value !== state.text) {
        field.value = state.text;
      }
      field.readOnly = state.right;
      setText(mark, state.right ? "✓" : "");
      element.classList.toggle("right", state.right);
      hint.hidden = state.right || state.hints >= HINTS;
      show.hidden = state.right || state.hints < HINTS;
      setText(said, state.said);
      const hints = [RULES[question.kind], formula(question.symbols), formula(question.numbers)];
      help.replaceChildren(...hints.slice(0, state.hints).flatMap((part, place) => (place > 0 ? [" = ".repeat(Number(place > 1)) || " ", part] : [part])));
    },
  };
}
