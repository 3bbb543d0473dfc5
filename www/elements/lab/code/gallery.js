// Downloads of the pictures: as they are on the screen, or as SVG.

import { make, setText } from "../../../parts/dom.js";
import { download } from "../../../parts/download.js";
import { button, keepPrivate } from "../../../parts/private.js";

/** @typedef {import("../scene.js").Picture} Picture */

/** @param {() => Picture[]} pictures those that there are when one is chosen */
export function gallery(pictures) {
  const list = keepPrivate(make("select", { "aria-label": "picture" }));
  const said = make("span", { class: "quiet", role: "status" });

  /** @param {(picture: Picture) => Promise<Blob | null>} make @param {string} ending */
  async function offer(make, ending) {
    const picture = pictures().find(({ name }) => name === list.value);
    const content = picture && picture.size().width > 0 ? await make(picture) : null;
    if (content && content.size > 0) {
      download(`${list.value}.${ending}`, content);
      setText(said, `saved as ${list.value}.${ending}`);
    } else {
      setText(said, "this picture is not shown at the moment");
    }
  }

  const png = button("PNG", () => offer(({ canvas }) => new Promise((resolve) => canvas.toBlob(resolve)), "png"));
  const svg = button("SVG", () => offer(async (picture) => new Blob([picture.svg()], { type: "image/svg+xml" }), "svg"));
  return {
    element: make("div", { class: "copies" }, list, png, svg, said),
    /** Lists the pictures, once they are all there. */
    show() {
      if (list.length === 0) {
        list.append(...pictures().map(({ name, title }) => make("option", { value: name }, title)));
      }
    },
  };
}
