// Downhill as an anywidget module: an element in a notebook, whose state is the widget's.

import { elementNamed } from "./page/framed.js";
import "./page/inlined.js";

/**
 * @typedef {object} WidgetModel the part of anywidget's model that is used
 * @property {(name: string) => any} get
 * @property {(name: string, value: unknown) => void} set
 * @property {() => void} save_changes
 * @property {(event: string, act: () => void) => void} on
 * @property {(event: string, act: () => void) => void} off
 */

/** The traits that become attributes of the element. */
const ARRANGEMENT = /** @type {const} */ (["views", "hide", "lock", "theme"]);

/**
 * Traits: `element` (its name), `state` (plain data, both ways), `trace` and `result` (read only),
 * `views`, `hide`, `lock` and `theme`.
 * @param {{ model: WidgetModel, el: HTMLElement }} widget
 */
function render({ model, el }) {
  const name = elementNamed(model.get("element"))?.name ?? "lab";
  const element = /** @type {HTMLElement & { state: any, trace?: string, result?: any }} */ (document.createElement(`downhill-${name}`));
  const arrange = () => ARRANGEMENT.forEach((key) => (model.get(key) ? element.setAttribute(key, model.get(key)) : element.removeAttribute(key)));
  const take = () => {
    element.state = model.get("state") ?? {};
    tell();
  };
  let told = "";
  function tell() {
    const next = JSON.stringify([element.state, element.trace, element.result]);
    if (next !== told) {
      told = next;
      model.set("state", element.state);
      model.set("trace", element.trace ?? "");
      model.set("result", element.result ?? {});
      model.save_changes();
    }
  }

  arrange();
  element.state = model.get("state") ?? {};
  for (const event of ["ready", "change", "result"]) {
    element.addEventListener(event, tell);
  }
  model.on("change:state", take);
  ARRANGEMENT.forEach((key) => model.on(`change:${key}`, arrange));
  el.append(element);
  return () => {
    model.off("change:state", take);
    ARRANGEMENT.forEach((key) => model.off(`change:${key}`, arrange));
    element.remove();
  };
}

export default { render };
