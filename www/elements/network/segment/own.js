// Where a person gives the first pictures of their own, or opens a project.

import { make, setText } from "../../../parts/dom.js";
import { keepPrivate } from "../../../parts/private.js";
import { sentence } from "../../../parts/problem.js";
import { messageOf } from "../../../state/text.js";
import { addFiles, emptyProject } from "./adding.js";
import { PROJECT, workIn } from "./files.js";

/** @typedef {import("./element.js").Acts} Acts */

/** @param {Acts} acts */
export function ownPictures({ take, open }) {
  const pictures = keepPrivate(make("input", { type: "file", accept: "image/*", multiple: "" }), () => void attempt(() => add(takenFrom(pictures))));
  const project = keepPrivate(make("input", { type: "file", accept: PROJECT }), () => void attempt(() => openFirst(takenFrom(project))));
  const problem = make("p", { class: "problem", role: "alert" });
  const element = make("div", { class: "own-pictures", tabindex: "0", role: "group", "aria-label": "pictures of your own" },
    make("p", { class: "quiet" }, "Choose pictures, drop them here, or click here and paste one. They are made smaller, and stay on this device."),
    make("div", { class: "copies" }, make("label", {}, "Add pictures ", pictures), make("label", {}, "or open a project ", project)), problem);
  element.addEventListener("dragover", (event) => event.preventDefault());
  element.addEventListener("drop", (event) => offer(event, event.dataTransfer));
  element.addEventListener("paste", (event) => offer(event, event.clipboardData));

  /** @param {Event} event @param {DataTransfer | null} data */
  function offer(event, data) {
    const files = [...(data?.files ?? [])];
    if (files.length > 0) {
      event.preventDefault();
      void attempt(() => add(files));
    }
  }

  /** @param {File[]} files */
  async function add(files) {
    const first = emptyProject();
    const wrong = await addFiles(first, files);
    if (first.shots.length > 0) {
      take(first);
    }
    return wrong;
  }

  /** @param {File[]} files */
  async function openFirst([file]) {
    if (file) {
      open(await workIn(file));
    }
    return "";
  }

  /** Does something, and says what went wrong. @param {() => Promise<string>} work */
  async function attempt(work) {
    setText(problem, "");
    try {
      setText(problem, sentence(await work()));
    } catch (error) {
      setText(problem, sentence(messageOf(error)));
    }
  }

  return { elements: [element], stop() {} };
}

/** The files of a field, which is then empty, so that the same file can be chosen again. @param {HTMLInputElement} field */
function takenFrom(field) {
  const files = [...(field.files ?? [])];
  field.value = "";
  return files;
}
