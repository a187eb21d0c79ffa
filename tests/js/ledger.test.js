// Nothing leaves the outbox before the server has answered, and nothing is shown twice.
import assert from "node:assert/strict";
import test from "node:test";

import { differences, Ledger, overlay } from "../../survey_app/components/desk/assets/ledger.js";

class Storage extends Map {
  getItem(name) { return this.get(name) ?? null; }
  setItem(name, value) { this.set(name, value); }
  removeItem(name) { this.delete(name); }
  get length() { return this.size; }
  key(index) { return [...this.keys()][index]; }
}
const coding = (id, code = "c") => ({ id, start: 0, end: 4, code });
const adding = (id) => ({ do: "add", coding: id, code: "c", start: 0, end: 4 });
const answer = (values) => ({ changes: [], revision: 0, done: [], refused: [], ...values });
const names = (ledger) => ledger.outbox.map(({ client, seq }) => [client, seq]);

function begun(storage = new Storage(), client = "tab") {
  const ledger = new Ledger(storage, "source coder", client);
  ledger.begin([coding("kept")], [], 10);
  return ledger;
}

test("a coding is seen at once and stays when the server confirms it", () => {
  const ledger = begun();
  ledger.add(adding("new"));
  assert.ok(ledger.seen().has("new"));
  ledger.hear(answer({ revision: 11, done: [["tab", 1]], changes: [{ number: 11, id: "new", coding: coding("new") }] }));
  assert.deepEqual([...ledger.seen().keys()], ["kept", "new"]);
  assert.deepEqual(ledger.outbox, []);
});

test("a refused coding disappears", () => {
  const ledger = begun();
  ledger.add(adding("new"));
  const settled = ledger.hear(answer({ revision: 10, done: [["tab", 1]], refused: [{ client: "tab", seq: 1 }] }));
  assert.equal(settled.length, 1);
  assert.deepEqual([...ledger.seen().keys()], ["kept"]);
});

test("an answer to somebody else settles nothing", () => {
  const ledger = begun();
  ledger.add(adding("new"));
  ledger.hear(answer({ done: [["other tab", 1], ["tab", 2]] }));
  assert.deepEqual(names(ledger), [["tab", 1]]);
});

test("an answer that was overtaken does not bring a removed coding back", () => {
  const ledger = begun();
  ledger.hear(answer({ revision: 12, changes: [
    { number: 11, id: "new", coding: coding("new") }, { number: 12, id: "new", coding: null },
  ] }));
  ledger.hear(answer({ revision: 11, changes: [{ number: 11, id: "new", coding: coding("new") }] }));
  assert.ok(!ledger.seen().has("new"));
  assert.equal(ledger.revision, 12);
});

test("the outbox survives a reload under its old names, and new operations get new ones", () => {
  const storage = new Storage();
  const before = begun(storage, "first");
  before.add(adding("one"));
  before.add({ do: "undo" });
  const after = begun(storage, "second");
  after.add(adding("two"));
  assert.deepEqual(names(after), [["first", 1], ["first", 2], ["second", 1]]);
  after.hear(answer({ done: names(after) }));
  assert.deepEqual(begun(storage, "third").outbox, []);
});

test("the outbox of another coder stays in its own drawer", () => {
  const storage = new Storage();
  new Ledger(storage, "source A", "tab").add(adding("one"));
  assert.deepEqual(new Ledger(storage, "source B", "tab").outbox, []);
});

test("a browser without storage still codes", () => {
  const forbidden = { getItem() { throw new Error("no"); }, setItem() { throw new Error("no"); } };
  const ledger = begun(forbidden);
  ledger.add(adding("new"));
  assert.ok(ledger.seen().has("new"));
});

test("statements looked at count at once, can be taken back, and stay looked at when confirmed", () => {
  const ledger = begun();
  ledger.add({ do: "look", statements: ["s1", "s2"] });
  ledger.add({ do: "unlook", statements: ["s2"] });
  assert.deepEqual([...ledger.looked()], ["s1"]);
  ledger.hear(answer({ done: [["tab", 1], ["tab", 2]] }));
  assert.deepEqual([...ledger.looked()], ["s1"]);
});

test("looks make one operation until it is sent, and never change one that was", () => {
  const ledger = begun();
  ledger.look(["s1"]);
  ledger.look(["s2"]);
  const sent = ledger.send();
  ledger.look(["s3"]);
  assert.deepEqual(sent.map((each) => each.statements), [["s1", "s2"]]);
  assert.deepEqual(ledger.outbox.map((each) => each.statements), [["s1", "s2"], ["s3"]]);
});

test("looks after a reload are not added to what an earlier page may have sent", () => {
  const storage = new Storage();
  begun(storage, "first").look(["s1"]);
  const after = begun(storage, "second");
  after.look(["s2"]);
  assert.deepEqual(after.outbox.map((each) => each.statements), [["s1"], ["s2"]]);
});

test("what has to be painted again is what came and what went", () => {
  const before = new Map([["a", coding("a")], ["b", coding("b")]]);
  const after = new Map([["b", coding("b")], ["c", coding("c")]]);
  assert.deepEqual(differences(before, after).map(({ id }) => id), ["a", "c"]);
});

test("what was added to an older text is not shown on the new one until the server has carried it over", () => {
  const add = { do: "add", coding: "x", code: "k", start: 0, end: 4, revision: 2 };
  assert.equal(overlay(new Map(), [add], 2).size, 1);
  assert.equal(overlay(new Map(), [add], 3).size, 0);
});

test("a coding that is right as it lies needs no look any more, and is painted again", () => {
  const before = new Map([["x", { id: "x", start: 0, end: 4, code: "k", look: true }]]);
  const after = overlay(before, [{ do: "accept", coding: "x" }], 0);
  assert.equal(after.get("x").look, false);
  assert.deepEqual(differences(before, after).map(({ id }) => id), ["x", "x"]);
});

test("a resized coding is shown at once, and a mark until it is taken away", () => {
  const ledger = new Ledger(new Storage(), "desk", "tab");
  ledger.begin([{ id: "a", start: 0, end: 5, code: "p", look: true }], [], 7, [
    { kind: "flag", about: "s1", name: "", text: "1" },
  ]);
  ledger.add({ do: "resize", coding: "a", start: 0, end: 9, revision: 0 });
  ledger.add({ do: "value", about: "s1", label: "modality", text: "fact" });
  ledger.add({ do: "flag", about: "s1", text: "" });
  assert.deepEqual(ledger.seen().get("a"), { id: "a", start: 0, end: 9, code: "p", look: false });
  assert.deepEqual([...ledger.marked().keys()], ["value s1 modality"]);
  ledger.hear({
    changes: [], revision: 9, done: [["tab", 1], ["tab", 2], ["tab", 3]], refused: [],
    marks: [
      { number: 8, kind: "value", about: "s1", name: "modality", text: "fact" },
      { number: 9, kind: "flag", about: "s1", name: "", text: "" },
    ],
  });
  assert.deepEqual([...ledger.marked().values()].map(({ text }) => text), ["fact"]);
});

test("an undo on its way takes back what is on its way, and a redo brings it back", () => {
  const ledger = begun();
  ledger.add(adding("new"));
  ledger.add({ do: "flag", about: "s1", text: "1" });
  ledger.look(["s1"]);
  ledger.add({ do: "undo" });
  assert.deepEqual([...ledger.marked().keys()], []);
  assert.ok(ledger.seen().has("new"));
  ledger.add({ do: "undo" });
  assert.ok(!ledger.seen().has("new"));
  assert.ok(ledger.looked().has("s1"), "what was looked at is not undone");
  ledger.add({ do: "redo" });
  assert.ok(ledger.seen().has("new"));
  ledger.add(adding("newer"));
  ledger.add({ do: "redo" });
  assert.deepEqual([...ledger.marked().keys()], [], "something new closes the way to redo");
});

test("what only the server knows is not undone here", () => {
  const ledger = begun();
  const before = ledger.shown();
  ledger.add({ do: "undo" });
  assert.equal(ledger.shown(), before);
  assert.ok(ledger.seen().has("kept"));
});

test("a coding that another code took over has changed", () => {
  const before = new Map([["a", coding("a", "old")]]);
  const after = new Map([["a", coding("a", "new")]]);
  assert.equal(differences(before, after).length, 2);
});
