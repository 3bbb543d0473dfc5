// Sample-steps in Node.

import { readFile } from "node:fs/promises";
import { measureSteps, quantile, report } from "./measure.js";

const core = await import("../www/pkg/core.js");
core.initSync({ module: await readFile(new URL("../www/pkg/core_bg.wasm", import.meta.url)) });
const { graph, hand } = measureSteps(core);
report("step: graph, wasm, Node", quantile(graph, 0.5), "ns");
report("step: by hand, JavaScript, Node", quantile(hand, 0.5), "ns");

/** A training step has a forward pass more than the two passes: that of the loss which is printed. */
for (const nodes of [10, 100, 1_000, 10_000]) {
  const lesson = new core.Lesson(`w${"*x".repeat(nodes)}`, ["x"], Float64Array.of(1), Uint32Array.of(1));
  const epochs = Math.ceil(100_000 / nodes);
  const time = () => {
    const start = performance.now();
    lesson.train(1e-300, epochs, [], new Float64Array());
    return ((performance.now() - start) * 1e6) / (epochs * nodes);
  };
  const times = Array.from({ length: 60 }, time).slice(20);
  report(`chain of ${nodes}: training step, wasm`, quantile(times, 0.5), "ns");
  lesson.free();
}
