// <downhill-network>: a program that learns to tell pictures apart, before one's eyes.

import { loadDataset } from "../../../engine/dataset.js";
import { NETWORK_SETTINGS, networkNamed, networkState } from "../../../state/networks.js";
import { askView } from "../ask/view.js";
import { curveView } from "../curve.js";
import { graphView } from "../graph.js";
import { homeView } from "../home/view.js";
import { layersView } from "../layers.js";
import { ownView } from "../own/view.js";
import { sharedSnippets } from "../snippets.js";
import { summaryOf, wordOf } from "../summary.js";
import { makeTraining } from "../training.js";
import { understandView } from "../understand/view.js";
import { PICTURES_HOME } from "./home.js";
import { pictureTask } from "./task.js";

/** @typedef {import("../scene.js").Dataset} Dataset */
/** @typedef {import("../scene.js").NetworkState} State */

/** What the settings are read for while there are no pictures. */
const NO_PICTURES = { size: /** @type {const} */ ([8, 8]), classes: 10 };

/** @type {import("../training.js").Kind<Dataset, State>} */
const PICTURES = {
  settings: NETWORK_SETTINGS,
  stateOf: (given, data) => networkState(given, data ? { size: data.size, classes: data.classes.length, training: data.training } : NO_PICTURES),
  fresh: "preset",
  load: ({ data = "digits" }, kept) => (data === "own" ? kept.get("own") : loadDataset(data)),
  taskOf: pictureTask,
  parts: (host, { take, begin, given, site }) => ({
    name: "network",
    table: { settings: NETWORK_SETTINGS, asides: ["preset", "pictures"], whys: { preset: ({ preset }) => networkNamed(preset).why } },
    views: {
      curve: curveView(host, begin, { given, summaryOf: (state) => summaryOf(NETWORK_SETTINGS, state, [wordOf(NETWORK_SETTINGS.preset, state.preset), state.data]) }),
      ask: askView(host), layers: layersView(host), understand: understandView(host), graph: graphView(host), home: homeView(host, PICTURES_HOME),
    },
    own: ownView({ take, redraw: host.redraw }),
    snippets: () => sharedSnippets("network", NETWORK_SETTINGS, given(), site, "Your pictures stay on this device: whoever opens the link draws their own."),
  }),
};

/**
 * The element's class, for one engine and one style sheet.
 * @param {import("../../../parts/mount.js").Assets} assets
 */
export function makeNetwork(assets) {
  return makeTraining(assets, PICTURES);
}
