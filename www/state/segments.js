// The settings of a network that gives each pixel a class, most of which it shares with other networks.

import { choice, flag, number } from "./kinds.js";
import { NETWORK_SETTINGS, usualOf } from "./networks.js";
import { linear } from "./scale.js";
import { inputsOf, numbersOf } from "./segment/samples.js";
import { SEGMENT_LIMITS, segmentProgram } from "./segnet.js";

/** @typedef {import("./settings.js").Setting} Setting */
/** @typedef {import("./segnet.js").SegmentShape} SegmentShape */
/** @typedef {import("./segment/project.js").Project} Project */
/** @typedef {import("../downhill.d.ts").SegmentState} SegmentState */

/** What stands for a project until there is one. */
const [CLASSES, SIZE] = [2, /** @type {[number, number]} */ ([128, 128])];

/** Which pictures there are, and what each shows. @type {readonly { name: string, label: string, why: string }[]} */
const PICTURES = [
  { name: "coins", label: "coins", why: "Greek coins on a background that is dark on one side and bright on the other: the grey of a pixel alone does not tell whether it is of a coin." },
  { name: "cells", label: "cells", why: "Glands of the colon, stained brown: the nuclei of their cells are as blue as those outside, so that the surroundings of a pixel count." },
  { name: "scenes", label: "generated scenes", why: "Striped discs and chequered boxes, whose class is known at each pixel: their brightness is nearly that of the background, so that the texture tells them apart." },
  { name: "own", label: "pictures of your own", why: "Pictures that you open stay on this device." },
];

/** The kinds of copies, from all to none, and how many numbers all samples may have until fewer copies are usual. */
const COPIES = ["turned", "mirrored", "none"];
const ROOM = 8_000_000;

/** The pictures in which colour tells nothing, or little. */
const GREY = ["coins", "scenes"];

/** @type {readonly (readonly [string, string])[]} */
const KINDS = [["unet", "encoder and decoder (U-Net)"], ["plain", "layers of 3 × 3"], ["pixel", "each pixel alone"]];

/** What each kind shows. @type {Record<string, string>} */
const WHY = {
  unet: "The picture is halved, looked at, and enlarged again; what was fine is put beside what comes back, so that edges stay sharp and the surroundings count.",
  plain: "Layer upon layer of 3 × 3 filters, all of the same size: each layer sees one pixel further on each side.",
  pixel: "Each pixel is judged by its own colour alone, whatever lies beside it.",
};

/** @param {"layers" | "channels"} name @param {number} initial @param {string} help @returns {Setting} */
const size = (name, initial, help) => ({ name, ...number, initial, control: "shape", label: name, scale: linear(...SEGMENT_LIMITS[name], 1), help, example: String(initial) });

const SHARED = Object.values(NETWORK_SETTINGS).filter(({ name }) => !["preset", "data", "samples"].includes(name));
const FREE = "that of the kind and its sizes";

/** What differs from other networks. @type {Record<string, Partial<Setting>>} */
const CHANGES = {
  model: { help: "The program for one picture, with the columns `picture`, of the shape (channels, rows, columns) with numbers from 0 to 1, and `mask`, of the shape (classes, rows, columns): how much each painted pixel counts, and 0 elsewhere.", absent: FREE, example: "scores = conv(picture, W) + c; loss = -sum(mask * log_softmax(scores, axis=0))" },
  init: { absent: FREE, example: "W = zeros(2, 1, 1, 1), c = zeros(2, 1, 1)" },
  lr: { initial: 0.01, absent: "0.01" },
  optimizer: { initial: "adam", absent: "adam", example: "sgd" },
  batch: { initial: 1, absent: "1", example: "4" },
};

/** @type {Setting[]} */
const TABLE = [
  { name: "data", ...choice(PICTURES.map(({ name, label }) => /** @type {const} */ ([name, label]))), initial: "coins", control: "pictures", label: "pictures", help: "The pictures to paint on.", example: "scenes" },
  { name: "kind", ...choice(KINDS), initial: "unet", control: "shape", label: "network", help: "How the network looks at the picture.", example: "plain" },
  size("layers", 2, "How many layers lie above each other; with an encoder and decoder, how often the picture is halved."),
  size("channels", 8, "How many numbers each layer has for a pixel."),
  { name: "colour", ...choice([["grey", "grey"], ["colour", "colour"]]), control: "shape", label: "the network sees", help: "Whether the network sees the brightness of each pixel, or its red, green and blue.", absent: "brightness for coins and scenes, otherwise colour", example: "colour" },
  { name: "coordinates", ...flag, initial: false, control: "shape", label: "and where each pixel is", help: "Whether the network also sees the row and the column of each pixel, from 0 to 1.", example: "true", absent: "only colours" },
  { name: "copies", ...choice([["none", "none"], ["mirrored", "mirrored"], ["turned", "mirrored and turned"]]), initial: "turned", control: "training", label: "copies to train with", help: "Which copies of the painted pictures are further samples: with all turns, a square picture has eight.", absent: "mirrored and turned, or fewer where there are many pictures", example: "mirrored" },
  { name: "balanced", ...flag, initial: true, control: "training", label: "classes count equally", help: "Whether the painted pixels of each class count as much together as those of any other, however few they are.", example: "false", absent: "equally" },
  ...SHARED.map((setting) => ({ ...setting, ...CHANGES[setting.name] })),
];

/** The rows by name. */
export const SEGMENT_SETTINGS = /** @type {Readonly<Record<keyof SegmentState, Setting>>} */ (Object.freeze(Object.fromEntries(TABLE.map((row) => [row.name, row]))));

/** @type {Partial<SegmentState>} */
const USUAL = usualOf(TABLE);

/** What is said about the controls: what the pictures show, and what the network is like. */
export const SEGMENT_WHYS = {
  pictures: (/** @type {SegmentState} */ { data }) => PICTURES.find(({ name }) => name === data)?.why ?? "",
  shape: (/** @type {SegmentState} */ { kind }) => WHY[kind] ?? "",
};

/** The shape of the network for a project. @param {SegmentState} state @param {Project | undefined} project @returns {SegmentShape} */
export function shapeOf(state, project) {
  const { kind, layers, channels } = state;
  return { kind: /** @type {SegmentShape["kind"]} */ (kind), layers, channels, inputs: inputsOf(state), classes: project?.classes.length ?? CLASSES, size: project?.shots[0]?.size ?? SIZE };
}

/** As many copies as there is room for. @param {SegmentState} state @param {Project | undefined} project */
function copiesFor(state, project) {
  return COPIES.find((copies) => !project || numbersOf(project, { ...state, copies }) <= ROOM) ?? "none";
}

/**
 * All settings: those that are given, then the program and the initial values of the kind, then the usual ones.
 * @param {Partial<SegmentState>} given
 * @param {Project | undefined} project
 * @returns {SegmentState}
 */
export function segmentState(given, project) {
  const colour = GREY.includes(String(given.data ?? USUAL.data)) ? "grey" : "colour";
  const all = /** @type {SegmentState} */ ({ ...USUAL, colour, ...given });
  const state = { ...all, copies: given.copies ?? copiesFor(all, project) };
  const { model, init } = segmentProgram(shapeOf(state, project));
  return { ...state, model: given.model ?? model, init: given.init ?? init };
}
