// Settling by keyboard: what may be chosen, what is on its way, and which key does what.
import assert from "node:assert/strict";
import test from "node:test";

import {
  codesGiven, decidedAs, following, isSame, majority, nextFrom, offered, proposals, toggled,
} from "../../survey_app/components/settling/assets/choice.js";
import { commandOf } from "../../survey_app/components/settling/assets/keys.js";
import { Outbox, overlay, undoes } from "../../survey_app/components/settling/assets/outbox.js";
import { keepPlace, placeOf } from "../../survey_app/components/settling/assets/place.js";

class Storage extends Map {
  get length() { return this.size; }
  key(at) { return [...this.keys()][at]; }
  getItem(name) { return this.get(name) ?? null; }
  setItem(name, value) { this.set(name, value); }
  removeItem(name) { this.delete(name); }
}

const CODERS = ["A", "B", "C", "D"];
const GIVEN = { A: ["skills", "will"], B: ["will", "skills"], C: ["money"], D: null };

test("what several gave alike is one proposal, whoever gave it first is followed", () => {
  assert.deepEqual(proposals(GIVEN, CODERS), [
    { codes: ["skills", "will"], coders: ["A", "B"] }, { codes: ["money"], coders: ["C"] },
  ]);
  assert.deepEqual(following(proposals(GIVEN, CODERS)[0]), { skills: "A", will: "A" });
  assert.deepEqual(proposals({ A: [], B: null }, ["A", "B"]), [{ codes: [], coders: ["A"] }]);
});

test("most is more than half of those who looked", () => {
  assert.deepEqual(majority(GIVEN, CODERS), { skills: "A", will: "A" });
  assert.deepEqual(majority({ A: ["skills"], B: [] }, ["A", "B"]), {});
});

test("single codes are taken with the words of who gave them, others on the whole statement", () => {
  assert.deepEqual(codesGiven(GIVEN, CODERS), ["skills", "will", "money"]);
  assert.deepEqual(toggled(null, "money", GIVEN, CODERS), { money: "C" });
  assert.deepEqual(toggled({ money: "C" }, "law", GIVEN, CODERS), { money: "C", law: "" });
  assert.deepEqual(toggled({ money: "C", law: "" }, "money", GIVEN, CODERS), { law: "" });
  assert.deepEqual(offered(GIVEN, CODERS, { law: "" }), ["skills", "will", "money", "law"]);
  assert.deepEqual(decidedAs(["will", "law"], GIVEN, CODERS), { will: "A", law: "" });
  assert.ok(isSame({ will: "A", skills: "" }, ["skills", "will"]));
  assert.ok(isSame({}, []) && !isSame(null, []) && !isSame({ will: "A" }, ["skills"]));
});

test("the next one that fits is found past the end too", () => {
  const items = ["a", "b", "c", "d"];
  assert.equal(nextFrom(items, "d", 1), "a");
  assert.equal(nextFrom(items, "a", -1), "d");
  assert.equal(nextFrom(items, "b", 1, (item) => item !== "c"), "d");
  assert.equal(nextFrom(items, "b", 1, () => false), null);
  assert.equal(nextFrom(["a"], "a", 1), null);
});

const settle = (statement, decision, codes, seen = "") =>
  ({ do: "settle", statement, decision, codes, reason: "why", seen });

test("what is on its way is seen at once, and an undo among it takes back the last", () => {
  const server = { s1: { id: "old", who: "B", reason: "", how: "decided", codes: ["money"] } };
  const steps = [settle("s1", "d1", { skills: "A" }, "old"), settle("s2", "d2", {})];
  const seen = overlay(server, steps, "A");
  assert.deepEqual(seen.get("s1"), { id: "d1", who: "A", reason: "why", how: "decided", codes: ["skills"] });
  assert.deepEqual(seen.get("s2").codes, []);
  const undone = overlay(server, [...steps, { do: "undo" }], "A");
  assert.equal(undone.get("s2"), undefined);
  assert.equal(overlay(server, [...steps, { do: "undo" }, { do: "undo" }], "A").get("s1").id, "old");
  assert.equal(overlay(server, [{ do: "undo" }], "A").get("s1").id, "old"); // only the server knows what goes
  assert.equal(overlay(server, [{ do: "reopen", statement: "s1", seen: "old" }], "A").get("s1"), undefined);
});

test("an undo of an anchor takes back no decision", () => {
  const steps = [settle("s1", "d1", {}), { do: "anchor", statement: "s1" }, { do: "undo" }];
  assert.equal(overlay({}, steps, "A").get("s1").id, "d1");
  assert.equal(undoes(steps), "s1");
  assert.equal(undoes([...steps, { do: "undo" }]), null);
});

test("nothing leaves the outbox before its answer, and a closed tab leaves its own to the next", () => {
  const storage = new Storage();
  const first = new Outbox(storage, "study A", "one");
  const [one, two] = [first.add(settle("s1", "d1", {})), first.add(settle("s2", "d2", {}))];
  assert.deepEqual([one.seq, two.seq, one.client], [1, 2, "one"]);
  assert.deepEqual(first.hear([["one", 1], ["other", 2]]), [one]);
  const next = new Outbox(storage, "study A", "two");
  assert.deepEqual(next.send(), [two]);
  assert.equal(new Outbox(storage, "study B", "three").steps.length, 0);
  next.hear([["one", 2]]);
  assert.equal(storage.size, 0);
});

test("without a storage the outbox works as long as the page", () => {
  const broken = { get length() { throw new Error("forbidden"); }, setItem() { throw new Error("full"); } };
  const outbox = new Outbox(broken, "study A", "one");
  outbox.add(settle("s1", "d1", {}));
  assert.equal(outbox.send().length, 1);
  keepPlace(broken, "study A", {});
  assert.deepEqual(placeOf({ getItem: () => "{" }, "study A"), { at: null, drafts: {}, asked: null });
});

test("a reload comes back to place and drafts", () => {
  const storage = new Storage();
  const place = { at: "s2", drafts: { s2: { choice: { skills: "A" }, reason: "bec" } }, asked: "s1" };
  keepPlace(storage, "study A", place);
  assert.deepEqual(placeOf(storage, "study A"), place);
  assert.equal(placeOf(storage, "study B").at, null);
});

const press = (key, code, more = {}) => commandOf({ key, code, ...more });

test("commands are read from the key's place in every layout, other letters begin a search", () => {
  for (const [latin, russian, code, name] of [
    ["m", "ь", "KeyM", "mix"], ["j", "о", "KeyJ", "next"], ["k", "л", "KeyK", "previous"], ["u", "г", "KeyU", "undo"],
    ["x", "ч", "KeyX", "anchor"], ["n", "т", "KeyN", "nextWaiting"],
  ]) {
    assert.deepEqual(press(latin, code), { name });
    assert.deepEqual(press(russian, code), { name });
  }
  assert.deepEqual(press("s", "KeyS"), { name: "type", text: "s" });
  assert.deepEqual(press("ы", "KeyS"), { name: "type", text: "ы" });
  assert.deepEqual(press("M", "KeyM", { shiftKey: true }), { name: "type", text: "M" });
  assert.deepEqual(press("/", "Slash"), { name: "search" });
  assert.deepEqual(press(".", "Slash"), { name: "search" });
  assert.deepEqual(press("?", "Slash", { shiftKey: true }), { name: "help" });
  assert.deepEqual(press(",", "Slash", { shiftKey: true }), { name: "help" });
  assert.deepEqual(press("?", "Digit7", { shiftKey: true }), { name: "help" });
});

test("digits take proposals, on either pad; what belongs to the browser stays the browser's", () => {
  assert.deepEqual(press("2", "Digit2"), { name: "number", number: 2 });
  assert.deepEqual(press("0", "Numpad0"), { name: "number", number: 0 });
  assert.deepEqual(press("z", "KeyZ", { ctrlKey: true }), { name: "undo" });
  assert.deepEqual(press("я", "KeyZ", { ctrlKey: true }), { name: "undo" });
  assert.equal(press("r", "KeyR", { ctrlKey: true }), null);
  assert.equal(press("1", "Digit1", { altKey: true }), null);
  assert.equal(press("Tab", "Tab"), null);
  assert.deepEqual(press("Enter", "Enter"), { name: "reason" });
});
