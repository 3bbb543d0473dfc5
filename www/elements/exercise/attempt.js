// An attempt at an exercise: the answers, and the hints and numbers that were shown.

import { sentence } from "../../parts/problem.js";
import { resultOf, withTries } from "../../parts/result.js";
import { isRight, readAnswer } from "../../state/answer.js";
import { diagnosis } from "./grading.js";
import { HINTS } from "./question.js";

/** @typedef {import("../../pkg/core.js").ExerciseQuestion} Question */
/** @typedef {import("./view.js").Progress} Progress */

export class Attempt {
  /**
   * @param {Question[]} questions
   * @param {boolean} isQuiz whether a wrong answer gets no explanation
   */
  constructor(questions, isQuiz = false) {
    this.questions = questions;
    this.isQuiz = isQuiz;
    /** @type {Progress[]} */
    this.progress = questions.map(() => ({ text: "", right: false, attempts: 0, hints: 0, shown: false, said: "" }));
  }

  get result() {
    return resultOf(this.progress);
  }

  /** The first open question, starting at this one, or this one if there is none. @param {number} index */
  openFrom(index) {
    const order = this.progress.map((_, place) => (place + index) % this.progress.length);
    return order.find((place) => !this.progress[place]?.right) ?? index;
  }

  /**
   * Checks an answer, and returns whether the text was a new answer: not empty, not checked before,
   * and a number.
   * @param {number} index
   * @param {string} text
   */
  check(index, text) {
    const [question, progress] = [this.questions[index], this.progress[index]];
    if (!question || !progress || progress.right || text.trim() === "" || text === progress.text) {
      return false;
    }
    try {
      const answer = readAnswer(text);
      const right = isRight(answer, question.answer);
      const said = right ? "Right." : this.isQuiz ? "Not right." : diagnosis(question, answer);
      this.progress[index] = { ...progress, text, right, attempts: progress.attempts + 1, said };
      return true;
    } catch (error) {
      this.progress[index] = { ...progress, text, said: sentence(/** @type {Error} */ (error).message) };
      return false;
    }
  }

  /** Takes over the attempts, hints and shown answers of another visit. @param {unknown} tries */
  resume(tries) {
    const past = Array.isArray(tries) ? tries : [];
    this.progress = this.progress.map((each, index) => withTries(each, past[index]));
    past.forEach((each, index) => each?.shown === true && this.help(index, "show"));
  }

  /**
   * Gives one more hint, or shows the answer.
   * @param {number} index
   * @param {"hint" | "show"} action
   */
  help(index, action) {
    const [question, progress] = [this.questions[index], this.progress[index]];
    if (question && progress && !this.isQuiz) {
      const shown = { text: String(question.answer), right: true, shown: true, said: "Shown." };
      this.progress[index] = action === "show" ? { ...progress, ...shown } : { ...progress, hints: Math.min(progress.hints + 1, HINTS) };
    }
  }
}
