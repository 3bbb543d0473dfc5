// How the parameters are moved: the optimizer with its options, the batch, the order, the schedule.

import { OPTIMIZER_NAMES, OPTIONS, SCHEDULES, optionsFor } from "../../../engine/options.js";
import { make, setText, uniqueId } from "../../../parts/dom.js";
import { problemLine } from "../../../parts/problem.js";
import { SETTINGS } from "../../../state/settings.js";

/** @typedef {import("../../../state/settings.js").State} State */
/** @typedef {import("../../../state/settings.js").Key} Key */

/** What stands in a field that is empty: torch.optim's defaults. */
const DEFAULTS = /** @type {Record<string, string>} */ ({ momentum: "0", weightDecay: "0", alpha: "0.99", betas: "0.9, 0.999", eps: "1e-8", gamma: "0.1" });

const LABELS = /** @type {Record<string, string>} */ ({ momentum: "momentum", nesterov: "Nesterov", weightDecay: "weight decay", alpha: "alpha", betas: "betas", eps: "eps", batch: "samples in a batch", shuffle: "shuffled in each epoch", seed: "seed", schedule: "schedule", stepSize: "step size, in epochs", gamma: "gamma", optimizer: "optimizer" });

export function trainingControls() {
  /** @type {Partial<Record<Key, ReturnType<typeof field>>>} */
  const controls = {
    optimizer: choice("optimizer", Object.entries(OPTIMIZER_NAMES)),
    momentum: field("momentum"),
    nesterov: flag("nesterov"),
    alpha: field("alpha"),
    betas: field("betas"),
    eps: field("eps"),
    weightDecay: field("weightDecay"),
    batch: field("batch"),
    shuffle: flag("shuffle"),
    seed: field("seed"),
    schedule: choice("schedule", SCHEDULES.map((name) => [name, name])),
    stepSize: field("stepSize"),
    gamma: field("gamma"),
  };
  const element = make("details", { class: "own training" }, make("summary", {}, "Optimizer, batch, schedule"), ...Object.values(controls).map((control) => control.element));
  return {
    element,
    controls,
    /** @param {State} state */
    show(state) {
      const has = optionsFor(state.optimizer);
      const shown = /** @type {Partial<Record<Key, boolean>>} */ ({ seed: state.shuffle, stepSize: state.schedule === "step", gamma: state.schedule === "step" || state.schedule === "exponential" });
      for (const option of OPTIONS) {
        shown[option] = has.includes(option);
      }
      for (const [key, control] of /** @type {[Key, ReturnType<typeof field>][]} */ (Object.entries(controls))) {
        control.show(state[key]);
        control.element.hidden = !(shown[key] ?? true);
      }
    },
  };
}

/**
 * Another optimizer has other options: those that it does not know are left behind.
 * @param {string} optimizer
 * @returns {Partial<State>}
 */
export function withoutOthers(optimizer) {
  const has = optionsFor(optimizer);
  return Object.fromEntries(OPTIONS.filter((option) => !has.includes(option)).map((option) => [option, undefined]));
}

/**
 * A text field of a setting.
 * @param {Key} key
 */
function field(key) {
  const input = make("input", { type: "text", id: uniqueId(), autocomplete: "off", spellcheck: "false", placeholder: DEFAULTS[key], part: "number" });
  const { line, fail } = problemLine(input);
  let failing = false;
  return {
    element: make("div", { class: "setting", "data-key": key }, make("label", { for: input.id }, LABELS[key] ?? key), input, line),
    read: () => SETTINGS[key].read(input.value),
    show(/** @type {unknown} */ value) {
      const text = SETTINGS[key].write(value);
      if (!failing && !means(key, input.value, text)) {
        input.value = text;
      }
    },
    type(/** @type {string} */ text) {
      input.value = text;
    },
    fail(/** @type {string} */ message) {
      failing = message !== "";
      fail(message);
    },
  };
}

/**
 * Whether a text means the value that is written as another: `1e-2` means 0.01.
 * @param {Key} key
 * @param {string} text
 * @param {string} written
 */
function means(key, text, written) {
  try {
    return SETTINGS[key].write(SETTINGS[key].read(text)) === written;
  } catch {
    return false;
  }
}

/**
 * A setting that is one of a few words.
 * @param {Key} key
 * @param {readonly (readonly [string, string])[]} words with the names that are shown
 */
function choice(key, words) {
  const select = make("select", { id: uniqueId() }, ...words.map(([value, name]) => make("option", { value }, name)));
  const { line, fail } = problemLine(select);
  return {
    element: make("div", { class: "setting", "data-key": key }, make("label", { for: select.id }, LABELS[key] ?? key), select, line),
    read: () => select.value,
    show(/** @type {unknown} */ value) {
      select.value = String(value);
    },
    type(/** @type {string} */ text) {
      select.value = text;
    },
    fail,
  };
}

/**
 * A setting that is on or off.
 * @param {Key} key
 */
function flag(key) {
  const box = make("input", { type: "checkbox" });
  const line = make("p", { class: "problem", "aria-live": "polite" });
  return {
    element: make("div", { class: "setting", "data-key": key }, make("label", { class: "choice" }, box, ` ${LABELS[key]}`), line),
    read: () => box.checked,
    show(/** @type {unknown} */ value) {
      box.checked = Boolean(value);
    },
    type() {},
    fail: (/** @type {string} */ message) => setText(line, message),
  };
}
