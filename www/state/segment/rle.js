// Masks as COCO has them: how long each run of equal pixels is, column by column, beginning with pixels outside.
// The text form is that of pycocotools (common/maskApi.c, rleToString).

/** @typedef {import("./brush.js").Size} Size */
/** @typedef {import("./project.js").Project} Project */

/** How long the runs are, beginning with pixels that have another number. @param {Uint8Array} mask @param {Size} size @param {number} value */
export function countsOf(mask, [rows, columns], value) {
  const counts = [];
  let [isIn, run] = [false, 0];
  for (let place = 0; place < rows * columns; place += 1) {
    const isOwn = mask[(place % rows) * columns + Math.floor(place / rows)] === value;
    if (isOwn !== isIn) {
      counts.push(run);
      [isIn, run] = [isOwn, 0];
    }
    run += 1;
  }
  return [...counts, run];
}

/** The mask of some runs: 1 inside, 0 outside. @param {number[]} counts @param {Size} size */
export function maskFrom(counts, [rows, columns]) {
  const mask = new Uint8Array(rows * columns);
  let end = 0;
  counts.forEach((count, run) => {
    for (const begin = end; run % 2 === 1 && end < begin + count; end += 1) {
      mask[(end % rows) * columns + Math.floor(end / rows)] = 1;
    }
    end += run % 2 === 1 ? 0 : count;
  });
  return mask;
}

/** The text of some runs: from the fourth on their difference from the one two before, in groups of five bits. @param {number[]} counts */
export function compressed(counts) {
  return counts.map((count, place) => groups(place > 2 ? count - (counts[place - 2] ?? 0) : count)).join("");
}

/** @param {number} number */
function groups(number) {
  let [text, left, more] = ["", number, true];
  while (more) {
    const group = left & 0x1f;
    left >>= 5;
    more = group & 0x10 ? left !== -1 : left !== 0;
    text += String.fromCharCode((more ? group | 0x20 : group) + 48);
  }
  return text;
}

/** The runs of a text. @param {string} text */
export function decompressed(text) {
  /** @type {number[]} */
  const counts = [];
  let [number, shift] = [0, 0];
  for (const sign of text) {
    const group = sign.charCodeAt(0) - 48;
    number |= (group & 0x1f) << shift;
    shift += 5;
    if (!(group & 0x20)) {
      const signed = group & 0x10 && shift < 32 ? number | (-1 << shift) : number;
      counts.push(counts.length > 2 ? signed + (counts.at(-2) ?? 0) : signed);
      [number, shift] = [0, 0];
    }
  }
  return counts;
}

/** All painted areas as COCO lists them, an annotation for each class of each picture. @param {Project} project */
export function cocoOf({ classes, shots }) {
  const images = shots.map(({ name, size: [height, width] }, place) => ({ id: place + 1, file_name: name, height, width }));
  const annotations = shots.flatMap(({ mask, size }, place) => classes.flatMap((_, number) => {
    const area = mask.reduce((sum, own) => sum + Number(own === number + 1), 0);
    const counts = compressed(countsOf(mask, size, number + 1));
    return area > 0 ? [{ image_id: place + 1, category_id: number + 1, area, iscrowd: 1, segmentation: { size: [...size], counts }, bbox: boxOf(mask, size, number + 1) }] : [];
  }));
  return { images, annotations: annotations.map((annotation, place) => ({ id: place + 1, ...annotation })), categories: classes.map(({ name }, place) => ({ id: place + 1, name })) };
}

/** The smallest rectangle around a class: left, top, width, height. @param {Uint8Array} mask @param {Size} size @param {number} value */
function boxOf(mask, [, columns], value) {
  let [left, top, right, bottom] = [Infinity, Infinity, -1, -1];
  mask.forEach((number, place) => {
    if (number === value) {
      const [x, y] = [place % columns, Math.floor(place / columns)];
      [left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x), Math.max(bottom, y)];
    }
  });
  return [left, top, right - left + 1, bottom - top + 1];
}
