// The view of <downhill-exercise>: the graph with the known numbers, and the questions in three
// groups.

import { make, setText } from "../../parts/dom.js";
import { formula } from "../../parts/formula.js";
import { picture } from "../../parts/picture.js";
import { sentence } from "../../parts/problem.js";
import { scrolled } from "../../parts/scroll.js";
import { questionRow } from "./question.js";

/** @typedef {import("../../pkg/core.js").ExerciseQuestion} Question */
/** @typedef {{ text: string, right: boolean, attempts: number, hints: number, shown: boolean, said: string }} Progress */

const GROUPS = /** @type {const} */ ([
  ["value", "Forward: the values, from left to right"],
  ["local", "Local derivatives, one operation at a time"],
  ["gradient", "Backward: the gradients, from right to left"],
]);

/** @param {() => void} redraw */
export function worksheet(redraw) {
  const graph = picture("graph", "Computational graph", redraw);
  const given = make("p", { class: "given" });
  const groups = make("div", { class: "groups" });
  const problem = make("p", { class: "problem general", role: "alert" });
  const score = make("p", { class: "score", role: "status" });
  const button = (/** @type {string} */ action, /** @type {string} */ text) => make("button", { type: "button", "data-action": action }, text);
  const buttons = make("div", { class: "buttons" }, button("again", "Start again"), button("another", "Another exercise"));
  const scroll = scrolled("computational graph", graph.canvas);
  const element = make("div", { class: "worksheet", part: "exercise" }, problem, given, scroll, groups, score, buttons);
  /** @type {ReturnType<typeof questionRow>[]} */
  let rows = [];

  return {
    element,
    picture: graph,
    failToStart(/** @type {string} */ message) {
      element.replaceChildren(make("p", { class: "problem general", role: "alert" }, message));
    },
    say: (/** @type {string} */ text) => setText(problem, text && sentence(text)),
    focus: (/** @type {number} */ index) => rows[index]?.focus(),

    /**
     * Shows other questions.
     * @param {import("../../engine/engine.js").Core} core
     * @param {Question[]} questions
     * @param {{ model: string, init: Record<string, number> }} state
     */
    ask(core, questions, { model, init }) {
      rows = questions.map(questionRow);
      const values = Object.entries(init).map(([name, value]) => `${core.nameMathml(name)}<mo>=</mo><mn>${core.shortNumber(value)}</mn>`);
      given.replaceChildren("Given: ", formula(values.join("<mo>,</mo><mspace width=\"0.7em\"></mspace>")), make("code", {}, model.replaceAll("\n", "; ")));
      const group = (/** @type {string} */ kind) => questions.flatMap((question, index) => (question.kind === kind ? [/** @type {any} */ (rows[index]).element] : []));
      groups.replaceChildren(...GROUPS.map(([kind, title]) => make("section", {}, make("h2", {}, title), make("ol", { class: "questions" }, ...group(kind)))));
    },

    /**
     * @param {Progress[]} progress
     * @param {{ questions: number, correct: number, answered: number, complete: boolean }} result
     */
    show(progress, { questions, correct, answered, complete }) {
      progress.forEach((each, index) => rows[index]?.show(each));
      setText(score, complete ? `All ${questions} numbers are filled in; you found ${correct} of them yourself.` : `${answered} of ${questions} numbers found.`);
    },

    /**
     * Draws the graph with the numbers that were found.
     * @param {import("../../parts/picture.js").Source<import("../../pkg/core.js").Exercise>} source
     * @param {{ questions: Question[], progress: Progress[] }} attempt
     */
    draw(source, { questions, progress }) {
      const [least = 0, height = 0] = source.read((handle) => handle.extent(graph.size().width));
      Object.assign(graph.canvas.style, { minWidth: `${Math.ceil(0.8 * least)}px`, height: `${Math.ceil(height)}px` });
      const found = (/** @type {string} */ kind) => Uint32Array.from(questions.flatMap((question, index) => (question.kind === kind && progress[index]?.right ? [question.node] : [])));
      graph.show(source, (handle, _, paper, colours) => handle.draw(paper, colours, found("value"), found("gradient")));
      graph.describe(`Computational graph of the exercise; ${progress.filter(({ right }) => right).length} numbers are in it.`);
    },
  };
}
