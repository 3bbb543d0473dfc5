// The numbers in the text, read from the element of their section: `<data data-number="loss end">`.

import { initialOf } from "../state/initial.js";

/** @typedef {any} Reader an element, with its state and what it has computed */

/**
 * The kinds of numbers in the text: a name, and further words.
 * @type {Record<string, (element: Reader, ...words: string[]) => number | undefined>}
 */
const NUMBERS = {
  setting: ({ state }, name = "") => state[name],
  start: ({ state }, name = "") => initialOf(state.init, name),
  end: ({ run }, name = "") => run?.weights.at(run.parameters.indexOf(name) - run.parameters.length),
  gradient: ({ run }, step = "1") => run?.gradients[Number(step) - 1],
  loss: ({ run }, step = "1") => run?.losses.at(step === "end" ? -1 : Number(step) - 1),
  predict: (element, input = "0", when = "after") => element.predict(Number(input))?.[when],
  steps: ({ run }) => run?.losses.length,
};

/**
 * Fills in the numbers, now and whenever their elements change.
 * @param {Document} page
 */
export function followNumbers(page) {
  const places = [...page.querySelectorAll("[data-number]")];
  for (const section of new Set(places.map((place) => place.closest("section")))) {
    const element = /** @type {Reader} */ (section?.querySelector("downhill-lab, downhill-autograd"));
    const own = places.filter((place) => section?.contains(place));
    const numberOf = element?.localName === "downhill-autograd" ? numberOfTensor : numberOfLab;
    const fill = () => own.forEach(async (place) => fillIn(place, await numberOf(element, place.getAttribute("data-number") ?? "")));
    for (const event of ["input", "change", "ready"]) {
      element?.addEventListener(event, fill);
    }
    fill();
  }
}

/** @param {Reader} element @param {string} text */
function numberOfLab(element, text) {
  const [name = "", ...words] = text.split(" ");
  return Object.hasOwn(NUMBERS, name) && element.state ? NUMBERS[name]?.(element, ...words) : undefined;
}

/**
 * An element of a tensor, or of its gradient; the engine's module is there when the element is.
 * @param {Reader} element
 * @param {string} text
 */
async function numberOfTensor(element, text) {
  const [name = "", tensor = "", index = "0"] = text.split(" ");
  if (!element.state) {
    return undefined;
  }
  const { load } = await import("../engine/api.js");
  const { gradients, nodes } = /** @type {any} */ ((await load()).gradient(element.state.model, {}));
  return [name === "value" ? nodes.find((/** @type {any} */ node) => node.name === tensor)?.value : gradients[tensor]].flat(9)[Number(index)];
}

/** If the number is not known yet, the text stays unchanged. @param {Element} place @param {number | undefined} number */
function fillIn(place, number) {
  if (number !== undefined) {
    place.textContent = String(Number(number.toPrecision(4))).replace("-", "−");
  }
}
