// <downhill-text>: a network that learns a text character by character, and writes while it learns.

import { loadWords } from "../../../engine/words.js";
import { bigramLoss, uniformLoss } from "../../../state/bigram.js";
import { floorOf, inventedLanguage } from "../../../state/invented.js";
import { receptiveField } from "../../../state/textnet.js";
import { TEXT_SETTINGS, shapeOf, textState, whyOfText } from "../../../state/texts.js";
import { curveView } from "../curve.js";
import { graphView } from "../graph.js";
import { homeView } from "../home/view.js";
import { layersView } from "../layers.js";
import { sharedSnippets } from "../snippets.js";
import { summaryOf, wordOf } from "../summary.js";
import { makeTraining } from "../training.js";
import { TEXT_HOME } from "./home.js";
import { insideView } from "./inside/view.js";
import { ownText } from "./own.js";
import { textTask } from "./task.js";
import { writeView } from "./write.js";

/** @typedef {import("../../../state/language.js").Language} Language */
/** @typedef {import("../../../state/texts.js").TextState} TextState */
/** @typedef {import("../scene.js").SceneOf<Language, TextState>} TextScene */

/** Losses that are computed once for each text. @type {WeakMap<Language, { name: string, loss: number }[]>} */
const LEVELS = new WeakMap();

/** What a loss can be compared with. @param {TextScene} scene */
function levelsOf({ data, state }) {
  if (!LEVELS.has(data)) {
    LEVELS.set(data, [{ name: "uniform", loss: uniformLoss(data) }, { name: "bigram", loss: bigramLoss(data).test }]);
  }
  const floor = floorOf(data.name, receptiveField(shapeOf(state, data.tokens.length)));
  return [...(LEVELS.get(data) ?? []), ...(floor === undefined ? [] : [{ name: "floor", loss: floor }])];
}

/** What moves with the text: the embedding, what each layer makes, its gates, and the scores. @param {string} name */
function isLine(name) {
  return /^(e|[agh]\d+|scores)$/.test(name);
}

/** @type {import("../training.js").Kind<Language, TextState>} */
const TEXTS = {
  settings: TEXT_SETTINGS,
  stateOf: textState,
  fresh: "",
  load: ({ data = "words" }, kept) => (data === "own" ? kept.get("own") : data === "words" ? loadWords() : inventedLanguage(data)),
  taskOf: (language, { window }) => textTask(language, window),
  parts: (host, { take, begin, given, site }) => ({
    name: "text network",
    table: { settings: TEXT_SETTINGS, asides: ["language", "shape"], whys: { language: whyOfText } },
    views: {
      curve: curveView(host, begin, { given, summaryOf: (state) => summaryOf(TEXT_SETTINGS, state, [state.data, wordOf(TEXT_SETTINGS.kind, state.kind), `${state.layers} layers`, `kernel ${state.kernel}`, `${state.channels} channels`]), levelsOf }),
      write: writeView(host), layers: layersView(host, isLine), inside: insideView(host), graph: graphView(host), home: homeView(host, TEXT_HOME),
    },
    own: ownText(take),
    snippets: () => sharedSnippets("text", TEXT_SETTINGS, given(), site, "Your text stays on this device: whoever opens the link gives their own."),
  }),
};

/**
 * The element's class, for one engine and one style sheet.
 * @param {import("../../../parts/mount.js").Assets} assets
 */
export function makeText(assets) {
  return makeTraining(assets, TEXTS);
}
