// Measuring in JavaScript, in Node and in a page.

/** @param {number[]} numbers @param {number} part */
export function quantile(numbers, part) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN;
}

/**
 * @param {string} name
 * @param {number} value
 * @param {string} unit
 */
export function report(name, value, unit) {
  console.log(`${name}\t${value.toFixed(3)}\t${unit}`);
}

/** Options of a run by plain gradient descent; absent initial values are 1. @param {number} lr @param {number} epochs */
export function plain(lr, epochs, batch = 1) {
  return { lr, epochs, batch, initNames: [], initValues: [], optimizer: "sgd", optionNames: [], optionValues: [], schedule: "constant", shuffle: false, seed: 0 };
}

const X = [1, 2, 3];
const Y = [2, 4, 6];
// Short enough for the record to stay in the cache; repeated, because clocks in pages are coarse.
const EPOCHS = 1_000;
const REPEATS = 100;
/** Passes that are not counted, because the engine still compiles and the page still settles. */
const WARM_UP = 10;

/**
 * Nanoseconds for a sample-step of the deck's program: compiled from its graph to WebAssembly, and
 * written by hand in JavaScript. The module's classes are `core`.
 * @param {typeof import("../www/pkg/core.js")} core
 * @returns {{ graph: number[], hand: number[] }}
 */
export function measureSteps(core) {
  const lesson = new core.Lesson("y_hat = x*w\ns = y_hat - y\nloss = s^2", ["x", "y"], Float64Array.of(...X, ...Y), Uint32Array.of(3, 3));
  const time = (/** @type {() => unknown} */ work) => {
    const start = performance.now();
    for (let repeat = 0; repeat < REPEATS; repeat += 1) {
      work();
    }
    return ((performance.now() - start) * 1e6) / (EPOCHS * X.length * REPEATS);
  };
  const passes = (/** @type {() => unknown} */ work) => Array.from({ length: WARM_UP + 31 }, () => time(work)).slice(WARM_UP);
  const options = plain(0.01, EPOCHS);
  lesson.compile(options);
  const graph = passes(() => lesson.train(options));
  const hand = passes(() => byHand(0.01, 1));
  lesson.free();
  return { graph, hand };
}

// The engine's record lies in memory that its allocator uses again from run to run. The hand-written
// loop writes into buffers made once, so that neither side is timed for new memory.
const made = () => new Float64Array(EPOCHS * X.length);
const [weights, gradients, losses] = [made(), made(), made()];

/**
 * @param {number} lr
 * @param {number} w
 */
function byHand(lr, w) {
  let step = 0;
  for (let epoch = 0; epoch < EPOCHS; epoch += 1) {
    for (let sample = 0; sample < 3; sample += 1) {
      const [x, y] = [/** @type {number} */ (X[sample]), /** @type {number} */ (Y[sample])];
      const gradient = 2 * x * (x * w - y);
      w -= lr * gradient;
      const error = x * w - y;
      gradients[step] = gradient;
      weights[step] = w;
      losses[step] = error * error;
      step += 1;
    }
  }
  return { weights, gradients, losses };
}
