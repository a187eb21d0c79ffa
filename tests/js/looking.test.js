import assert from "node:assert/strict";
import test from "node:test";

import { nextWaiting, waiting } from "../../survey_app/components/desk/assets/looking.js";

const CODINGS = [
  { id: "c", start: 30, end: 40, look: true },
  { id: "a", start: 5, end: 9, look: true },
  { id: "b", start: 10, end: 20, look: false },
];

test("codings that need a look come in the order of the text", () => {
  assert.deepEqual(waiting(CODINGS).map(({ id }) => id), ["a", "c"]);
});

test("the next one is after the last, then the first again", () => {
  assert.equal(nextWaiting(CODINGS, -1).id, "a");
  assert.equal(nextWaiting(CODINGS, 5).id, "c");
  assert.equal(nextWaiting(CODINGS, 30).id, "a");
  assert.equal(nextWaiting([CODINGS[2]], -1), null);
});
