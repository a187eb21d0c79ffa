// Codings of others are a layer of their own: shown where the terms let them be seen, hidden or shown by a switch.
import assert from "node:assert/strict";
import test from "node:test";

import { differences, Ledger } from "../../survey_app/components/desk/assets/ledger.js";
import { Others } from "../../survey_app/components/desk/assets/others.js";

class Storage extends Map {
  getItem(name) { return this.get(name) ?? null; }
  setItem(name, value) { this.set(name, value); }
  removeItem(name) { this.delete(name); }
  get length() { return this.size; }
  key(index) { return [...this.keys()][index]; }
}
const coding = (id, more = {}) => ({ id, start: 0, end: 4, code: "c", ...more });
const answer = (values) => ({ changes: [], revision: 0, done: [], refused: [], ...values });

function desk(others, storage = new Storage()) {
  const ledger = new Ledger(storage, "source me", "tab");
  ledger.begin([coding("own")], [], 10, [], [coding("theirs", { coder: "B" })]);
  const made = { ledger, terms: { others }, place: "source me", words: {}, bar: { note: () => {} } };
  return Object.assign(made, { others: new Others(made, storage) });
}

test("they are no codings of one's own, and none of one's acts reaches them", () => {
  const { ledger } = desk("open");
  assert.deepEqual([...ledger.seen().keys()], ["own"]);
  ledger.add({ do: "remove", coding: "theirs" });
  assert.deepEqual([...ledger.others.keys()], ["theirs"]);
});

test("they come and go with the answers, and an overtaken answer brings none back", () => {
  const { ledger } = desk("open");
  const gone = { number: 12, id: "theirs", coding: null };
  ledger.hear(answer({ revision: 12, otherChanges: [{ number: 11, id: "x", coding: coding("x", { coder: "C" }) }, gone] }));
  ledger.hear(answer({ revision: 11, otherChanges: [{ number: 11, id: "theirs", coding: coding("theirs") }] }));
  assert.deepEqual([...ledger.others.keys()], ["x"]);
  assert.deepEqual([...ledger.seen().keys()], ["own"]);
});

test("what was shown stays as it was shown, so that the difference can be painted", () => {
  const { ledger, others } = desk("open");
  const before = others.shown();
  ledger.hear(answer({ revision: 11, otherChanges: [{ number: 11, id: "x", coding: coding("x", { coder: "C" }) }] }));
  assert.deepEqual(differences(before, others.shown()).map(({ id }) => id), ["x"]);
});

test("what is told anew takes away what may be seen no more", () => {
  const { ledger } = desk("open");
  ledger.begin([coding("own")], [], 13);
  assert.equal(ledger.others.size, 0);
});

test("they are shown where all code openly, and after an opened comparison only when asked for", () => {
  assert.ok(desk("open").others.isOn);
  assert.ok(!desk("opened").others.isOn);
  assert.equal(desk("opened").others.shown().size, 0);
});

test("the switch is kept for each of the two, and shows nothing that the terms do not let be seen", () => {
  const storage = new Storage();
  desk("open", storage).others.toggle();
  desk("opened", storage).others.toggle();
  assert.deepEqual(["open", "opened", ""].map((kind) => desk(kind, storage).others.shown().size), [0, 1, 0]);
});

test("a browser without storage still has the switch", () => {
  const made = desk("open");
  made.others.storage = { getItem() { throw new Error("no"); }, setItem() { throw new Error("no"); } };
  made.others.toggle();
  assert.ok(!made.others.isOn);
});

test("what was looked at in another tab counts here, and is counted no more when it is taken back there", () => {
  const { ledger } = desk("");
  ledger.hear(answer({ revision: 12, looked: [{ number: 11, there: true, ids: ["s1", "s2"] }, { number: 12, there: false, ids: ["s1"] }] }));
  assert.deepEqual([...ledger.looked()], ["s2"]);
});
