// The pictures of a project side by side: which one is shown, which are kept for the test.

import { make, setText } from "../../../../parts/dom.js";
import { button, keepPrivate, privateBox } from "../../../../parts/private.js";
import { sentence } from "../../../../parts/problem.js";
import { pictureCanvas } from "./overlay.js";

/** @typedef {import("../../../../state/segment/project.js").Shot} Shot */

/**
 * @param {object} acts
 * @param {(place: number) => void} acts.chosen
 * @param {(shot: Shot, isTest: boolean) => void} acts.testChanged
 * @param {(place: number) => void} acts.remove
 * @param {(files: File[]) => Promise<string>} acts.add adds picture files, and says what is wrong; empty if nothing
 */
export function stripView({ chosen, testChanged, remove, add }) {
  const list = make("div", { class: "strip", role: "group", "aria-label": "pictures" });
  const file = keepPrivate(make("input", { type: "file", accept: "image/*", multiple: "" }), () => void take([...(file.files ?? [])]));
  const test = privateBox("for the test", (checked) => shown && testChanged(shown, checked));
  const box = /** @type {HTMLInputElement} */ (test.querySelector("input"));
  const drop = button("Remove this picture", () => remove(place));
  const problem = make("p", { class: "problem", role: "alert" });
  const more = make("details", {}, make("summary", {}, "Add or remove pictures"), make("div", { class: "choices" }, test, drop, make("label", {}, "Add pictures ", file)));
  const element = make("div", { class: "pictures" }, list, more, problem);
  /** @type {Shot[]} */
  let shots = [];
  /** @type {Shot | undefined} */
  let shown;
  let place = 0;
  let drawn = "";
  let isOwn = false;
  /** The small pictures are drawn once: a project may have many. @type {WeakMap<Shot, HTMLCanvasElement>} */
  const small = new WeakMap();
  element.addEventListener("dragover", (event) => event.preventDefault());
  element.addEventListener("drop", (event) => {
    event.preventDefault();
    void take([...(event.dataTransfer?.files ?? [])]);
  });
  element.addEventListener("paste", (event) => {
    const files = [.../** @type {ClipboardEvent} */ (event).clipboardData?.files ?? []];
    if (files.length > 0) {
      event.preventDefault();
      void take(files);
    }
  });

  /** @param {File[]} files */
  async function take(files) {
    setText(problem, "");
    setText(problem, sentence(files.length > 0 ? await add(files) : ""));
    // Otherwise the same file could not be chosen again.
    file.value = "";
  }

  /** @param {Shot} shot @param {number} number */
  function item(shot, number) {
    const canvas = small.get(shot) ?? pictureCanvas(shot);
    small.set(shot, canvas);
    const each = button("", () => chosen(number), { "aria-pressed": String(number === place), class: "thumbnail" });
    each.append(canvas, make("span", {}, shot.isTest ? `${shot.name} (test)` : shot.name));
    return each;
  }

  return {
    elements: [element],
    /** @param {{ shots: Shot[], place: number, isOwn: boolean }} next */
    show(next) {
      // Who has brought one picture may bring another.
      more.open ||= next.isOwn && !isOwn;
      isOwn = next.isOwn;
      const now = JSON.stringify([next.place, next.shots.map(({ name, isTest }) => [name, isTest])]);
      const isSame = now === drawn && next.shots.length === shots.length && next.shots.every((shot, number) => shot === shots[number]);
      [shots, place, drawn, shown] = [next.shots, next.place, now, next.shots[next.place]];
      if (!isSame) {
        const hasFocus = list.contains(/** @type {Node | null} */ (/** @type {ShadowRoot} */ (list.getRootNode()).activeElement));
        list.replaceChildren(...shots.map(item));
        if (hasFocus) {
          /** @type {HTMLElement | undefined} */ (list.children[place])?.focus();
        }
      }
      box.checked = Boolean(shown?.isTest);
      drop.disabled = shots.length < 2;
    },
  };
}
