// A question for a curve: the learner draws how the loss will fall, by pointer or with a slider for
// each point.

import { make } from "../../parts/dom.js";
import { readNumber } from "../../state/text.js";

/** The points of a sketch, the first of which is given. */
const POINTS = 7;
/** The picture in its own units: width, height, and the room for a loss that grows. */
const [WIDTH, HEIGHT, MOST] = [300, 150, 1.4];
const SVG = "http://www.w3.org/2000/svg";

/** Parts of the first loss, from the beginning to the end of the run. @typedef {number[]} Sketch */

/** The curve of a run at the points of a sketch, as parts of its first loss. @param {number[]} curve @returns {Sketch} */
export function sketchOf(curve) {
  const at = (/** @type {number} */ point) => (curve[Math.round((point * (curve.length - 1)) / (POINTS - 1))] ?? NaN) / (curve[0] ?? NaN);
  return Array.from({ length: POINTS }, (_, point) => at(point)).map((part) => (Number.isFinite(part) ? Math.min(part, MOST) : MOST));
}

/** @param {Sketch} sketch @param {Sketch} truth */
export function distance(sketch, truth) {
  return sketch.reduce((sum, part, point) => sum + Math.abs(part - (truth[point] ?? NaN)), 0) / sketch.length;
}

/** What is said of a sketch that is not near. @param {Sketch} sketch @param {Sketch} truth */
export function remarkOnSketch(sketch, truth) {
  const end = (/** @type {Sketch} */ curve) => curve.at(-1) ?? NaN;
  const line = sketch.map((_, point) => 1 + ((end(sketch) - 1) * point) / (POINTS - 1));
  if (sketch.every((part) => Math.abs(part - 1) < 0.05)) {
    return "Your curve stays where it begins: then no step would change the weight.";
  }
  if (end(sketch) > 1 && end(truth) < 1) {
    return "Your curve grows. Each step goes downhill, and this learning rate is small enough.";
  }
  if (end(sketch) < 1 && end(truth) > 1) {
    return "Your curve falls. With this learning rate each step jumps over the valley, and lands higher.";
  }
  if (distance(sketch, line) < 0.05) {
    return "The beginning and the end fit, but the loss does not fall evenly: the slope is steep at first, so the first steps are the long ones.";
  }
  return distance(sketch, truth) < 0.25 ? "The shape fits; it is steeper or flatter than that." : "Not yet: compare the first steps with the last ones.";
}

/** @param {() => void} changed */
export function sketchField(changed) {
  /** @type {Sketch} */
  let sketch = Array(POINTS).fill(1);
  let isLocked = false;
  const [own, told] = [line("mine"), line("told")];
  const handles = sketch.map((_, point) => handle(point));
  const svg = drawn("svg", { viewBox: `-12 -8 ${WIDTH + 24} ${HEIGHT + 16}`, class: "pad", role: "group", "aria-label": "Your sketch of the loss, from the first epoch to the last" });
  svg.append(drawn("path", { class: "frame", d: `M0 0V${HEIGHT}H${WIDTH}` }), told, own, ...handles.slice(1));
  const element = make("div", { class: "sketch" }, make("span", { class: "axis" }, "loss"), make("div", {}), make("span", { class: "axis across" }, "epochs"));
  element.children[1]?.append(svg);
  svg.addEventListener("pointerdown", (event) => {
    svg.setPointerCapture(event.pointerId);
    drawAt(event);
  });
  svg.addEventListener("pointermove", (event) => svg.hasPointerCapture(event.pointerId) && drawAt(event));
  show();

  /** @param {PointerEvent} event */
  function drawAt({ clientX, clientY }) {
    const { x, y } = new DOMPoint(clientX, clientY).matrixTransform(svg.getScreenCTM()?.inverse());
    set(Math.round((x / WIDTH) * (POINTS - 1)), (1 - y / HEIGHT) * MOST);
  }

  /** The first point is given. @param {number} point @param {number} part */
  function set(point, part) {
    if (!isLocked && point > 0 && point < POINTS) {
      sketch[point] = Math.max(0, Math.min(MOST, Number(part.toFixed(2))));
      show();
      changed();
    }
  }

  function show() {
    own.setAttribute("d", pathOf(sketch));
    handles.forEach((handle, point) => {
      const part = sketch[point] ?? 1;
      const [x, y] = placeOf(part, point);
      Object.entries({ cx: x, cy: y, "aria-valuenow": Math.round(100 * part), "aria-valuetext": `${Math.round(100 * part)} % of the first loss` }).forEach(([name, value]) => handle.setAttribute(name, String(value)));
    });
  }

  /** @param {number} point */
  function handle(point) {
    const circle = drawn("circle", { r: "7", class: "handle", tabindex: "0", role: "slider", "aria-label": `loss at point ${point} of ${POINTS - 1}`, "aria-orientation": "vertical", "aria-valuemin": "0", "aria-valuemax": String(100 * MOST) });
    circle.addEventListener("keydown", (event) => {
      const by = { ArrowUp: 0.05, ArrowRight: 0.05, ArrowDown: -0.05, ArrowLeft: -0.05, PageUp: 0.2, PageDown: -0.2 }[/** @type {KeyboardEvent} */ (event).key];
      if (by !== undefined) {
        event.preventDefault();
        event.stopPropagation();
        set(point, (sketch[point] ?? 1) + by);
      }
    });
    return circle;
  }

  return {
    element,
    isDirect: false,
    focus: () => handles[1]?.focus(),
    text: () => sketch.join(" "),
    /** Seven numbers; anything else is no sketch. @param {string} text */
    write(text) {
      const given = text.trim().split(/\s+/).map((part) => Math.max(0, Math.min(MOST, readNumber(part))));
      sketch = given.length === POINTS ? given : Array(POINTS).fill(1);
      show();
    },
    sketch: () => [...sketch],
    lock(/** @type {boolean} */ locked) {
      isLocked = locked;
      handles.forEach((handle) => handle.setAttribute("aria-disabled", String(locked)));
    },
    /** Shows the truth over the sketch, or takes it away. @param {Sketch | undefined} truth */
    tell(truth) {
      told.setAttribute("d", truth ? pathOf(truth) : "");
    },
  };
}

/** @param {string} name @param {Record<string, string>} attributes */
function drawn(name, attributes) {
  const element = /** @type {SVGGraphicsElement} */ (document.createElementNS(SVG, name));
  Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
  return element;
}

/** @param {string} name */
function line(name) {
  return drawn("path", { class: `line ${name}` });
}

/** @param {number} part @param {number} point @returns {[number, number]} */
function placeOf(part, point) {
  return [(point * WIDTH) / (POINTS - 1), HEIGHT * (1 - part / MOST)];
}

/** @param {Sketch} sketch */
function pathOf(sketch) {
  return `M${sketch.map((part, point) => placeOf(part, point).map((length) => length.toFixed(1)).join(" ")).join("L")}`;
}
