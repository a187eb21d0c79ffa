// Ids that the server accepts and nobody else has.
import assert from "node:assert/strict";
import test from "node:test";

import { newId } from "../../survey_app/components/desk/assets/naming.js";

test("an id is a UUID and never comes twice", () => {
  const ids = new Set(Array.from({ length: 1000 }, newId));
  assert.equal(ids.size, 1000);
  for (const id of ids) assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
