// Sample-steps in Node.

import { readFile } from "node:fs/promises";
import { measureSteps, quantile, report } from "./measure.js";

const core = await import("../www/pkg/core.js");
core.initSync({ module: await readFile(new URL("../www/pkg/core_bg.wasm", import.meta.url)) });
const { graph, hand } = measureSteps(core);
report("step: graph, wasm, Node", quantile(graph, 0.5), "ns");
report("step: by hand, JavaScript, Node", quantile(hand, 0.5), "ns");
