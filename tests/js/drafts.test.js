// Words being typed, and changes to other texts, are not forgotten.
import assert from "node:assert/strict";
import test from "node:test";

import { Draft } from "../../survey_app/components/desk/assets/drafts.js";
import { rememberTitle, waitingElsewhere } from "../../survey_app/components/desk/assets/elsewhere.js";

class Storage extends Map {
  getItem(name) { return this.get(name) ?? null; }
  setItem(name, value) { this.set(name, value); }
  removeItem(name) { this.delete(name); }
  get length() { return this.size; }
  key(index) { return [...this.keys()][index]; }
}

test("what is being typed comes back until it is saved", () => {
  const storage = new Storage();
  let typed = { memo: "half a sent" };
  const draft = new Draft(storage, "source coder", () => typed);
  draft.note();
  assert.deepEqual(new Draft(storage, "source coder", () => null).take(), typed);
  assert.equal(new Draft(storage, "source other", () => null).take(), null);
  typed = null;
  draft.note();
  assert.equal(new Draft(storage, "source coder", () => null).take(), null);
});

test("a field that is closed leaves no draft, whoever began it", () => {
  const storage = new Storage([["rakurs.draft.a", '{"memo":"sent already"}']]);
  new Draft(storage, "a", () => null).note();
  assert.equal(storage.size, 0);
});

test("a broken or forbidden storage loses nothing but the draft", () => {
  const broken = new Storage([["rakurs.draft.a", "{"]]);
  assert.equal(new Draft(broken, "a", () => null).take(), null);
  const forbidden = { getItem() { throw new Error(); }, setItem() { throw new Error(); } };
  const draft = new Draft(forbidden, "a", () => ({ memo: "x" }));
  draft.note();
  assert.equal(draft.take(), null);
});

test("changes to other texts of the same coder are counted by text", () => {
  const storage = new Storage();
  rememberTitle(storage, "s1 A", "Panel A");
  const keep = (name, count) => storage.setItem(`rakurs.outbox.${name}`, JSON.stringify(Array(count).fill({})));
  keep("s1 A tab1", 2);
  keep("s1 A tab2", 1);
  keep("s2 A tab3", 4);
  keep("s1 B tab4", 5);
  keep("here A tab5", 6);
  assert.deepEqual(waitingElsewhere(storage, "here A"), [{ title: "Panel A", count: 3 }, { title: "?", count: 4 }]);
  assert.deepEqual(waitingElsewhere({ get length() { throw new Error(); } }, "here A"), []);
});
