// The elements with everything that they need inside: for one file, and for notebooks.

import css from "./lab.css";
import font from "./font/DownhillMath.woff2";
import wasm from "./pkg/core_bg.wasm";
import { defineLab, prepare } from "./define.js";
import { loadEngine } from "./engine.js";
import { defineOthers } from "./others.js";

const inlined = prepare({ engine: loadEngine(wasm), css: Promise.resolve(css), font });
defineLab(inlined);
defineOthers(inlined);
