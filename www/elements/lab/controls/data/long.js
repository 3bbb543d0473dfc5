// A text that is too long for its field: the field is read-only and shows the beginning, and a
// sentence explains how to get the rest.

import { make, setText, uniqueId } from "../../../../parts/dom.js";
import { button } from "../../../../parts/private.js";

/** The longest text that a field holds, in UTF-16 units: with a longer one the layout takes so long that the page freezes. */
export const LONGEST = 50_000;
/** The maximum number of lines and of characters that are shown of a longer text. */
const LINES = 20;
const CHARACTERS = 1_000;

const COPY = "To copy all of it, select everything in the field and copy.";
const ANOTHER = "paste another text, or open another file";

/** @param {string} text */
export function isLong(text) {
  return text.length > LONGEST;
}

/**
 * @param {HTMLTextAreaElement} field
 * @param {() => void} emptied called when a person wants to type again
 */
export function longText(field, emptied) {
  const note = make("p", { class: "quiet", id: uniqueId(), role: "status" });
  const empty = button("Empty the field", () => {
    emptied();
    field.focus();
  }, { hidden: "" });
  const element = make("div", { class: "long" }, note, empty);
  /** The whole text, while the field shows its beginning. @type {(() => string) | undefined} */
  let whole;
  field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby")} ${note.id}`);
  field.addEventListener("copy", copied);

  /** @param {ClipboardEvent} event */
  function copied(event) {
    if (whole && field.selectionStart === 0 && field.selectionEnd === field.value.length) {
      event.preventDefault();
      event.clipboardData?.setData("text/plain", whole());
    }
  }

  /** @param {(() => string) | undefined} text */
  function standFor(text) {
    whole = text;
    field.readOnly = text !== undefined;
    empty.hidden = text === undefined;
  }

  return {
    element,
    /** Whether the field shows the beginning of a text. */
    isShown: () => whole !== undefined,
    /** Shows the beginning of a text. @param {string} beginning @param {() => string} text the whole of it */
    show(beginning, text) {
      field.value = `${beginning.slice(0, CHARACTERS).split(/\r\n|\r|\n/, LINES).join("\n")}\n…`;
      standFor(text);
    },
    end() {
      standFor(undefined);
      setText(note, "");
    },
    sayReading: () => setText(note, `Reading ${sizeOf(whole?.() ?? "")} …`),
    /** What the text means. @param {number} samples @param {boolean} inAddress whether an address can hold them */
    sayData(samples, inAddress) {
      const address = inAddress ? "" : " An address can’t hold so many: “Data as CSV” saves them.";
      setText(note, `The data has ${counted(samples)} samples; the field shows the first of them. ${COPY} To change them, ${ANOTHER}.${address}`);
    },
    sayText: () => setText(note, `The text has ${sizeOf(whole?.() ?? "")}; the field shows the first of them. ${COPY} To change it, ${ANOTHER}.`),
  };
}

/** The lines of a text, or where it has only one its characters. @param {string} text */
function sizeOf(text) {
  const trimmed = text.trimEnd();
  let lines = 1;
  for (let end = trimmed.indexOf("\n"); end >= 0; end = trimmed.indexOf("\n", end + 1)) {
    lines += 1;
  }
  return lines === 1 ? `${counted(text.length)} characters` : `${counted(lines)} lines`;
}

/** With a comma after every three digits. @param {number} count */
function counted(count) {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}
