// A new setting is one row of the table: bundled with one more, the state's modules have it everywhere.

import assert from "node:assert/strict";
import { test } from "node:test";
import { withOneMoreRow } from "../onerow.js";

test("a setting needs one row to be in the state, an attribute and in the address", async () => {
  const code = await withOneMoreRow('export * from "./state/settings.js"; export * from "./state/address.js";');
  const { DECK, SETTINGS, attributeOf, merge, queryOf, textsOf } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  const state = merge(DECK, { warmUp: 5 });
  assert.deepEqual([DECK.warmUp, state.warmUp, attributeOf("warmUp")], [3, 5, "warm-up"]);
  assert.equal(queryOf(state), "?warmUp=5&v=1");
  assert.equal(SETTINGS.warmUp.read(textsOf("?warm-up=7").texts.get("warmUp")), 7);
  assert.throws(() => merge(DECK, { warmUp: "5" }), { message: "`warmUp` must be a number", field: "warmUp" });
});
