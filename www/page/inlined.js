// The elements with everything that they need inside: for one file, and for notebooks.

import { loadEngine } from "../engine/engine.js";
import font from "../font/DownhillMath.woff2";
import wasm from "../pkg/core_bg.wasm";
import css from "../pkg/elements.css";
import { defineLab, prepare } from "./define.js";
import { defineOthers } from "./others.js";

const inlined = prepare({ engine: loadEngine(wasm), css: Promise.resolve(css), font });
defineLab(inlined);
defineOthers(inlined);
