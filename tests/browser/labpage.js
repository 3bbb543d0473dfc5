// The page of the lab, as tests use it.

import { drawn, isWhole, openPage } from "./harness.js";

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
    pixels: (/** @type {string} */ name) => read(lab.locator(`canvas.${name}`), checksum),
    /** What a canvas says of itself. */
    words: (/** @type {string} */ name) => read(lab.locator(`canvas.${name}`), label),
  };
}

/**
 * Texts as they are after the frames in which a change is drawn.
 * @param {import("playwright-core").Locator} locator
 */
export function settled(locator) {
  return { textContent: () => read(locator, (element) => element.textContent) };
}

/**
 * What an element is read as when a change is drawn.
 * @template T
 * @param {import("playwright-core").Locator} locator
 * @param {(element: Element) => T} work done in the page
 * @returns {Promise<T>}
 */
export async function read(locator, work) {
  await locator.evaluate(drawn);
  return /** @type {Promise<T>} */ (locator.evaluate(work));
}

/** @param {Element} element */
function checksum(element) {
  const canvas = /** @type {HTMLCanvasElement} */ (element);
  const { data } = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d")).getImageData(0, 0, canvas.width, canvas.height);
  return data.reduce((sum, value, index) => (sum + value * (index % 997)) % 1_000_000_007, 0);
}

/** @param {Element} canvas */
function label(canvas) {
  return canvas.getAttribute("aria-label") ?? "";
}
