// What training has come to, in one line, and why it has stopped.

import { make, setText } from "../../parts/dom.js";

/** How often the numbers change while training goes on, in milliseconds. */
const PAUSE = 150;

export function statusView() {
  const line = make("p", { class: "status" });
  const problem = make("p", { class: "problem", role: "alert" });
  let written = -Infinity;
  return {
    elements: [line, problem],
    clear() {
      setText(line, "");
      setText(problem, "");
    },
    /** What is read aloud when training pauses. */
    text: () => `${line.textContent} ${problem.textContent}`,
    /** @param {import("./trainer.js").Trainer} trainer @param {import("./scene.js").AnyScene} scene */
    show(trainer, { core, isRunning }) {
      const now = performance.now();
      if (!isRunning || now > written + PAUSE) {
        written = now;
        setText(line, sentences(trainer, core));
        setText(problem, failure(trainer));
      }
    },
  };
}

/** @param {import("./trainer.js").Trainer} trainer @param {import("./scene.js").Core} core */
function sentences({ steps, samples, history, test, pace, network, scores, task, missing }, core) {
  const short = core.shortNumber;
  const parts = [...(missing ? [missing] : []), `Step ${steps.toLocaleString("en")}, ${network.epochs} ${network.epochs === 1 ? "epoch" : "epochs"} of ${samples.toLocaleString("en")} ${samples === 1 ? task.unit.replace(/s$/, "") : task.unit}.`];
  if (history.last !== undefined) {
    parts.push(`Training loss ${short(history.last)}.`);
  }
  if (test && test.of > 0) {
    parts.push(`Test loss ${short(test.loss)}${scores ? `; ${task.tell(test, core)}` : ""}.`);
  }
  return [...parts, ...(Number.isNaN(pace) ? [] : [`${short(pace)} ms a step.`])].join(" ");
}

/** @param {import("./trainer.js").Trainer} trainer */
function failure({ failed }) {
  if (failed === 1) {
    return "The loss or its gradient is not finite with the initial values. Change the program or the initial values.";
  }
  return failed === undefined ? "" : `Step ${failed} had no finite result: the learning rate is too high. The weights are the last ones with a finite loss. Lower the learning rate and train on, or reset.`;
}
