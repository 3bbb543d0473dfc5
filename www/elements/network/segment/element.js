// <downhill-segment>: a few strokes on a picture, and a network that learns from them colours the rest.

import { loadShots } from "../../../engine/shots.js";
import { SEGMENT_SETTINGS, SEGMENT_WHYS, segmentState } from "../../../state/segments.js";
import { curveView } from "../curve.js";
import { graphView } from "../graph.js";
import { homeView } from "../home/view.js";
import { layersView } from "../layers.js";
import { sharedSnippets } from "../snippets.js";
import { summaryOf, wordOf } from "../summary.js";
import { makeTraining } from "../training.js";
import { deskView } from "./desk.js";
import { filesControl } from "./files.js";
import { SEGMENT_HOME } from "./home.js";
import { keptWork } from "./keep.js";
import { linesOf } from "./lines.js";
import { ownPictures } from "./own.js";
import { scoresView } from "./scores.js";
import { seeingView } from "./seeing.js";
import { segmentTask } from "./task.js";

/** @typedef {import("../../../state/segment/project.js").Project} Project */
/** @typedef {import("../../../state/segments.js").SegmentState} SegmentState */
/** @typedef {import("../scene.js").SceneOf<Project, SegmentState>} SegmentScene */
/** @typedef {import("../scene.js").HostOf<SegmentScene>} Host */
/** @typedef {import("../training.js").Acts<Project, SegmentState>} Acts */

/** What stands beside each other at home: the files of the work, and the program. @param {Host} host @param {Acts} acts @param {ReturnType<typeof deskView>} desk */
function takeHome(host, acts, desk) {
  const home = homeView(host, SEGMENT_HOME);
  const files = filesControl({ scene: host.scene, shown: desk.shown, paint: desk.paint }, acts);
  return { ...home, elements: [...files.elements, ...home.elements] };
}

/** @type {import("../training.js").Kind<Project, SegmentState>} */
const SEGMENTS = {
  settings: SEGMENT_SETTINGS,
  stateOf: segmentState,
  fresh: "",
  load: ({ data = "coins" }, kept) => kept.get(data) ?? (data === "own" ? undefined : loadShots(data)),
  taskOf: segmentTask,
  isLive: true,
  resume: keptWork,
  parts(host, acts) {
    const { begin, given, site } = acts;
    const desk = deskView(host, acts);
    return {
      name: "segmentation network",
      table: { settings: SEGMENT_SETTINGS, asides: ["pictures", "shape"], folded: { shape: "Network" }, whys: SEGMENT_WHYS },
      views: {
        paint: desk,
        curve: curveView(host, begin, { given, summaryOf: (state) => summaryOf(SEGMENT_SETTINGS, state, [state.data, wordOf(SEGMENT_SETTINGS.kind, state.kind), `${state.layers} layers`, `${state.channels} channels`]) }),
        scores: scoresView(host), layers: layersView(host, undefined, linesOf(host)), seeing: seeingView(host, () => desk.shown()?.shot), graph: graphView(host), home: takeHome(host, acts, desk),
      },
      own: ownPictures(acts),
      snippets: () => sharedSnippets("segment", SEGMENT_SETTINGS, given(), site, "Your pictures stay on this device: whoever opens the link gives their own."),
    };
  },
};

/**
 * The element's class, for one engine and one style sheet.
 * @param {import("../../../parts/mount.js").Assets} assets
 */
export function makeSegment(assets) {
  return makeTraining(assets, SEGMENTS);
}
