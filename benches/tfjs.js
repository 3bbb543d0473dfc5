// Chain graphs in TensorFlow.js on its cpu backend; its backends on the GPU are not measured.

import { createRequire } from "node:module";
import { quantile, report } from "./measure.js";

const require = createRequire(`${process.argv[2]}/package.json`);
// The folder is known only when this runs, and so are its types.
const tf = require(["@tensorflow", "tfjs"].join("/"));
await tf.setBackend("cpu");

for (const nodes of [10, 100, 1_000]) {
  const chain = (/** @type {any} */ w, /** @type {any} */ x) => {
    let value = w;
    for (let node = 0; node < nodes; node += 1) {
      value = tf.mul(value, x);
    }
    return value;
  };
  const gradients = tf.grads(chain);
  const [w, x] = [tf.scalar(1), tf.scalar(1)];
  const time = () => {
    const start = performance.now();
    tf.tidy(() => gradients([w, x]));
    return ((performance.now() - start) * 1e6) / nodes;
  };
  report(`chain of ${nodes}: both passes, tfjs cpu`, quantile(Array.from({ length: 40 }, time).slice(10), 0.5), "ns");
}
