// Undo and redo of what is painted. Only the pixels that a stroke has changed are kept.

/** @typedef {import("./project.js").Shot} Shot */
/** @typedef {{ shot: Shot, places: Uint32Array, before: Uint8Array, after: Uint8Array }} Change */

export class History {
  #limit;
  /** @type {Change[]} */
  #done = [];
  /** @type {Change[]} */
  #undone = [];
  /** @type {{ shot: Shot, mask: Uint8Array } | undefined} */
  #begun;

  /** @param {number} [limit] how many changes are kept */
  constructor(limit = 100) {
    this.#limit = limit;
  }

  get canUndo() {
    return this.#done.length > 0;
  }

  get canRedo() {
    return this.#undone.length > 0;
  }

  /** Remembers a mask before it is painted on. @param {Shot} shot */
  begin(shot) {
    this.#begun = { shot, mask: shot.mask.slice() };
  }

  /** Keeps what has changed since then; returns whether anything has. */
  end() {
    const change = this.#begun && changeOf(this.#begun);
    this.#begun = undefined;
    if (!change) {
      return false;
    }
    this.#done.push(change);
    this.#done.splice(0, this.#done.length - this.#limit);
    this.#undone = [];
    return true;
  }

  /** Takes back what has changed since then, and keeps nothing of it. */
  cancel() {
    this.#begun?.shot.mask.set(this.#begun.mask);
    this.#begun = undefined;
  }

  /** Takes the last change back, and returns the picture that it was made on. */
  undo() {
    return moved(this.#done, this.#undone, "before");
  }

  /** Makes a change again that was taken back. */
  redo() {
    return moved(this.#undone, this.#done, "after");
  }

  clear() {
    [this.#done, this.#undone, this.#begun] = [[], [], undefined];
  }
}

/** @param {{ shot: Shot, mask: Uint8Array }} begun @returns {Change | undefined} */
function changeOf({ shot, mask }) {
  const places = Uint32Array.from(mask.keys()).filter((place) => mask[place] !== shot.mask[place]);
  const at = (/** @type {Uint8Array} */ numbers) => Uint8Array.from(places, (place) => numbers[place] ?? 0);
  return places.length > 0 ? { shot, places, before: at(mask), after: at(shot.mask) } : undefined;
}

/** @param {Change[]} from @param {Change[]} to @param {"before" | "after"} state */
function moved(from, to, state) {
  const change = from.pop();
  if (change) {
    change.places.forEach((place, number) => (change.shot.mask[place] = change[state][number] ?? 0));
    to.push(change);
  }
  return change?.shot;
}
