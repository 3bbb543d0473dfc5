// The end of a page of questions: how each section went, what to look at again, and what is kept.

// What it shares with the lab stays in the file that the lab has already fetched.
import "./elements.js";
import { make, setText } from "../parts/dom.js";
import { combined, resultOf } from "../parts/result.js";
import { KEY, asked, keptAnswers, nameOf } from "./kept.js";

/** @typedef {import("../parts/result.js").Result} Result */

/** From the rooms as from the bundler's folder, which lies beside them. */
const SHEET = new URL("../page/summary.css", import.meta.url).href;

/** What is not loaded yet is at least one question without an answer. */
const OPEN = resultOf([{ right: false, attempts: 0, hints: 0, shown: false }]);

/** Fills the place at the end of a page, and keeps it up to date. @param {Element} place */
export function summarise(place) {
  const status = make("p", { role: "status" });
  const rows = make("tbody");
  const table = make("table", {}, make("thead", {}, make("tr", {}, make("th", { scope: "col" }, "Section"), make("th", { scope: "col" }, "How it went"))), rows);
  const print = make("button", { type: "button" }, "Print");
  print.addEventListener("click", printed);
  const tell = () => {
    const results = sections();
    const all = combined(results.map(({ result }) => result));
    setText(status, sentenceOf(all));
    rows.replaceChildren(...results.map(rowOf));
    table.hidden = print.hidden = all.answered === 0;
    return all;
  };
  document.head.append(make("link", { rel: "stylesheet", href: SHEET }));
  place.replaceChildren(make("h2", {}, "Your answers"), status, table, keeper(), print);
  addEventListener("result", () => report(tell()));
  tell();
}

/** Each section with questions, and its result. */
function sections() {
  const parts = Map.groupBy(asked(), (element) => element.closest("section"));
  return [...parts].map(([section, elements]) => ({ section, result: combined(elements.map(({ result }) => (result?.questions ? result : OPEN))) }));
}

/** @param {Result} all */
function sentenceOf({ answered, correct, first, questions }) {
  return answered === 0 ? "Nothing is answered yet." : `${answered} of ${questions} answered, ${correct} of them by yourself, ${first} at the first attempt.`;
}

/** @param {ReturnType<typeof sections>[number]} section */
function rowOf({ section, result }) {
  const heading = section?.querySelector("h2")?.textContent ?? "";
  const name = section?.id ? make("a", { href: `#${section.id}` }, heading) : heading;
  return make("tr", {}, make("th", { scope: "row" }, name), make("td", {}, outcomeOf(result)));
}

/** @param {Result} result */
function outcomeOf({ questions, answered, correct, first }) {
  if (answered < questions) {
    return answered === 0 ? "open" : `${answered} of ${questions} answered`;
  }
  const again = correct < questions ? "with the answer shown: look at it again" : "after several attempts: look at it again";
  return first === questions ? "right at the first attempt" : again;
}

/** A box that keeps the answers on this device, if the reader wants it. */
function keeper() {
  const box = make("input", { type: "checkbox" });
  const remark = make("span", { role: "status" });
  const keep = () => setText(remark, keepAnswers(box.checked) ? "" : " This browser keeps nothing here: it may be in private mode, or the page in a frame.");
  box.checked = keptAnswers() !== undefined;
  box.addEventListener("change", keep);
  addEventListener("result", () => box.checked && keep());
  addEventListener("change", () => box.checked && keep());
  return make("p", {}, make("label", {}, box, " Keep my answers on this device"), remark);
}

/** Keeps the answers, or forgets them; returns whether the browser did so. @param {boolean} isWanted */
function keepAnswers(isWanted) {
  try {
    if (isWanted) {
      localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(asked().map((element, place) => [nameOf(element, place), element.state]))));
    } else {
      localStorage.removeItem(KEY);
    }
    return true;
  } catch {
    return false;
  }
}

/** Prints the summary alone, below the page's title. */
function printed() {
  document.body.classList.add("only-summary");
  addEventListener("afterprint", () => document.body.classList.remove("only-summary"), { once: true });
  window.print();
}

/** A page that contains this one in a frame gets the result, as from a single element. @param {Result} result */
function report(result) {
  if (window.parent !== window) {
    window.parent.postMessage({ type: "downhill:result", result }, "*");
  }
}
