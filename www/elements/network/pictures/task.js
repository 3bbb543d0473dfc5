// Pictures as a task: each has one class.

/** @typedef {import("../scene.js").Dataset} Dataset */

/** @param {Dataset} data @returns {import("../task.js").Task} */
export function pictureTask(data) {
  const { labels, classes, training } = data;
  const count = labels.length;
  return {
    columns: columnsOf(data), count, training, classes: classes.length, answers: 1, unit: "pictures",
    rightOf: (sample) => labels.subarray(sample, sample + 1),
    nameOf: (sample) => (sample === count ? "your drawing" : `${sample < training ? "training" : "test"} picture, class ${classes[labels[sample] ?? 0]}`),
    tell: ({ right, of }) => `${right} of ${of} test pictures are right, ${((100 * right) / of).toFixed(1)} %`,
  };
}

/** The pictures and their labels, with a row for drawings at the end. @param {Dataset} data */
function columnsOf({ pixels, labels, levels, size: [rows, columns] }) {
  const count = labels.length + 1;
  const picture = new Float64Array(count * rows * columns);
  pixels.forEach((pixel, place) => (picture[place] = pixel / levels));
  const label = new Float64Array(count);
  label.set(labels);
  return [{ name: "picture", shape: [count, 1, rows, columns], numbers: picture }, { name: "label", shape: [count], numbers: label }];
}
