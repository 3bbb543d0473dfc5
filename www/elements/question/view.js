// The view of <downhill-question>: what is asked, the field for the answer, and what is said of it.

import { make, setText } from "../../parts/dom.js";
import { sentence } from "../../parts/problem.js";
import { choiceField } from "./choice.js";
import { numberField } from "./number.js";
import { placeField } from "./place.js";
import { sketchField } from "./sketch.js";

/** @typedef {{ text: string, right: boolean, attempts: number, hints: number, shown: boolean, said: string }} Progress */
/** @typedef {keyof typeof FIELDS} Kind */

/** The kinds of questions, and their fields. */
export const FIELDS = {
  number: (/** @type {Acts} */ _acts) => numberField(),
  choice: (/** @type {Acts} */ { check }) => choiceField(check),
  place: (/** @type {Acts} */ { redraw }) => placeField(redraw),
  curve: (/** @type {Acts} */ { changed }) => sketchField(changed),
};

/** @typedef {{ check: () => void, redraw: () => void, changed: () => void }} Acts */

/** @param {Acts} acts */
export function questionView(acts) {
  const prompt = make("div", { class: "prompt" }, make("slot"));
  const problem = make("p", { class: "problem general", role: "alert" });
  const room = make("div", { class: "room" });
  const button = (/** @type {string} */ action, /** @type {string} */ text) => make("button", { type: "button", "data-action": action, disabled: "" }, text);
  const [check, show, again] = [button("check", "Check"), button("show", "Show me"), button("again", "Try again")];
  const said = make("p", { class: "feedback", role: "status" });
  const element = make("div", { class: "query", part: "question", role: "group" }, prompt, problem, make("div", { class: "answer" }, room, check, show, again), said, make("slot", { name: "why" }));
  /** @type {Kind | undefined} */
  let kind;
  /** @type {any} */
  let field = numberField();

  return {
    element,
    get field() {
      return field;
    },
    failToStart(/** @type {string} */ message) {
      setText(problem, message);
    },
    say: (/** @type {string} */ text) => setText(problem, text && sentence(text)),
    /** What a frame's address asks stands where a page has its own words. @param {string} ask @param {string} name */
    ask(ask, name) {
      prompt.replaceChildren(ask ? make("p", {}, ask) : make("slot"));
      element.setAttribute("aria-label", `Question: ${ask || name}`.slice(0, 300));
    },
    /** @param {Kind} next */
    take(next) {
      if (next !== kind) {
        field.picture?.disconnect();
        kind = next;
        field = FIELDS[next](acts);
        room.replaceChildren(field.element);
        field.picture?.connect();
      }
    },
    /** Before the engine is there, nothing can be answered. @param {boolean} isReady */
    open(isReady) {
      for (const each of [check, show, again]) {
        each.disabled = !isReady;
      }
    },
    /** @param {Progress} progress @param {boolean} isQuiz */
    show({ text, right, said: words }, isQuiz) {
      if (field.text() !== text) {
        field.write(text);
      }
      field.lock(right);
      check.hidden = right || field.isDirect;
      show.hidden = right || isQuiz;
      again.hidden = !right || isQuiz;
      element.classList.toggle("right", right);
      setText(said, words);
    },
  };
}
