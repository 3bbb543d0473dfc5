// The backward step of a convolution at one place, in numbers: what the gradient that arrives there
// adds to the gradients of the kernel and of the input.

import { make, setText } from "../../../parts/dom.js";
import { counted } from "../../../state/text.js";
import { digits } from "./digits.js";
import { equation, sign } from "./forward.js";
import { isNear, kernelOf, placesOf, rowAndColumn, sharesOfAllPlaces, windowAt } from "./window.js";

/** @typedef {import("./stepper.js").Moment} Moment */

export function backwardNumbers() {
  const arrives = make("p");
  const [window, share, all] = [digits("value"), digits("gradient"), digits("gradient")];
  const [kernel, back] = [digits("parameter"), digits("gradient")];
  const [times, again] = [sign(""), sign("")];
  const [sum, flows] = [make("p", { class: "said" }), make("p", {})];
  const first = equation("share of the kernel in numbers", window.element, times, sign("="), share.element, all.element);
  const second = equation("share of the input in numbers", kernel.element, again, sign("="), back.element);
  const element = make("div", { class: "side sentences" }, arrives, first, sum, second, flows);

  return {
    element,
    /** @param {Moment} moment */
    show(moment) {
      const { core, convolution, sliding, input, kernels, output, filter, channel, place } = moment;
      const arriving = output.gradient?.[filter * placesOf(sliding) + place];
      [first, second, sum, flows].forEach((part) => (part.hidden = arriving === undefined));
      const at = `${convolution.line}[${[filter, ...rowAndColumn(sliding, place)].join(", ")}]`;
      setText(arrives, arriving === undefined ? `No gradient arrives at ${convolution.line}: the loss does not depend on it.` : `The gradient ${core.shortNumber(arriving)} arrives at ${at}.${arriving === 0 ? " This place adds nothing; a coloured one does." : ""}`);
      if (arriving === undefined || !output.gradient) {
        return;
      }
      const [seen, weights] = [windowAt(sliding, input.value, channel, place), kernelOf(sliding, kernels.value, filter, channel)];
      const name = `${convolution.kernels}[${filter}, ${channel}]`;
      const factor = `× ${arriving < 0 ? `(${core.shortNumber(arriving)})` : core.shortNumber(arriving)}`;
      [times, again].forEach((part) => setText(part, factor));
      window.show(core, `window of ${convolution.input}[${channel}]`, seen, sliding.kernel);
      share.show(core, `share of the gradient of ${name}`, seen.map((number) => number * arriving), sliding.kernel);
      const shares = sharesOfAllPlaces(sliding, input.value, output.gradient, filter, channel);
      all.show(core, `shares of all ${counted(placesOf(sliding), "place")}`, shares, sliding.kernel);
      setText(sum, sumOf(moment, name, shares));
      kernel.show(core, `kernel ${name}`, weights, sliding.kernel);
      back.show(core, `share of the gradient of ${convolution.input}[${channel}]`, weights.map((number) => number * arriving), sliding.kernel);
      setText(flows, "This flows back to the window of the input. Other windows that overlap it, and the other filters, add their shares there.");
    },
  };
}

/** Whether all shares are the gradient that the engine has. @param {Moment} moment @param {string} name @param {Float64Array} shares */
function sumOf({ core, sliding, kernels, filter, channel }, name, shares) {
  const gradient = kernelOf(sliding, kernels.gradient ?? [], filter, channel);
  const most = Math.max(...shares.map(Math.abs), ...gradient.map(Math.abs));
  const isSame = shares.every((share, index) => isNear(share, gradient[index] ?? NaN, most));
  const numbers = `its first number is ${core.shortNumber(gradient[0] ?? NaN)}`;
  return isSame ? `The network has the same gradient of ${name}: ${numbers}.` : `The network has another gradient of ${name}: ${numbers}. The kernel is used elsewhere in the program, too.`;
}
