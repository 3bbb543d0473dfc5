// Derivatives in Node: parsed and derived, and all that a page shows of them; with `--peers` beside
// other libraries, whose packages are in the folder after it.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { calculate } from "../www/engine/calculate.js";
import { quantile, report } from "./measure.js";

const core = await import("../www/pkg/core.js");
core.initSync({ module: await readFile(new URL("../www/pkg/core_bg.wasm", import.meta.url)) });

/** The deck's formula, and a long one; how often each is measured. */
const FORMULAS = [
  { name: "deck", model: "(x*w - y)^2", times: 2_000 },
  { name: "50 squares", model: Array.from({ length: 50 }, (_, index) => `(x${index}*w - y${index})^2`).join(" + "), times: 60 },
];

for (const { name, model, times } of FORMULAS) {
  measure(`derive: bare, ${name}`, times, () => new core.Calculus(model, "w", 1).free());
  measure(`derive: all together, ${name}`, times, () => calculate(core, { model, by: "w", order: 1, init: {} }));
}

const peers = process.argv[process.argv.indexOf("--peers") + 1];
if (peers && process.argv.includes("--peers")) {
  const require = createRequire(pathToFileURL(`${peers}/`));
  const [{ derivative }, nerdamer] = ["mathjs", "nerdamer", "nerdamer/Algebra.js", "nerdamer/Calculus.js"].map((name) => require(name));
  for (const { name, model, times } of FORMULAS) {
    measure(`derive: mathjs without simplify, ${name}`, times / 20, () => derivative(model, "w", { simplify: false }));
    measure(`derive: nerdamer, ${name}`, times / 20, () => nerdamer.diff(model, "w").toString());
  }
}

/**
 * @param {string} name
 * @param {number} times
 * @param {() => unknown} work
 */
function measure(name, times, work) {
  const time = () => {
    const start = performance.now();
    work();
    return (performance.now() - start) * 1e3;
  };
  const passes = Array.from({ length: Math.ceil(times) }, time);
  report(name, quantile(passes, 0.5), "µs");
}
