// A text in a PyTorch program: as it is read where each character is a token, otherwise as numbers.

import { base64 } from "../../../state/base64.js";
import { textOf } from "../../../state/language.js";
import { LEFT_OUT } from "../home/script.js";

/** @typedef {import("../../../state/language.js").Language} Language */
/** @typedef {import("../home/script.js").Run<Language>} Run */

/** @type {import("../home/script.js").Kind<Language>} */
export const TEXT_HOME = {
  file: "downhill-text",
  words: ["window", "windows"],
  lengthOf: ({ text }) => text.length,
  outline: (run) => described(run, LEFT_OUT, LEFT_OUT),
  samplesOf(run, training) {
    const { text, training: end } = run.data;
    const parts = [text.subarray(0, training * run.state.window + 1), text.subarray(end)];
    const [learned = "", tested = ""] = parts.map((part) => (isSingle(run.data) ? textOf(run.data, part) : base64(Uint8Array.from(part))));
    return described(run, learned, tested);
  },
};

/** @param {Run} run @param {string} learned @param {string} tested @returns {import("../home/script.js").Samples} */
function described({ data, state }, learned, tested) {
  return { kind: "text", window: state.window, tokens: data.tokens, learned, tested, encoded: !isSingle(data) };
}

/** Whether each token is a character of Python; half of a surrogate pair is none. @param {Language} language */
function isSingle({ tokens }) {
  return tokens.every((token) => /^[^\p{Cs}]$/u.test(token));
}
