// For a program that ends in its prediction: the missing loss, and a button that adds it.

import { announceEdit, make, setText } from "../../../parts/dom.js";

/** @param {HTMLTextAreaElement} field of the program */
export function lossView(field) {
  const words = make("span");
  const add = make("button", { type: "button" });
  const element = make("p", { class: "lacking", role: "status", hidden: "" }, words, " ", add);
  let line = "";
  add.addEventListener("click", () => {
    field.value = `${field.value.trimEnd()}\n${line}`;
    announceEdit(field);
  });
  return {
    element,
    /** @param {string | undefined} missing */
    show(missing) {
      line = missing ?? "";
      element.hidden = missing === undefined;
      setText(words, missing ? "The last line is what is minimised, but here it is the prediction: a loss is missing." : "");
      setText(add, `Add ${line}`);
    },
  };
}
