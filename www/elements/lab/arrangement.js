// Where everything in a lab stands: the controls in their column, the pictures in theirs.

import { make } from "../../parts/dom.js";
import { CONTROLS, partsOf } from "./parts.js";

/** @typedef {{ element: HTMLElement }} Widget */

/**
 * @param {object} widgets
 * @param {Widget} widgets.rate
 * @param {Widget} widgets.preset
 * @param {Widget} widgets.initial
 * @param {Widget} widgets.epochs
 * @param {Widget} widgets.training
 * @param {Widget} widgets.model
 * @param {Widget} widgets.loss
 * @param {Widget} widgets.data
 * @param {Widget} widgets.share
 * @param {ReturnType<typeof import("./controls/help.js").helpView>} widgets.help
 * @param {HTMLElement} widgets.status
 * @param {Widget} widgets.spoken
 * @param {HTMLElement} widgets.problem
 * @param {Widget} widgets.progress
 * @param {{ text: HTMLElement, track: HTMLElement }} widgets.verdict
 * @param {{ curve: HTMLElement, graph: HTMLElement, update: HTMLElement, table: HTMLElement }} widgets.drawn
 * @param {Widget} widgets.landscape
 * @param {Widget} widgets.fit
 * @param {Widget} widgets.fates
 * @param {Widget} widgets.moment
 * @param {Widget} widgets.phase
 * @param {Widget} widgets.derivation
 * @param {Widget} widgets.code
 * @param {Widget} widgets.trace
 */
export function arranged({ rate, preset, initial, epochs, training, model, loss, data, share, help, status, spoken, problem, progress, verdict, drawn, landscape, fit, fates, moment, phase, derivation, code, trace }) {
  const own = make("details", { class: "own" }, make("summary", {}, "Model and data"), model.element, loss.element, data.element);
  const reset = make("button", { type: "button", "data-action": "reset" }, "Reset to the deck’s values");
  const buttons = make("div", { class: "buttons" }, share.element, help.button);
  const controls = make("div", { class: "controls", part: "controls" }, preset.element, initial.element, epochs.element, training.element, own, reset, buttons);
  const pair = make("div", { class: "pair" }, landscape.element, fit.element);
  const pictures = make("div", { class: "pictures" }, problem, progress.element, status, spoken.element, verdict.text, drawn.curve, pair, fates.element, drawn.graph, moment.element, phase.element, drawn.update, derivation.element, code.element, trace.element, drawn.table);
  // Stands for the whole column of the controls, so that the pictures can take its place.
  const column = make("div", { class: "column-of-controls" });
  const element = make("div", { class: "lab", part: "lab" }, column, rate.element, controls, pictures, help.dialog);
  rate.element.append(verdict.track);
  element.addEventListener("keydown", help.pressed);
  const parts = partsOf({
    lr: [rate.element],
    lesson: [preset.element],
    init: [initial.element],
    epochs: [epochs.element],
    training: [training.element],
    model: [model.element, loss.element],
    data: [data.element],
    reset: [reset],
    share: [share.element, help.button],
    status: [status],
    verdict: [verdict.text, verdict.track],
    curve: [drawn.curve],
    landscape: [landscape.element],
    fit: [fit.element],
    fates: [fates.element],
    graph: [drawn.graph],
    timeline: [moment.element, phase.element],
    update: [drawn.update],
    derivation: [derivation.element],
    code: [code.element],
    trace: [trace.element],
    numbers: [drawn.table],
  }, [
    [own, ["model", "data"]],
    [pair, ["landscape", "fit"]],
    [controls, CONTROLS.filter((name) => name !== "lr")],
    [column, [...CONTROLS]],
    [training.element, ["training"]],
    [code.element, ["code"]],
  ]);
  return { element, parts, own };
}
