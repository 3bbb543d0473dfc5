// The work as files: the whole project out and in, masks as PNG and in COCO's form, a mask in.

import { make, setText } from "../../../parts/dom.js";
import { download } from "../../../parts/download.js";
import { figure } from "../../../parts/figure.js";
import { button, keepPrivate } from "../../../parts/private.js";
import { problemLine } from "../../../parts/problem.js";
import { indexedPng, readMask } from "../../../state/segment/png.js";
import { packProject, unpackProject } from "../../../state/segment/projectfile.js";
import { cocoOf } from "../../../state/segment/rle.js";
import { SEGMENT_SETTINGS } from "../../../state/segments.js";
import { TextError, messageOf } from "../../../state/text.js";

/** @typedef {import("./element.js").SegmentScene} Scene */
/** @typedef {import("./element.js").Acts} Acts */
/** @typedef {import("../../../state/segment/project.js").Shot} Shot */
/** @typedef {import("../../../state/segments.js").SegmentState} State */

/** What project files are called. */
export const PROJECT = ".zip,application/zip";
/** The largest files that are read, in bytes: a project, and a mask. */
const MOST_PROJECT = 100_000_000;
const MOST_MASK = 5_000_000;

/**
 * @param {object} of
 * @param {() => Scene | undefined} of.scene
 * @param {() => { shot: Shot, labels: Uint8Array | undefined } | undefined} of.shown the picture that is shown, and what is predicted for it
 * @param {(shot: Shot, mask: Uint8Array) => void} of.paint puts another mask in the place of a picture's
 * @param {Acts} acts
 */
export function filesControl({ scene, shown, paint }, { given, open }) {
  const said = make("span", { class: "quiet", role: "status" });
  const project = opener(make("input", { type: "file", accept: PROJECT }), (file) => attempt(project, () => openProject(file)));
  const mask = opener(make("input", { type: "file", accept: "image/png,.png" }), (file) => attempt(mask, () => openMask(file)));
  const save = (/** @type {string} */ text, /** @type {() => Promise<string>} */ work) => button(text, () => attempt(project, work));
  const out = make("div", { class: "copies" }, save("Save the project", saveProject), save("Mask", async () => savePng("mask", needed(shown()).shot.mask)), save("Prediction", async () => savePng("prediction", predicted())), save("All masks, for COCO", saveCoco));
  const into = make("div", { class: "copies" }, make("label", {}, "Open a project ", project.field), make("label", {}, "Open a mask for this picture ", mask.field), said);

  async function saveProject() {
    const { data, state, isFresh, network } = needed(scene());
    return saved("downhill-segment.zip", "application/zip", await packProject({ project: data, state: { ...given(), data: state.data }, weights: isFresh ? undefined : network.weights }));
  }

  function predicted() {
    const { labels } = needed(shown());
    if (!labels) {
      throw new TextError("there is no prediction yet; paint at least two classes");
    }
    return labels;
  }

  /** @param {string} what @param {Uint8Array} labels */
  async function savePng(what, labels) {
    const { shot } = needed(shown());
    return saved(`${shot.name.replace(/\.\w+$/, "")} ${what}.png`, "image/png", await indexedPng(labels, shot.size, needed(scene()).data.classes.map(({ color }) => color)));
  }

  async function saveCoco() {
    return saved("masks.json", "application/json", JSON.stringify(cocoOf(needed(scene()).data)));
  }

  /** @param {File} file */
  async function openProject(file) {
    open(await workIn(file));
    return `${file.name} is open`;
  }

  /** @param {File} file */
  async function openMask(file) {
    const { shot } = needed(shown());
    paint(shot, await readMask(await bytesOf(file, MOST_MASK), shot.size, needed(scene()).data.classes.length));
    return `${file.name} is the mask of ${shot.name}`;
  }

  /** Does something, and says what came of it. @param {ReturnType<typeof opener>} control @param {() => Promise<string>} work */
  async function attempt({ problem }, work) {
    try {
      setText(said, await work());
      problem.fail("");
    } catch (error) {
      setText(said, "");
      problem.fail(messageOf(error));
    }
  }

  return { elements: [figure("Save, open, take home", [], make("div", { class: "desk" }, out, into, project.problem.line, mask.problem.line))] };
}

/** A file field that can take the same file again. @param {HTMLInputElement} input @param {(file: File) => void} take */
function opener(input, take) {
  const field = keepPrivate(input, () => {
    const [file] = field.files ?? [];
    field.value = "";
    if (file) {
      take(file);
    }
  });
  return { field, problem: problemLine(field) };
}

/** The work in a project file; throws a TextError. @param {File} file */
export async function workIn(file) {
  const { project, state, weights } = await unpackProject(await bytesOf(file, MOST_PROJECT));
  // A name that this page does not know is that of a person's own pictures.
  const name = SEGMENT_SETTINGS.data.accepts(project.name) ? project.name : "own";
  return { data: { ...project, name }, given: /** @type {Partial<State>} */ ({ ...state, data: name }), weights };
}

/** @param {File} file @param {number} most */
async function bytesOf(file, most) {
  if (file.size > most) {
    throw new TextError(`${file.name} has ${file.size} bytes; at most ${most} are read`);
  }
  const bytes = await file.arrayBuffer().catch(() => undefined);
  if (!bytes) {
    throw new TextError(`${file.name} could not be read`);
  }
  return new Uint8Array(bytes);
}

/** @param {string} name @param {string} type @param {BlobPart} content */
function saved(name, type, content) {
  download(name, new Blob([content], { type }));
  return `saved as ${name}`;
}

/** @template T @param {T | undefined} thing @returns {T} */
function needed(thing) {
  if (thing === undefined) {
    throw new TextError("there is no picture yet");
  }
  return thing;
}
