// The desk: the pictures, the classes, the easel on which one paints, and what the network makes of it.

import { make, setText } from "../../../parts/dom.js";
import { figure } from "../../../parts/figure.js";
import { button, privateBox } from "../../../parts/private.js";
import { addFiles } from "./adding.js";
import { keepingView } from "./keeping.js";
import { putPainted, withStrokes } from "./live.js";
import { Next } from "./next.js";
import { classesView } from "./paint/classes.js";
import { stripView } from "./paint/strip.js";
import { paintView } from "./paint/view.js";
import { Predictor } from "./predict.js";
import { withoutClass, withoutShot } from "./shorter.js";
import { firstOf, shotIn } from "./task.js";

/** @typedef {import("./element.js").SegmentScene} Scene */
/** @typedef {import("./element.js").Acts} Acts */
/** @typedef {import("../../../state/segment/project.js").Project} Project */
/** @typedef {import("../../../state/segment/project.js").Shot} Shot */
/** @typedef {import("../../../state/segment/project.js").Class} Class */

const LAST = "At least one picture must be left for the training.";

/** @param {import("./element.js").Host} host @param {Acts} acts */
export function deskView(host, { take, follow, run, given }) {
  const predictor = new Predictor();
  const next = new Next();
  const easel = paintView({ changed: (each) => painted(each, false), finished, chosen: choose });
  const strip = stripView({ chosen: (place) => show(project?.shots[place]), testChanged: keepForTest, remove, add });
  const palette = classesView({ chosen: choose, changed: rename, added: (classes) => renew({ classes }), removed: removeClass });
  const keeping = keepingView(host, given);
  const said = make("span", { role: "status" });
  const back = button("Take it back", takeBack, { hidden: "" });
  const hint = make("p", { class: "next" });
  const strokes = button("Paint some strokes for me", paintForMe, { hidden: "" });
  const pointer = privateBox("show where to paint next", (checked) => {
    isPointing = checked;
    host.redraw();
  });
  let isPointing = true;
  /** @type {HTMLInputElement} */ (pointer.querySelector("input")).checked = true;
  const element = figure("Paint a few strokes of each class", [], make("div", { class: "desk" }, ...strip.elements, make("div", { class: "choices" }, said, back), ...palette.elements, ...easel.elements, make("div", { class: "choices" }, strokes, pointer), hint, ...keeping.elements));
  /** @type {Project | undefined} */
  let project;
  /** @type {Shot | undefined} */
  let shot;
  let k = 1;
  let seed = 1;
  /** What was there before something was removed. @type {Project | undefined} */
  let before;
  /** @type {ReturnType<Predictor["of"]>} */
  let prediction;
  /** @type {Scene["task"] | undefined} */
  let task;

  /** @param {Shot} shot @param {boolean} isWhole whether the stroke has ended */
  function painted(shot, isWhole) {
    putPainted(host.scene(), shot, isWhole);
    follow(shot.isTest);
  }

  /** @param {Shot} shot */
  function finished(shot) {
    painted(shot, true);
    if (before?.classes.length !== project?.classes.length) {
      // The masks of other classes would take this stroke away.
      forgetBefore();
    }
    run();
    keeping.touch();
  }

  /** @param {number} number of a class */
  function choose(number) {
    k = number;
    easel.take(k);
    host.redraw();
  }

  /** @param {Shot | undefined} chosen */
  function show(chosen) {
    const scene = host.scene();
    if (chosen && scene) {
      shot = chosen;
      host.look(firstOf(scene.task, chosen));
    }
  }

  /** Other classes or pictures make another network. @param {Partial<Project>} change @param {Float64Array} [weights] to go on with */
  function renew(change, weights) {
    if (project) {
      take(Object.assign(project, change), weights);
      keeping.touch();
    }
  }

  /** @param {Class[]} classes */
  function rename(classes) {
    Object.assign(project ?? {}, { classes });
    keeping.touch();
    host.redraw();
  }

  /** A picture of the test must not have been learned from. @param {Shot} shot @param {boolean} isTest */
  function keepForTest(shot, isTest) {
    const isLast = isTest && project?.shots.every((other) => other === shot || other.isTest);
    setText(said, isLast ? LAST : "");
    if (isLast) {
      host.redraw();
    } else {
      shot.isTest = isTest;
      renew({});
    }
  }

  /** @param {number} place */
  function remove(place) {
    const removed = project?.shots[place];
    const shorter = project && withoutShot(project, place);
    if (shorter && shorter.shots.every(({ isTest }) => isTest)) {
      setText(said, LAST);
    } else if (shorter && removed) {
      change(shorter, `“${removed.name}” is removed.`);
    }
  }

  /** @param {number} number */
  function removeClass(number) {
    const removed = project?.classes[number - 1];
    if (project && removed) {
      change(withoutClass(project, number), `“${removed.name}” and what was painted with it are removed.`);
      choose(Math.min(k, project.classes.length));
    }
  }

  /** @param {Project} shorter @param {string} words */
  function change(shorter, words) {
    before = project && { ...project };
    setText(said, words);
    back.hidden = false;
    easel.forget();
    renew(shorter);
  }

  function takeBack() {
    const earlier = before;
    forgetBefore();
    easel.forget();
    renew({ ...earlier });
  }

  function forgetBefore() {
    before = undefined;
    back.hidden = true;
    setText(said, "");
  }

  /** @param {File[]} files */
  async function add(files) {
    const scene = host.scene();
    const own = project;
    const count = own?.shots.length ?? 0;
    const wrong = own ? await addFiles(own, files) : "";
    if (own && own === project && own.shots.length > count) {
      forgetBefore();
      shot = own.shots.at(-1);
      renew({}, scene?.isFresh ? undefined : scene?.network.weights);
    }
    return wrong;
  }

  /** Each training picture whose classes are known gets a few strokes more, the one on the easel at last, so that it is the first to be taken back. */
  function paintForMe() {
    const known = project?.shots.filter(({ truth, isTest }) => truth && !isTest) ?? [];
    known.sort((one, other) => Number(one === shot) - Number(other === shot)).forEach((each) => easel.replace(each, withStrokes(each, seed)));
    seed += 1;
  }

  /** Another project is on the desk. @param {Project} other */
  function open(other) {
    project = other;
    forgetBefore();
    easel.forget();
    choose(1);
  }

  /** Takes the picture that is looked at; the one on the easel stays when others come or go beside it. @param {Scene} scene */
  function place({ data, task: present, sample }) {
    const isThere = shot && data.shots.includes(shot);
    if (shot && isThere && present !== task && shotIn(present, sample) !== shot) {
      host.look(firstOf(present, shot));
    } else {
      shot = shotIn(present, sample) ?? (isThere ? shot : data.shots[0]);
    }
    task = present;
  }

  return {
    elements: [element],
    /** @param {Scene} scene */
    show(scene) {
      const { data } = scene;
      if (data !== project) {
        open(data);
      }
      place(scene);
      if (shot) {
        prediction = predictor.of(scene, firstOf(scene.task, shot));
        next.look(shot, prediction, isPointing);
        easel.show({ shot, classes: data.classes, prediction, next: next.area });
        setText(hint, next.words);
        strip.show({ shots: data.shots, place: data.shots.indexOf(shot), isOwn: data.name === "own" });
        palette.show({ classes: data.classes, k });
        strokes.hidden = !data.shots.some(({ truth, isTest }) => truth && !isTest);
      }
      keeping.show(scene);
    },
    /** The picture that is shown, and what is predicted for it. */
    shown: () => shot && { shot, labels: prediction?.labels },
    /** Puts another mask in the place of a picture's. @param {Shot} shot @param {Uint8Array} mask */
    paint: (shot, mask) => easel.replace(shot, mask),
    stop() {
      easel.stop();
      keeping.stop();
    },
  };
}
