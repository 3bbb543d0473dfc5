// Copying a formula in one of its notations.

import { copyText } from "../../parts/clipboard.js";
import { make, setText } from "../../parts/dom.js";

/** @type {[keyof import("../../pkg/core.js").Formula, string][]} */
const NOTATIONS = [["text", "text"], ["latex", "LaTeX"], ["python", "Python"], ["mathml", "MathML"]];

export function copyRow() {
  /** @type {import("../../pkg/core.js").Formula | undefined} */
  let formula;
  const said = make("span", { role: "status" });
  // Where the clipboard is refused, the text can be selected here.
  const field = make("textarea", { class: "copied", rows: "2", readonly: "", hidden: "", "aria-label": "the formula to copy" });
  const buttons = NOTATIONS.map(([notation, name]) => {
    const button = make("button", { type: "button" }, name);
    button.addEventListener("click", () => copy(notation, name));
    return button;
  });

  /**
   * @param {keyof import("../../pkg/core.js").Formula} notation
   * @param {string} name
   */
  async function copy(notation, name) {
    const plain = formula?.[notation] ?? "";
    const text = notation === "mathml" ? `<math xmlns="http://www.w3.org/1998/Math/MathML">${plain}</math>` : plain;
    field.value = text;
    field.hidden = await copyText(text, said, () => {
      field.hidden = false;
      field.select();
    });
    if (field.hidden) {
      setText(said, `copied as ${name}`);
    }
  }

  return {
    element: make("div", { class: "copies" }, make("span", { class: "quiet" }, "Copy as"), ...buttons, said, field),
    /** @param {import("../../pkg/core.js").Formula} next */
    show(next) {
      formula = next;
      field.hidden = true;
      setText(said, "");
    },
  };
}
