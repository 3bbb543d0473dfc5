// The results of questions and exercises, for grading in a course.

/**
 * @typedef {object} Result
 * @property {number} questions
 * @property {number} answered
 * @property {number} correct
 * @property {number} first correct at the first attempt, without a hint
 * @property {number} attempts
 * @property {number} hints
 * @property {number} score from 0 to 1
 * @property {boolean} complete
 */

/**
 * An answer that was shown counts as answered, but not as correct.
 * @param {{ right: boolean, attempts: number, hints: number, shown: boolean }[]} progress
 * @returns {Result}
 */
export function resultOf(progress) {
  const answered = progress.filter(({ right }) => right).length;
  const correct = progress.filter(({ right, shown }) => right && !shown).length;
  const sum = (/** @type {"attempts" | "hints"} */ key) => progress.reduce((total, each) => total + each[key], 0);
  const first = progress.filter(({ right, shown, attempts, hints }) => right && !shown && attempts === 1 && hints === 0).length;
  return withScore({ questions: progress.length, answered, correct, first, attempts: sum("attempts"), hints: sum("hints") });
}

/**
 * What the answers alone do not say, for another visit: attempts, hints, and whether the answer was shown.
 * @param {{ attempts: number, hints: number, shown: boolean }[]} progress
 */
export function triesOf(progress) {
  return progress.map(({ attempts, hints, shown }) => ({ attempts, hints, shown }));
}

/**
 * Progress with the counts of another visit; what can't be read is left out.
 * @template {{ attempts: number, hints: number }} Progress
 * @param {Progress} progress
 * @param {unknown} given
 */
export function withTries(progress, given) {
  const { attempts, hints } = Object(given);
  const count = (/** @type {unknown} */ number, /** @type {number} */ known) => (Number.isSafeInteger(number) ? Math.max(known, Number(number)) : known);
  return { ...progress, attempts: count(attempts, progress.attempts), hints: count(hints, progress.hints) };
}

/** The result of several elements together. @param {Result[]} results */
export function combined(results) {
  const sum = (/** @type {"questions" | "answered" | "correct" | "first" | "attempts" | "hints"} */ key) => results.reduce((total, each) => total + each[key], 0);
  return withScore({ questions: sum("questions"), answered: sum("answered"), correct: sum("correct"), first: sum("first"), attempts: sum("attempts"), hints: sum("hints") });
}

/** @param {Omit<Result, "score" | "complete">} counts @returns {Result} */
function withScore(counts) {
  const { questions, answered, correct } = counts;
  return { ...counts, score: questions > 0 ? correct / questions : 0, complete: questions > 0 && answered === questions };
}
