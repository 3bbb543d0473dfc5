// A text of a person's own: pasted, or from a file.

import { inParts } from "../../../parts/background.js";
import { make, setText, uniqueId } from "../../../parts/dom.js";
import { button, keepPrivate } from "../../../parts/private.js";
import { problemLine } from "../../../parts/problem.js";
import { languageReading } from "../../../state/language.js";
import { messageOf } from "../../../state/text.js";

/** @typedef {import("../../../state/language.js").Language} Language */

/** The largest file that is opened, in bytes: longer texts are refused with a sentence, and these not even read. */
const MOST_BYTES = 4_000_000;
const CREDIT = "Your own text, which stays on this device.";

/** @param {(language: Language) => void} take */
export function ownText(take) {
  const field = keepPrivate(make("textarea", { id: uniqueId(), rows: "6", spellcheck: "false", autocomplete: "off" }));
  const file = keepPrivate(make("input", { type: "file", accept: "text/*,.txt,.md,.csv,.json" }), () => void open(file.files?.[0]));
  const { line, fail } = problemLine(field);
  const said = make("p", { class: "quiet", role: "status" });
  const element = make("div", { class: "own-text" }, make("label", { for: field.id }, "your text"), field, line, make("div", { class: "copies" }, button("Learn this text", () => void learn(field.value)), make("label", {}, "or open a file ", file)), said);
  let turn = new AbortController();

  /** @param {File | undefined} chosen */
  async function open(chosen) {
    if (chosen && chosen.size > MOST_BYTES) {
      fail(`${chosen.name} has ${chosen.size} bytes; a text may have 1 MB`);
    } else if (chosen) {
      field.value = await chosen.text();
      await learn(field.value);
    }
    // Otherwise the same file could not be chosen again.
    file.value = "";
  }

  /** A text that comes later replaces one that is still being read. @param {string} text */
  async function learn(text) {
    turn.abort();
    const own = (turn = new AbortController());
    try {
      const language = await inParts(languageReading(text, { name: "own", credit: CREDIT }), own.signal);
      if (language) {
        fail("");
        setText(said, `${language.text.length.toLocaleString("en")} characters, ${language.tokens.length} of them different. ${language.remark ?? ""}`);
        take(language);
      }
    } catch (error) {
      fail(messageOf(error));
    }
  }

  return { elements: [element], stop: () => turn.abort() };
}
