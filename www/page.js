// The page: settings in the address become attributes of its lab.

import "./downhill.js";
import { KEYS, attributeOf } from "./state.js";

const lab = document.querySelector("downhill-lab");
const settings = new URLSearchParams(location.search);

for (const key of KEYS) {
  const text = settings.get(key);
  if (text !== null) {
    lab?.setAttribute(attributeOf(key), text);
  }
}
