// The run as a program: plain Python or PyTorch, with the line of the moment marked, to copy or to
// download as a script or a notebook.

import { copyText, selectAll } from "../../../parts/clipboard.js";
import { make, setText } from "../../../parts/dom.js";
import { download } from "../../../parts/download.js";
import { button, keepPrivate } from "../../../parts/private.js";
import { isPlain } from "../../../state/data.js";
import { csvOf } from "../../../state/csv.js";
import { gallery } from "./gallery.js";
import { runNotebook } from "./notebook.js";

/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("../../../pkg/core.js").CodeLine} CodeLine */

/** A program with more data can only be downloaded. */
const MOST_SAMPLES = 500;

/** @param {import("../scene.js").Host} host @returns {import("../scene.js").View} */
export function codeView({ display, pictures }) {
  const language = keepPrivate(make("select", { "aria-label": "language" }, make("option", { value: "Python" }, "plain Python"), make("option", { value: "PyTorch" }, "PyTorch")), draw);
  const listing = make("pre", { class: "listing", tabindex: "0", role: "group", "aria-label": "program", part: "code" });
  const note = make("p", { class: "quiet" });
  const said = make("span", { class: "quiet", role: "status" });
  const take = make("div", { class: "copies" },
    button("Copy", () => copyText(text(parts()), said, () => selectAll(listing))),
    button("Script", () => offer("downhill.py", "text/x-python", text(parts()))),
    button("Notebook", () => offer("downhill.ipynb", "application/x-ipynb+json", runNotebook(parts(), shown?.state.model ?? ""))),
    button("Run as CSV", () => offer("run.csv", "text/csv", runTable())),
    button("Data as CSV", () => offer("data.csv", "text/csv", csvOf(shown?.state.data ?? {}))),
    said);
  const drawn = gallery(pictures);
  const element = make("details", { class: "code" }, make("summary", {}, "Take it home: program, data, pictures"), make("div", { class: "head" }, language), listing, note, take, drawn.element);
  /** @type {Scene | undefined} */
  let shown;
  let listed = "";
  element.addEventListener("toggle", draw);

  /** @returns {CodeLine[][]} */
  function parts() {
    return shown?.read((handle, core) => handle.script(core.Language[/** @type {"Python" | "PyTorch"} */ (language.value)], display.full ? core.Digits.Full : core.Digits.Rounded)) ?? [];
  }

  function draw() {
    if (!shown || !element.open) {
      return;
    }
    const long = shown.read((handle) => handle.samples) > MOST_SAMPLES;
    const { model, data, init } = shown.state;
    const hasTensors = !isPlain(data) || Object.values(init).some((value) => typeof value !== "number") || shown.read((_, core) => core.hasTensors(model));
    language.hidden = hasTensors;
    setText(note, long ? "With so much data the program is too long to be shown here; save it as a script." : hasTensors ? "It prints the trace below; its last digits may differ." : "It prints the trace below; where it uses only + − · ÷, squares and roots, every digit is the same.");
    const lines = long ? [] : parts().flatMap((part, index) => [...(index > 0 ? [{ text: "" }, { text: "" }] : []), ...part]);
    const now = lines.map((line) => isNow(line, shown?.now));
    const next = JSON.stringify([lines.map(({ text }) => text), now]);
    if (next !== listed) {
      listed = next;
      listing.hidden = long;
      listing.replaceChildren(...lines.flatMap(({ text }, index) => [now[index] ? make("mark", {}, text) : text, "\n"]));
      scrollTo(now.indexOf(true) / lines.length);
    }
  }

  /** Brings a part of the listing into its middle, in the listing alone. @param {number} part of its height */
  function scrollTo(part) {
    if (part >= 0) {
      listing.scrollTop = part * listing.scrollHeight - listing.clientHeight / 2;
    }
  }

  /** @param {string} name @param {string} type @param {string} content */
  function offer(name, type, content) {
    download(name, new Blob([content], { type }));
    setText(said, `saved as ${name}`);
  }

  /** The parameters, gradients and losses of every step. */
  function runTable() {
    return shown?.read(({ parameters, weights, gradients, losses, batches }) => {
      const count = parameters.length;
      const column = (/** @type {Float64Array} */ numbers, /** @type {number} */ place) => losses.map((_, step) => numbers[step * count + place] ?? NaN);
      return csvOf(Object.fromEntries([
        ["epoch", losses.map((_, step) => Math.floor(step / batches))],
        ["step", losses.map((_, step) => step)],
        ...parameters.map((name, place) => [name, column(weights, place)]),
        ...parameters.map((name, place) => [`gradient of ${name}`, column(gradients, place)]),
        ["loss", losses],
      ]));
    }) ?? "";
  }

  return {
    elements: [element],
    show(scene) {
      shown = scene;
      drawn.show();
      setText(said, "");
      draw();
    },
  };
}

/** @param {CodeLine[][]} parts */
function text(parts) {
  return parts.map((part) => part.map((line) => `${line.text}\n`).join("")).join("\n\n");
}

/** Whether a line does what happens in a phase. @param {CodeLine} line @param {Scene["now"]} phase */
function isNow({ kind, node }, phase) {
  const wanted = phase?.kind === "seed" ? "backward" : phase?.kind;
  return kind !== undefined && kind === wanted && (kind === "update" || node === phase?.node);
}
