// The elements with all their assets inside: for the single file, and for notebooks.

import font from "../font/DownhillMath.woff2";
import css from "../pkg/elements.css";
import wasm from "../pkg/core_bg.wasm";
import { loadEngine } from "../engine/engine.js";
import { prepare } from "./assets.js";
import { defineAll } from "./framed.js";

void defineAll(prepare({ engine: loadEngine(wasm), css: Promise.resolve(css), font }));
