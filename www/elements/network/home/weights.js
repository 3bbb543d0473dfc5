// The weights as a safetensors file, out and in.

import { make, setText } from "../../../parts/dom.js";
import { download } from "../../../parts/download.js";
import { button, keepPrivate } from "../../../parts/private.js";
import { problemLine } from "../../../parts/problem.js";
import { weightsFrom, writeSafetensors } from "../../../state/safetensors.js";
import { TextError, messageOf } from "../../../state/text.js";

/** @typedef {import("../scene.js").AnyScene} Scene */

/** The largest file that is read; a network has far fewer weights. */
const MOST_BYTES = 50_000_000;

/** @param {import("../scene.js").HostOf<any>} host @param {string} name of the file */
export function weightsControl(host, name) {
  const said = make("span", { class: "quiet", role: "status" });
  const file = keepPrivate(make("input", { type: "file", accept: ".safetensors" }), () => void open(file.files?.[0]));
  const problem = problemLine(file);
  const save = button("Weights", () => attempt(() => saved(host.scene(), name)));
  let turn = 0;

  /** @param {File | undefined} chosen */
  async function open(chosen) {
    turn += 1;
    const own = turn;
    const bytes = chosen && chosen.size <= MOST_BYTES ? await chosen.arrayBuffer().catch(() => undefined) : undefined;
    if (chosen && own === turn) {
      attempt(() => loaded(chosen, bytes));
    }
    // Otherwise the same file could not be chosen again.
    file.value = "";
  }

  /** @param {File} chosen @param {ArrayBuffer | undefined} bytes */
  function loaded({ name, size }, bytes) {
    const network = host.scene()?.network;
    if (!bytes || !network) {
      throw new TextError(size > MOST_BYTES ? `${name} has ${size} bytes; at most ${MOST_BYTES} are read` : `${name} could not be read`);
    }
    const weights = weightsFrom(new Uint8Array(bytes), network.parameters);
    host.load(weights);
    return `the weights of ${name} are loaded`;
  }

  /** Does something, and says what came of it. @param {() => string} work */
  function attempt(work) {
    try {
      setText(said, work());
      problem.fail("");
    } catch (error) {
      setText(said, "");
      problem.fail(messageOf(error));
    }
  }

  return { elements: [make("div", { class: "copies" }, save, make("label", {}, "Load weights ", file), said), problem.line] };
}

/** @param {Scene | undefined} scene @param {string} name */
function saved(scene, name) {
  if (!scene) {
    throw new TextError("there is no network whose weights could be saved");
  }
  const { network, state } = scene;
  const file = writeSafetensors(tensorsOf(network), state.precision === "float32" ? "F32" : "F64");
  download(name, new Blob([file], { type: "application/octet-stream" }));
  return `saved as ${name}`;
}

/** The weights of each parameter. @param {Scene["network"]} network */
function tensorsOf({ parameters, weights }) {
  let end = 0;
  return parameters.map(({ name, shape }) => {
    const begin = end;
    end += shape.reduce((product, size) => product * size, 1);
    return { name, shape, values: weights.subarray(begin, end) };
  });
}
