// The learner's own data: classes with names, and pictures that are drawn or read from files.

import { announcer } from "../../../parts/announcer.js";
import { make, setText } from "../../../parts/dom.js";
import { drawingField } from "../../../parts/drawing.js";
import { centred } from "../../../parts/pixels.js";
import { button, keepPrivate, privateBox } from "../../../parts/private.js";
import { sentence } from "../../../parts/problem.js";
import { watchTheme } from "../../../parts/theme.js";
import { TextError, counted } from "../../../state/text.js";
import { MOST_PICTURES, datasetOf, isSame, isTooMany, missingIn, namesOf, pictureOf, picturesIn, waitingIn } from "./collection.js";
import { readFiles } from "./files.js";
import { groupView } from "./group.js";

/** @typedef {import("./collection.js").Group} Group */
/** @typedef {import("./collection.js").Collection} Collection */
/** @typedef {import("../../../engine/dataset.js").Dataset} Dataset */
/** @typedef {ReturnType<typeof groupView>} GroupView */

const MOST_GROUPS = 10;
const FULL = `there are ${MOST_PICTURES} pictures already, and no more are kept; remove some first`;
/** @type {Record<string, [number, number]>} */
const SIZES = { "8 × 8": [8, 8], "28 × 28": [28, 28] };

/**
 * @param {object} acts
 * @param {(data: Dataset) => void} acts.take takes the data set whenever it is another and nothing is missing
 * @param {() => void} acts.redraw asks for a frame, since the height may be another
 */
export function ownView({ take, redraw }) {
  /** @type {Collection} */
  const collection = { groups: ["A", "B"].map((name) => ({ name, pictures: [] })), size: [8, 8], moved: false, mirrored: false, cut: false };
  /** @type {Map<Group, GroupView>} */
  const views = new Map();
  /** What runs until the view leaves the page. */
  let turn = new AbortController();
  const voice = announcer();
  const drawing = drawingField({ size: collection.size, label: "A picture for one of your classes", changed: () => say("") });
  const size = make("select", { "aria-label": "picture size" }, ...Object.keys(SIZES).map((name) => make("option", {}, name)));
  const adders = make("div", { class: "buttons" });
  const said = make("p", { class: "quiet" });
  /** What was removed last, and from where. @type {{ items: unknown[], place: number, item: unknown } | undefined} */
  let removed;
  /** The data set; none while something is missing. @type {Dataset | undefined} */
  let data;
  /** The one that was taken last, whatever is missing now. @type {Dataset | undefined} */
  let taken;
  const undo = button("Put it back", putBack, { hidden: "" });
  const list = make("div", { class: "groups" });
  const another = button("Add a class", addGroup);
  const summary = make("p", {});
  keepPrivate(size, () => resize(SIZES[size.value] ?? collection.size));
  const choices = make("div", { class: "choices" }, make("label", { class: "choice" }, "picture size ", size), ...[chosen("moved", "also moved by a pixel"), chosen("mirrored", "also mirrored"), chosen("cut", "cut out and centre what files show")]);
  const element = make("div", { class: "collection" }, choices, drawing.element, adders, make("div", { class: "buttons" }, said, undo), list, another, summary, voice.element);
  watchTheme(show, turn.signal);
  show();

  /** Aborts when the view leaves the page; it may come again. */
  function stayed() {
    if (turn.signal.aborted) {
      turn = new AbortController();
      watchTheme(show, turn.signal);
    }
    return turn.signal;
  }

  /** @param {"moved" | "mirrored" | "cut"} key @param {string} text */
  function chosen(key, text) {
    return privateBox(text, (checked) => {
      collection[key] = checked;
      changed();
    });
  }

  /** A drawing in the field stays, in the other size. @param {[number, number]} next */
  function resize(next) {
    const [before, pixels] = [collection.size, drawing.isEmpty() ? undefined : drawing.pixels()];
    collection.size = next;
    drawing.resize(next);
    if (pixels) {
      drawing.set(centred(pixels, before, next));
    }
    changed();
  }

  /** @param {string} text */
  function say(text) {
    setText(said, text);
    voice.tell(text);
  }

  /** @param {Group} group */
  function nameOf(group) {
    return namesOf(collection.groups)[collection.groups.indexOf(group)] ?? "";
  }

  function isFull() {
    return picturesIn(collection.groups) >= MOST_PICTURES;
  }

  function checkRoom() {
    if (isFull()) {
      throw new TextError(FULL);
    }
  }

  /** @param {Group} group */
  function addDrawing(group) {
    if (drawing.isEmpty()) {
      say("The drawing field is empty. Draw something first.");
      return;
    }
    if (isFull()) {
      say(sentence(FULL));
      return;
    }
    group.pictures.push(pictureOf(drawing.pixels(), collection.size, false));
    drawing.clear();
    say(`Added to “${nameOf(group)}”, which now has ${counted(group.pictures.length, "picture")}.`);
    changed();
  }

  /** @param {Group} group @param {File[]} files */
  async function load(group, files) {
    const before = group.pictures.length;
    const { fail = () => {}, tell = () => {} } = views.get(group) ?? {};
    fail("");
    const signal = stayed();
    fail(await readFiles(files, { checkRoom, add: (picture) => group.pictures.push(picture), tell }, signal));
    if (!signal.aborted && group.pictures.length > before) {
      say(`“${nameOf(group)}” now has ${counted(group.pictures.length, "picture")}.`);
      changed();
    }
  }

  /** Takes something out of a list, into which it can be put back. @param {unknown[]} items @param {number} place @param {string} words */
  function remove(items, place, words) {
    removed = { items, place, item: items.splice(place, 1)[0] };
    changed();
    say(words);
  }

  function putBack() {
    const { items = [], place = 0, item } = removed ?? {};
    items.splice(place, 0, item);
    if (collection.groups.length > MOST_GROUPS || picturesIn(collection.groups) > MOST_PICTURES) {
      items.splice(place, 1);
      say("There is no room for it. Remove something else first.");
      return;
    }
    removed = undefined;
    changed();
    say("It is back.");
  }

  function addGroup() {
    const letters = Array.from({ length: MOST_GROUPS }, (_, place) => String.fromCharCode(65 + place));
    const names = namesOf(collection.groups);
    const group = { name: letters.find((letter) => !names.includes(letter)) ?? "", pictures: [] };
    collection.groups.push(group);
    show();
    views.get(group)?.focus();
  }

  /** @param {Group} group */
  function viewOf(group) {
    const view = views.get(group) ?? groupView(group, {
      add: () => addDrawing(group),
      renamed: changed,
      load: (files) => void load(group, files),
      remove: (place) => remove(group.pictures, place, `A picture of “${nameOf(group)}” is removed.`),
      drop: () => dropGroup(group),
    });
    views.set(group, view);
    return view;
  }

  /** @param {Group} group */
  function dropGroup(group) {
    remove(collection.groups, collection.groups.indexOf(group), `The class “${nameOf(group)}” is removed.`);
    undo.focus();
  }

  function changed() {
    stayed();
    data = missingIn(collection.groups) ? undefined : datasetOf(collection);
    show();
    if (data && !(taken && isSame(taken, data))) {
      taken = data;
      take(data);
    }
  }

  function show() {
    const { groups } = collection;
    const names = namesOf(groups);
    placeAll(list, groups.map((group) => viewOf(group).element));
    placeAll(adders, groups.map((group) => viewOf(group).adder));
    groups.forEach((group, place) => viewOf(group).show(place, names[place] ?? "", collection));
    another.hidden = groups.length >= MOST_GROUPS;
    undo.hidden = !removed;
    setText(summary, data ? summaryOf(data, collection) : missingIn(groups));
    redraw();
  }

  return {
    elements: [element],
    stop() {
      turn.abort();
      voice.stop();
    },
  };
}

/** Moves only what is not in its place, so that the focus stays. @param {HTMLElement} list @param {HTMLElement[]} children */
function placeAll(list, children) {
  [...list.children].filter((child) => !children.includes(/** @type {HTMLElement} */ (child))).forEach((child) => child.remove());
  children.forEach((child, place) => list.children[place] !== child && list.insertBefore(child, list.children[place] ?? null));
}

/** @param {Dataset} data @param {Collection} collection */
function summaryOf({ classes, labels, training }, collection) {
  const copies = isTooMany(collection) ? ` With moved or mirrored copies there would be more than ${MOST_PICTURES}, so there are no copies.` : "";
  return `${classes.length} classes: ${counted(training, "picture")} for training, and ${labels.length - training} for the test.${copies} ${waitingIn(collection.groups)}`.trim();
}
