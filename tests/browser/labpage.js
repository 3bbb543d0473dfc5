// The page of the lab, as tests use it.

import { isWhole, openPage } from "./harness.js";

/**
 * Opens the page of the lab, and waits for the first run.
 * @param {Awaited<ReturnType<typeof import("./harness.js").openBrowser>>} session
 * @param {NonNullable<Parameters<typeof openPage>[1]>} [options] `path` is the query
 */
export async function openLab(session, { path = "", ...options } = {}) {
  const opened = await openPage(session, { path: `lab.html${path}`, ...options });
  const lab = opened.page.locator("#lab");
  await isWhole(lab);
  return {
    ...opened,
    lab,
    state: () => lab.evaluate((/** @type {any} */ element) => element.state),
    rate: lab.getByRole("slider", { name: "learning rate" }),
    rateField: lab.getByRole("textbox", { name: "learning rate, as a number" }),
    status: settled(lab.locator(".status")),
    trace: settled(lab.getByLabel("printed trace")),
    /** A number that changes when the pixels of a canvas do. */
    pixels: (/** @type {string} */ name) => lab.locator(`canvas.${name}`).evaluate(checksum),
    /** What a canvas says of itself. */
    words: (/** @type {string} */ name) => lab.locator(`canvas.${name}`).evaluate(label),
  };
}

/**
 * Texts as they are after the next frame, in which a change is drawn.
 * @param {import("playwright-core").Locator} locator
 */
export function settled(locator) {
  return {
    textContent: () =>
      locator.evaluate(async (element) => {
        await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
        return element.textContent;
      }),
  };
}

/** @param {Element} element */
async function checksum(element) {
  const canvas = /** @type {HTMLCanvasElement} */ (element);
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  const { data } = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d")).getImageData(0, 0, canvas.width, canvas.height);
  return data.reduce((sum, value, index) => (sum + value * (index % 997)) % 1_000_000_007, 0);
}

/** @param {Element} canvas */
async function label(canvas) {
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  return canvas.getAttribute("aria-label") ?? "";
}
