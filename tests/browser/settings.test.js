// A new setting is one row of the table: a lab that has one more shows it, takes it and tells it.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { withOneMoreRow } from "../onerow.js";
import { openBrowser } from "./harness.js";

const session = await openBrowser();
after(() => session.close());

test("a setting of one row is an attribute, a field, and a part of the state", async () => {
  const page = await (await session.browser.newContext()).newPage();
  await page.setContent('<!doctype html><title>lab</title><downhill-lab warm-up="4"></downhill-lab>');
  await page.addScriptTag({ type: "module", content: await withOneMoreRow('import "./page/inlined.js";') });
  const lab = page.locator("downhill-lab");
  const state = () => lab.evaluate((/** @type {any} */ element) => element.state);
  await lab.locator(".status").filter({ hasText: "After 10 epochs" }).waitFor();
  assert.equal((await state()).warmUp, 4);
  await lab.getByText("Optimizer, batch, schedule").click();
  const field = lab.getByLabel("warm-up", { exact: true });
  assert.equal(await field.inputValue(), "4");
  await field.fill("6");
  assert.equal((await state()).warmUp, 6);
  await field.fill("soon");
  await lab.getByText("`soon` is not a number; type one such as 0.01.").waitFor();
  assert.equal((await state()).warmUp, 6);
  await page.context().close();
});
