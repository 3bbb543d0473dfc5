// A question with choices: each says when it holds, and the engine's number decides.

import { make } from "../../parts/dom.js";
import { isRight } from "../../state/answer.js";
import { TextError, readNumber } from "../../state/text.js";

/** @typedef {{ words: string, when: string, say?: string }} Choice */

/**
 * The choices of an attribute: `it grows: > 0; it shrinks: < 0`.
 * @param {string} text
 * @returns {Choice[]}
 */
export function readChoices(text) {
  return text.split(";").map((part) => part.trim()).filter(Boolean).map((part) => {
    const place = part.lastIndexOf(":");
    return { words: part.slice(0, place).trim(), when: part.slice(place + 1).trim() };
  });
}

/** The choices in a list of the page: `<li data-when="> 0">it grows</li>`. @param {Element} host @returns {Choice[]} */
export function choicesIn(host) {
  return [...host.querySelectorAll("[data-when]")].map((item) => ({ words: item.textContent?.trim() ?? "", when: item.getAttribute("data-when") ?? "", say: item.getAttribute("data-say") ?? undefined }));
}

/**
 * The only choice that holds; anything else is an error of the author.
 * @param {Choice[]} choices
 * @param {number | string} truth
 */
export function rightChoice(choices, truth) {
  const right = choices.filter(({ when }) => holds(when, truth));
  const [only] = right;
  if (!only || right.length > 1) {
    throw new TextError(`${right.length === 0 ? "no choice holds" : `${right.length} choices hold`} for ${truth}; write conditions such as > 0, < 0, = 2, 1..3`, "choices");
  }
  return only;
}

/**
 * @param {string} when
 * @param {number | string} truth
 */
function holds(when, truth) {
  const [, sign = "=", side = when] = /^([<>]=?|=)\s*(.*)$/.exec(when) ?? [];
  const [low, high] = when.split("..");
  if (typeof truth === "string") {
    return side === truth;
  }
  if (high !== undefined) {
    return truth >= readNumber(low ?? "") && truth <= readNumber(high);
  }
  const number = readNumber(side);
  return { "<": truth < number, ">": truth > number, "<=": truth <= number, ">=": truth >= number, "=": isRight(truth, number) }[sign] ?? false;
}

/** Buttons, of which one is chosen. @param {() => void} chosen */
export function choiceField(chosen) {
  const element = make("div", { class: "choices", role: "group", "aria-label": "Choose an answer" });
  let answer = "";

  function mark() {
    for (const button of element.children) {
      button.setAttribute("aria-pressed", String(button.textContent === answer));
    }
  }

  return {
    element,
    isDirect: true,
    /** @param {Choice[]} choices */
    offer(choices) {
      element.replaceChildren(...choices.map(({ words }) => {
        const button = make("button", { type: "button" }, words);
        button.addEventListener("click", () => {
          answer = words;
          mark();
          chosen();
        });
        return button;
      }));
      mark();
    },
    focus: () => /** @type {HTMLElement | null} */ (element.querySelector("button"))?.focus(),
    text: () => answer,
    write(/** @type {string} */ text) {
      answer = text;
      mark();
    },
    lock(/** @type {boolean} */ isLocked) {
      for (const button of element.querySelectorAll("button")) {
        button.disabled = isLocked;
      }
    },
  };
}
