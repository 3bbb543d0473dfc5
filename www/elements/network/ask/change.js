// Downhill in the picture: gradient descent changes the picture until the network sees a chosen class.

import { make, setText } from "../../../parts/dom.js";
import { heat } from "../../../parts/heat.js";
import { button, keepPrivate } from "../../../parts/private.js";
import { counted } from "../../../state/text.js";
import { asked } from "./asked.js";
import { descended } from "./descent.js";
import { stride } from "./stride.js";

/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("./asked.js").Answer} Answer */

/** A run ends after so many steps, or when the class is as probable as this. */
const [MOST_STEPS, SURE] = [100, 0.9];
/** How long the steps of one frame may take where no movement is wanted, in milliseconds. */
const FRAME = 8;

/**
 * @param {object} options
 * @param {import("../scene.js").Host} options.host
 * @param {() => Float64Array} options.read the picture now
 * @param {(picture: Float64Array) => void} options.set shows another one
 * @param {(words: string) => void} options.tell
 */
export function changing({ host, read, set, tell }) {
  const target = keepPrivate(make("select", {}), forget);
  const size = stride();
  const run = button("Run", toggle);
  const buttons = make("div", { class: "buttons" }, make("label", { class: "choice" }, "Make it ", target), button("One step", once, { "aria-label": "One step on the picture" }), run);
  const about = make("p", {});
  const said = make("p", { class: "said" });
  const map = heat("How the picture was changed");
  const difference = make("div", { hidden: "" }, map.canvas, make("p", { class: "quiet" }, make("span", { class: "swatch added" }), " ink added; ", make("span", { class: "swatch less" }), " ink taken away"));
  const log = make("pre", { tabindex: "0", role: "group", "aria-label": "every step" });
  const details = make("details", { hidden: "" }, make("summary", {}, "Every step"), log);
  const element = make("div", { class: "wish" }, make("h3", {}, "Downhill in the picture"), about, buttons, size.element, said, difference, details);
  /** The picture before the first step. @type {Float64Array | undefined} */
  let start;
  /** What the network said before the first step, and after each. @type {Answer[]} */
  let answers = [];
  /** The frame that is waited for; 0 if nothing runs. */
  let frame = 0;
  let left = 0;
  /** Why the last run ended, where that has to be said. */
  let remark = "";

  const label = () => target.selectedIndex;
  const name = () => target.value;

  /** The scene, if there is something to change; otherwise says what is missing. */
  function changeable() {
    const scene = host.scene();
    if (!scene?.scores || !read().some((pixel) => pixel > 0)) {
      setText(said, scene?.scores ? "Draw something first, or choose a picture of the test." : "Without class scores there is no class to aim for.");
      return undefined;
    }
    return scene;
  }

  /** Goes one step, and returns whether another one makes sense. @param {Scene} scene */
  function step(scene) {
    const picture = read();
    if (!start) {
      [start, answers] = [picture, [asked(scene, picture, label())]];
    }
    const next = descended(picture, asked(scene, picture, label()).gradient, size.rate());
    if (!next.every(Number.isFinite)) {
      remark = "The gradient is not a finite number, so the picture stays as it is.";
      end(remark);
      return false;
    }
    answers.push(asked(scene, next, label()));
    set(next);
    return goesOn(picture, next);
  }

  /** @param {Float64Array} before @param {Float64Array} after */
  function goesOn(before, after) {
    const { winner, chances } = /** @type {Answer} */ (answers.at(-1));
    const isDone = winner === label() && (chances[winner] ?? 0) > SURE;
    const isStill = after.every((pixel, place) => pixel === before[place]);
    remark = isStill && !isDone ? "The gradient changes no pixel." : "";
    if (isDone || isStill || left <= 1) {
      end(spoken());
    }
    return !isDone && !isStill && left > 1;
  }

  function once() {
    const scene = changeable();
    end();
    if (scene) {
      left = 1;
      step(scene);
      show(scene);
    }
  }

  function toggle() {
    if (frame) {
      end(`Stopped. ${spoken()}`);
    } else if (changeable()) {
      left = MOST_STEPS;
      frame = requestAnimationFrame(go);
      setText(run, "Stop");
    }
  }

  /** The steps of a frame: one, or those that there is time for where no movement is wanted. */
  function go() {
    const scene = host.scene();
    const last = performance.now() + (matchMedia("(prefers-reduced-motion: reduce)").matches ? FRAME : 0);
    let more = scene !== undefined;
    do {
      more = more && scene !== undefined && step(scene);
      left -= 1;
    } while (more && performance.now() < last);
    if (scene) {
      show(scene);
    }
    if (more) {
      frame = requestAnimationFrame(go);
    } else {
      end();
    }
  }

  /** @param {string} [words] */
  function end(words) {
    cancelAnimationFrame(frame);
    frame = 0;
    setText(run, "Run");
    if (words) {
      tell(words);
    }
  }

  /** Begins anew with the picture as it is. */
  function forget() {
    end();
    [start, answers, remark] = [undefined, [], ""];
    setText(about, `Each step changes all pixels a little, against the gradient of the loss for the class “${name()}”, so that this class becomes more probable. A person often still sees what was there before: the network has learned pixels, not the idea of “${name()}”.`);
    setText(said, "");
    difference.hidden = details.hidden = true;
  }

  /** How far it has come, in words. */
  function spoken() {
    const { core } = host.scene() ?? {};
    const [first, last] = [answers[0], answers.at(-1)];
    const part = (/** @type {(answer: Answer) => number} */ of) => (core && first && last ? `from ${core.shortNumber(of(first))} to ${core.shortNumber(of(last))}` : "");
    const count = answers.length - 1;
    const way = count < 1 ? "" : `After ${counted(count, "step")} the probability of ${name()} went ${part(({ chances }) => chances[label()] ?? NaN)}, and its loss ${part(({ loss }) => loss)}.`;
    return [way, remark].filter(Boolean).join(" ");
  }

  /** @param {Scene} scene */
  function show({ core, data }) {
    const picture = read();
    const change = picture.map((pixel, place) => pixel - (start?.[place] ?? 0));
    const most = change.reduce((most, number) => Math.max(most, Math.abs(number)), 0);
    difference.hidden = details.hidden = !start;
    setText(said, spoken());
    map.show({ shape: [1, ...data.size], values: change, colour: "value" });
    map.describe(`How the picture was changed: at most by ${core.shortNumber(most)} in a pixel`);
    setText(log, answers.map(({ loss, chances }, place) => `step ${String(place).padStart(3)}   loss ${core.shortNumber(loss).padEnd(10)} probability ${core.shortNumber(chances[label()] ?? NaN)}`).join("\n"));
  }

  return {
    element,
    forget,
    /** @param {string[]} classes */
    name(classes) {
      target.replaceChildren(...classes.map((name) => make("option", {}, name)));
      target.selectedIndex = Math.min(7, classes.length - 1);
      forget();
    },
    stop: () => end(),
  };
}
