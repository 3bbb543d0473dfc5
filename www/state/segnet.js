// Networks that give each pixel of a picture a class: their programs, and how far they see.

import { checkLimits } from "./limits.js";
import { TextError } from "./text.js";

/** @typedef {"unet" | "plain" | "pixel"} SegmentKind */
/**
 * @typedef {object} SegmentShape what a network for pixels is like
 * @property {SegmentKind} kind
 * @property {number} layers 1 to 5; with "unet" how often the picture is halved
 * @property {number} channels 2 to 32
 * @property {number} inputs the channels of the picture as the network sees it, 1 to 5
 * @property {number} classes 2 to 8
 * @property {[rows: number, columns: number]} size
 */
/** @typedef {{ model: string, init: Record<string, string> }} SegmentProgram a program with the draws of its parameters */
/** A parameter of a convolution. @typedef {{ kernel: string, bias: string, from: number, to: number, side: number }} Convolution */
/** @typedef {[first: number, last: number]} Interval */

/** The kinds of networks. */
const KINDS = ["unet", "plain", "pixel"];

/** The least and the largest of each number. */
export const SEGMENT_LIMITS = Object.freeze({ layers: /** @type {[number, number]} */ ([1, 5]), channels: /** @type {[number, number]} */ ([2, 32]), inputs: /** @type {[number, number]} */ ([1, 5]), classes: /** @type {[number, number]} */ ([2, 8]) });

/** Each painted pixel has its weight in the channel of its class, and the others have 0: they do not count. */
const LOSS = "loss = -sum(mask * log_softmax(scores, axis=0))";

/**
 * The program for one picture. Its columns are `picture`, of the shape (inputs, rows, columns), and `mask`, of the shape
 * (classes, rows, columns), as are the `scores`.
 * @param {SegmentShape} shape
 * @returns {SegmentProgram}
 */
export function segmentProgram(shape) {
  checkShape(shape);
  const lines = shape.kind === "unet" ? unetLines(shape) : plainLines(shape);
  return { model: [...lines, LOSS].join("\n"), init: initOf(convolutionsOf(shape)) };
}

/** Layer upon layer of the same size. @param {SegmentShape} shape @returns {string[]} */
function plainLines({ kind, layers }) {
  const lines = numbers(layers).map((layer) => layerLine(`h${layer}`, layer === 1 ? "x" : `h${layer - 1}`, [`K${layer}`, `b${layer}`], kind !== "pixel"));
  return ["x = picture - 0.5", ...lines, `scores = conv(h${layers}, W) + c`];
}

/** Down to coarse pictures and up again, with each fine one beside what comes back from below it. @param {SegmentShape} shape @returns {string[]} */
function unetLines({ layers, size: [rows, columns] }) {
  const [down, right] = [missing(rows, layers), missing(columns, layers)];
  const isWhole = down + right === 0;
  const lower = (/** @type {number} */ level) => [`p${level} = maxpool(e${level}, 2)`, layerLine(`e${level + 1}`, `p${level}`, [`K${level + 1}`, `b${level + 1}`], true)];
  const upper = (/** @type {number} */ level) => [`u${level} = concat(e${level}, upsample(${level === layers ? "e" : "d"}${level + 1}, 2))`, layerLine(`d${level}`, `u${level}`, [`G${level}`, `a${level}`], true)];
  return [
    isWhole ? "x = picture - 0.5" : `x = pad(picture - 0.5, 0, ${right}, 0, ${down})`,
    layerLine("e1", "x", ["K1", "b1"], true), ...numbers(layers).flatMap(lower), ...numbers(layers).reverse().flatMap(upper),
    `scores = ${isWhole ? "conv(d1, W) + c" : `(conv(d1, W) + c)[:, :${rows}, :${columns}]`}`,
  ];
}

/** @param {string} name @param {string} input @param {[kernel: string, bias: string]} parameters @param {boolean} isWide */
function layerLine(name, input, [kernel, bias], isWide) {
  return `${name} = relu(conv(${input}, ${kernel}${isWide ? ", padding=1" : ""}) + ${bias})`;
}

/** The numbers from 1. @param {number} count */
function numbers(count) {
  return Array.from({ length: count }, (_, place) => place + 1);
}

/** How many pixels are missing until a side can be halved so often. @param {number} side @param {number} layers */
function missing(side, layers) {
  return Math.ceil(side / 2 ** layers) * 2 ** layers - side;
}

/** All convolutions in the order of the program. @param {SegmentShape} shape @returns {Convolution[]} */
function convolutionsOf({ kind, layers, channels, inputs, classes }) {
  const side = kind === "pixel" ? 1 : 3;
  const first = numbers(kind === "unet" ? layers + 1 : layers).map((layer) => ({ kernel: `K${layer}`, bias: `b${layer}`, from: layer === 1 ? inputs : channels, to: channels, side }));
  const back = numbers(kind === "unet" ? layers : 0).reverse().map((layer) => ({ kernel: `G${layer}`, bias: `a${layer}`, from: 2 * channels, to: channels, side }));
  return [...first, ...back, { kernel: "W", bias: "c", from: channels, to: classes, side: 1 }];
}

/** @param {Convolution[]} convolutions @returns {Record<string, string>} */
function initOf(convolutions) {
  return Object.assign({}, ...convolutions.map(({ kernel, bias, from, to, side }, place) => ({ [kernel]: `kaiming(${to}, ${from}, ${side}, ${side}, seed=${place + 1})`, [bias]: `zeros(${to}, 1, 1)` })));
}

/** The side of the square of pixels on which the scores of one pixel depend, at most: with "unet" it depends on the pixel's place. @param {SegmentShape} shape */
export function receptiveField(shape) {
  const { kind, layers } = shape;
  return kind === "unet" ? Math.max(...Array.from({ length: 2 ** layers }, (_, place) => length(halved([place, place], 1, layers)))) : 1 + (kind === "plain" ? 2 * layers : 0);
}

/** What places between `first` and `last` of a level depend on: its own convolution back, the level below, and the picture of its own size. @param {Interval} interval @param {number} level @param {number} layers @returns {Interval} */
function halved([first, last], level, layers) {
  if (level > layers) {
    return [first - 1, last + 1];
  }
  const [top, end] = halved([Math.floor((first - 1) / 2), Math.floor((last + 1) / 2)], level + 1, layers);
  // Below are pairs, and above them this level's first convolution.
  return [2 * top - 1, 2 * end + 2];
}

/** @param {Interval} interval */
function length([first, last]) {
  return last - first + 1;
}

/** @param {SegmentShape} shape */
function checkShape(shape) {
  if (!KINDS.includes(shape.kind)) {
    throw new TextError(`there is no network \`${String(shape.kind).slice(0, 40)}\` for pixels; there are ${KINDS.join(", ")}`, "kind");
  }
  checkLimits(shape, SEGMENT_LIMITS);
}
