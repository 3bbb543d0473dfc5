// The pictures, to be taken home: as they are on the screen, or as SVG.

import { make, setText } from "../../../parts/dom.js";
import { download } from "../../../parts/download.js";

/** @typedef {ReturnType<typeof import("../../../parts/picture.js").picture>} Picture */

const TITLES = /** @type {Record<string, string>} */ ({ curve: "loss", graph: "computational graph", landscape: "landscape", fit: "fit", fates: "map of fates" });

/** @param {Picture[]} pictures */
export function galleryView(pictures) {
  const list = make("select", { "aria-label": "picture" }, ...pictures.map(({ name }) => make("option", { value: name }, TITLES[name] ?? name)));
  const said = make("span", { class: "quiet", role: "status" });
  for (const event of ["input", "change"]) {
    list.addEventListener(event, (event) => event.stopPropagation());
  }

  /** @param {(picture: Picture) => Promise<Blob | null>} make @param {string} ending */
  async function offer(make, ending) {
    const picture = pictures.find(({ name }) => name === list.value);
    const content = picture && picture.size().width > 0 ? await make(picture) : null;
    if (content && content.size > 0) {
      download(`${list.value}.${ending}`, content);
      setText(said, `saved as ${list.value}.${ending}`);
    } else {
      setText(said, "this picture is not shown at the moment");
    }
  }

  const png = make("button", { type: "button" }, "PNG");
  const svg = make("button", { type: "button" }, "SVG");
  png.addEventListener("click", () => offer(({ canvas }) => new Promise((resolve) => canvas.toBlob(resolve)), "png"));
  svg.addEventListener("click", () => offer(async (picture) => new Blob([picture.svg()], { type: "image/svg+xml" }), "svg"));
  return make("div", { class: "copies" }, list, png, svg, said);
}
