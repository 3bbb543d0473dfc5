// A pixel's loss and its gradient by the picture: the same network once more, with the picture among
// its parameters, because the network that learns computes no gradient of its data.

import { networkOf } from "../../../engine/network.js";

/** @typedef {import("./element.js").SegmentScene} Scene */

export class Looking {
  /** @type {ReturnType<typeof networkOf> | undefined} */
  #network;
  /** Whose weights it has. @type {Scene["network"] | undefined} */
  of;

  /**
   * The gradient of -log p by each number of the picture, channel by channel.
   * @param {Scene} scene
   * @param {ArrayLike<number>} picture as the network sees it
   * @param {number} pixel
   * @param {number} k the class whose probability is p, counted from 1
   */
  gradient(scene, picture, pixel, k) {
    const network = this.#ready(scene);
    network.load(weightsIn(scene.network, network, picture));
    network.replace(0, { mask: maskOf(scene, pixel, k) });
    return network.inspect("picture", 0).gradient ?? new Float64Array(picture.length);
  }

  /** The network, made anew for another one that learns. @param {Scene} scene */
  #ready({ engine, network, state, task }) {
    if (this.of !== network || !this.#network?.isAlive) {
      this.free();
      const [picture, mask] = ["picture", "mask"].map((name) => task.columns.find((column) => column.name === name)?.shape.slice(1) ?? []);
      const column = { name: "mask", shape: [1, ...(mask ?? [])], numbers: new Float64Array(product(mask ?? [])) };
      const init = { ...state.init, picture: `zeros(${picture?.join(", ")})` };
      this.#network = networkOf(engine, { ...state, init, batch: 1 }, [column], { precision: state.precision, compiled: true });
      this.of = network;
    }
    return this.#network;
  }

  free() {
    this.#network?.free();
    [this.#network, this.of] = [undefined, undefined];
  }
}

/** @param {number[]} shape */
function product(shape) {
  return shape.reduce((all, size) => all * size, 1);
}

/** One pixel is painted, and counts for the whole loss. @param {Scene} scene @param {number} pixel @param {number} k */
function maskOf({ data }, pixel, k) {
  const [rows, columns] = data.shots[0]?.size ?? [0, 0];
  const mask = new Float64Array(data.classes.length * rows * columns);
  mask[(k - 1) * rows * columns + pixel] = 1;
  return mask;
}

/** The numbers of one network for the parameters of the other, which has the picture besides. @param {Scene["network"]} from @param {Scene["network"]} to @param {ArrayLike<number>} picture */
function weightsIn(from, to, picture) {
  /** @type {Map<string, ArrayLike<number>>} */
  const values = new Map([["picture", picture]]);
  const { weights } = from;
  let end = 0;
  for (const { name, shape } of from.parameters) {
    values.set(name, weights.subarray(end, (end += product(shape))));
  }
  const all = new Float64Array(weights.length + picture.length);
  end = 0;
  for (const { name } of to.parameters) {
    all.set(values.get(name) ?? [], end);
    end += values.get(name)?.length ?? 0;
  }
  return all;
}
