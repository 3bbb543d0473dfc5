// One class: its name, its picture files and its pictures.

import { make, setText, uniqueId } from "../../../parts/dom.js";
import { button, keepPrivate } from "../../../parts/private.js";
import { problemLine } from "../../../parts/problem.js";
import { counted } from "../../../state/text.js";
import { strip } from "./strip.js";

/** @typedef {import("./collection.js").Group} Group */
/** @typedef {import("./collection.js").Collection} Collection */

/** The longest name of a class. */
const LONGEST = "30";

/**
 * @param {Group} group
 * @param {object} acts
 * @param {() => void} acts.add adds the drawing
 * @param {() => void} acts.renamed
 * @param {(files: File[]) => void} acts.load
 * @param {(place: number) => void} acts.remove a picture
 * @param {() => void} acts.drop the class
 */
export function groupView(group, { add, renamed, load, remove, drop }) {
  const field = make("input", { type: "text", id: uniqueId(), maxlength: LONGEST, autocomplete: "off" });
  const label = make("label", { for: field.id });
  const file = make("input", { type: "file", accept: "image/*", multiple: "" });
  const [named, filed] = [problemLine(field), problemLine(file)];
  const count = make("span", { class: "quiet" });
  const [adder, away] = [button("", add), button("×", drop)];
  const pictures = strip(remove);
  const progress = make("p", { class: "quiet" });
  const element = make("div", { class: "group", role: "group" }, make("div", { class: "head" }, label, field, count, away), named.line, make("label", { class: "quiet files" }, "Load picture files, or drop them here ", file), filed.line, progress, ...pictures.elements);
  field.value = group.name;
  // Names are taken when they are complete, since new ones begin another training.
  keepPrivate(field, () => {
    group.name = field.value;
    renamed();
  });
  keepPrivate(file, () => {
    const files = [...(file.files ?? [])];
    // The same file can be chosen again.
    file.value = "";
    load(files);
  });
  element.addEventListener("dragover", (event) => event.preventDefault());
  element.addEventListener("drop", dropped);

  /** @param {DragEvent} event */
  function dropped(event) {
    event.preventDefault();
    load([...(event.dataTransfer?.files ?? [])]);
  }

  return {
    element,
    /** The button that adds the drawing. */
    adder,
    focus: () => field.focus(),
    /** Says what is wrong with files. @param {string} message */
    fail: (message) => filed.fail(message),
    /** Says which file is being read. @param {string} text */
    tell: (text) => setText(progress, text),
    /** @param {number} place @param {string} name that is used @param {Collection} collection */
    show(place, name, collection) {
      setText(adder, `Add to “${name}”`);
      setText(label, `Class ${place + 1}`);
      named.fail(group.name.trim() === name ? "" : `${group.name.trim() ? "another class has this name" : "a name is missing"}; this one is called “${name}”`);
      setText(count, counted(group.pictures.length, "picture"));
      element.setAttribute("aria-label", `class ${name}`);
      file.setAttribute("aria-label", `picture files of ${name}`);
      away.setAttribute("aria-label", `remove the class ${name}`);
      away.hidden = collection.groups.length <= 2;
      pictures.show(group.pictures, name, collection);
    },
  };
}
