// The network to take home: a PyTorch program that prints the same losses, and the weights as a file, out and in.

import { copyText, selectAll } from "../../../parts/clipboard.js";
import { make, setText } from "../../../parts/dom.js";
import { download } from "../../../parts/download.js";
import { button } from "../../../parts/private.js";
import { counted } from "../../../state/text.js";
import { networkNotebook } from "./notebook.js";
import { scriptParts } from "./script.js";
import { weightsControl } from "./weights.js";

/** @typedef {import("../scene.js").AnyScene} Scene */
/** @typedef {import("./script.js").Kind<any>} Kind */

/** With more pixels or characters, the program is too long for a clipboard. */
const MOST_COPIED = 200_000;

/** How often the program is written anew during a training, in milliseconds. */
const PAUSE = 500;

/**
 * @param {import("../scene.js").HostOf<any>} host
 * @param {Kind} kind what is learned
 * @returns {import("../scene.js").ViewOf<any>}
 */
export function homeView(host, kind) {
  const { file, words } = kind;
  const note = make("p", { class: "quiet" });
  const listing = make("pre", { class: "listing", tabindex: "0", role: "group", "aria-label": "program", part: "code" });
  const said = make("span", { class: "quiet", role: "status" });
  const copy = button("Copy", () => copyText(text(), said, selectWhole));
  const take = make("div", { class: "copies" }, copy,
    button("Script", () => offer(`${file}.py`, "text/x-python", text())),
    button("Notebook", () => offer(`${file}.ipynb`, "application/x-ipynb+json", networkNotebook(parts(true), host.scene()?.state.model ?? "", words))),
    said);
  const weights = weightsControl(host, `${file}.safetensors`);
  const element = make("details", { class: "code" }, make("summary", {}, "Take it home: PyTorch, notebook, weights"), note, listing, take, ...weights.elements);
  element.addEventListener("toggle", () => show(host.scene()));
  /** What is listed, and when it was written. @type {Scene | undefined} */
  let listed;
  let written = -PAUSE;

  /** @param {boolean} whole */
  function parts(whole) {
    const scene = host.scene();
    return scene ? scriptParts(scene.core, kind, { ...scene, parameters: scene.network.parameters }, whole) : [];
  }

  function text() {
    return joined(parts(true));
  }

  /** Shows the whole program, so that it can be copied by hand. */
  function selectWhole() {
    setText(listing, text());
    listed = undefined;
    selectAll(listing);
  }

  /** @param {string} name @param {string} type @param {string} content */
  function offer(name, type, content) {
    download(name, new Blob([content], { type }));
    setText(said, `saved as ${name}`);
  }

  /** @param {Scene | undefined} scene */
  function show(scene) {
    const isEarly = scene?.isRunning && performance.now() - written < PAUSE;
    if (!scene || !element.open || isEarly || isSame(scene, listed)) {
      return;
    }
    listed = { ...scene };
    written = performance.now();
    // Without samples there is no program.
    const missing = scene.task.live?.missing() ?? "";
    [listing, take].forEach((part) => part.toggleAttribute("hidden", missing !== ""));
    if (missing) {
      setText(note, missing);
      return;
    }
    copy.hidden = kind.lengthOf(scene.data) > MOST_COPIED;
    setText(note, noteOf(scene, words));
    setText(said, "");
    setText(listing, joined(parts(false)));
  }

  return { elements: [element], show };
}

/** Whether nothing has changed that the program depends on. @param {Scene} scene @param {Scene | undefined} listed */
function isSame(scene, listed) {
  return listed !== undefined && scene.steps === listed.steps && scene.state === listed.state && scene.data === listed.data && scene.initial === listed.initial;
}

/** @param {Scene} scene @param {Kind["words"]} words */
function noteOf({ steps, state, task }, [, many]) {
  const what = steps > 0 ? `takes the same ${counted(steps, "step")}` : "takes the steps of one epoch";
  const digits = state.precision === "float32" ? "about six digits" : "all but the last digits";
  const live = task.live ? " What was painted while it trained is there from the first step on: for the same losses, press Reset, and train without painting." : "";
  return `This program ${what} from the same initial weights, on the same ${many} in the same order. It prints the same losses: ${digits} agree.${live} The lines with dots stand for data, which the script and the notebook contain.`;
}

/** @param {string[]} parts */
function joined(parts) {
  return `${parts.join("\n\n\n")}\n`;
}
