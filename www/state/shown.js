// Characters that can't be seen, as symbols that can.

/** Usual names of what has no picture of its own. @type {Record<string, string>} */
const SYMBOLS = { " ": "␣", "\n": "⏎", "\t": "⇥", "\u007F": "␡", "\u00A0": "⍽" };

/** What leaves no ink: controls, spaces, and signs for the layout of text. */
const INVISIBLE = /[\p{Cc}\p{Cn}\p{Co}\p{Z}\p{Default_Ignorable_Code_Point}]/gu;
/** Something that a mark or an invisible sign can belong to. */
const VISIBLE = /[^\p{Cc}\p{Cn}\p{Co}\p{Z}\p{M}\p{Default_Ignorable_Code_Point}]/u;
/** Signs for the layout at the end of a character that is visible: it would look like the character without them. */
const JOINERS = /[\u200B-\u200F]+$/u;

/** A token as it is shown: a space as `␣`, a newline as `⏎`, a mark on a dotted circle, and other tokens as they are. @param {string} token */
export function shownToken(token) {
  if (VISIBLE.test(token)) {
    return token.replace(JOINERS, symbols);
  }
  const shown = symbols(token);
  return /^\p{M}/u.test(shown) ? `◌${shown}` : shown;
}

/** @param {string} text */
function symbols(text) {
  return text.replace(INVISIBLE, symbolOf);
}

/** The symbol of a character, or its number. @param {string} character */
function symbolOf(character) {
  const code = character.codePointAt(0) ?? 0;
  // Unicode has pictures of the first 32 controls, in their order.
  const picture = code < 32 ? String.fromCodePoint(0x2400 + code) : `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
  return SYMBOLS[character] ?? picture;
}
