// Downhill with one more row in its table of settings, bundled for a test.

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const www = fileURLToPath(new URL("../www", import.meta.url));
const ROW = '{ name: "warmUp", ...number, initial: 3, control: "training", label: "warm-up", help: "How many epochs the learning rate takes to rise." },';
const BEGINNING = "const TABLE = [\n";

/** @param {string} entry a program that imports from `www/` */
export async function withOneMoreRow(entry) {
  const { outputFiles } = await build({
    stdin: { contents: entry, resolveDir: www, sourcefile: "entry.js" },
    bundle: true,
    format: "esm",
    write: false,
    define: { "import.meta.url": '""' },
    loader: { ".css": "text", ".woff2": "dataurl", ".wasm": "binary" },
    plugins: [{ name: "one more row", setup: (build) => build.onLoad({ filter: /state\/settings\.js$/ }, async ({ path }) => ({ contents: enlarged(await readFile(path, "utf8")) })) }],
  });
  return outputFiles[0]?.text ?? "";
}

/** @param {string} source */
function enlarged(source) {
  if (!source.includes(BEGINNING)) {
    throw new Error(`the table of settings no longer begins with ${JSON.stringify(BEGINNING)}`);
  }
  return source.replace(BEGINNING, `${BEGINNING}  ${ROW}\n`);
}
