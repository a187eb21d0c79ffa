// What was changed reaches the server once there is a connection, whatever is closed or lost in between.
import assert from "node:assert/strict";
import test from "node:test";

import { Outbox } from "../../survey_app/form/assets/outbox.js";

class Storage {
  kept = new Map();
  get length() { return this.kept.size; }
  key(place) { return [...this.kept.keys()][place] ?? null; }
  getItem(key) { return this.kept.get(key) ?? null; }
  setItem(key, value) { this.kept.set(key, value); }
  removeItem(key) { this.kept.delete(key); }
}

function setting({ storage = new Storage(), client = "one", answers = [], time = { now: 1000 } } = {}) {
  const timers = [], sent = [], states = [], taken = [];
  const clock = { setTimeout: (act, after) => timers.push({ act, after }), clearTimeout: () => (timers.length = 0) };
  const send = async (message) => {
    sent.push(structuredClone(message));
    return answers.shift() ?? { ok: true };
  };
  const outbox = new Outbox({
    name: "form", storage, client, send, tell: (state) => states.push(state), clock, now: () => time.now,
    newer: (item, value) => taken.push([item, value]),
  });
  return { outbox, storage, timers, sent, states, answers, taken };
}

const LOST = { ok: false, lost: true };

test("changes wait a moment and go together, the newest of each", async () => {
  const { outbox, sent, states, timers } = setting();
  outbox.put("a", 1);
  outbox.put("b", 2);
  outbox.put("a", 3);
  assert.deepEqual([sent.length, timers.length], [0, 1]);
  assert.equal(await outbox.flush(), true);
  assert.deepEqual(sent, [{ client: "one", seq: 1, changes: { a: 3, b: 2 }, ages: { a: 0, b: 0 } }]);
  assert.equal(states.at(-1), "saved");
});

test("a message without an answer goes again unchanged, and newer ones after it", async () => {
  const { outbox, sent, states, timers } = setting({ answers: [LOST] });
  outbox.put("a", 1);
  assert.equal(await outbox.flush(), false);
  assert.equal(states.at(-1), "offline");
  assert.equal(timers.length, 1);
  outbox.put("a", 2);
  assert.equal(await outbox.flush(), true);
  assert.deepEqual(sent.map(({ seq, changes }) => [seq, changes.a]), [[1, 1], [1, 1], [2, 2]]);
});

test("retries wait longer and longer", async () => {
  const { outbox, timers } = setting({ answers: [LOST, LOST, LOST] });
  outbox.put("a", 1);
  const waits = [];
  for (let time = 0; time < 3; time += 1) {
    await outbox.flush();
    waits.push(timers.at(-1).after);
  }
  assert.deepEqual(waits, [2000, 4000, 8000]);
});

test("what a closed page has left is sent by the next", async () => {
  const { outbox, storage } = setting({ answers: [LOST] });
  outbox.put("a", 1);
  await outbox.flush();
  outbox.put("b", 2);
  const next = setting({ storage, client: "two" });
  assert.deepEqual(next.outbox.unsent, { a: 1, b: 2 });
  await next.outbox.flush();
  assert.deepEqual(next.sent, [{ client: "two", seq: 1, changes: { a: 1, b: 2 }, ages: { a: 0, b: 0 } }]);
  assert.equal(storage.length, 0);
});

test("a form of another link is left alone", () => {
  const storage = new Storage();
  storage.setItem("rakurs-form other one", JSON.stringify({ seq: 1, sending: null, waiting: { a: 1 } }));
  assert.deepEqual(setting({ storage, client: "two" }).outbox.unsent, {});
  assert.equal(storage.length, 1);
});

test("what the server does not take is kept, and said", async () => {
  const { outbox, states, storage } = setting({ answers: [{ ok: false, lost: false }] });
  outbox.put("a", 1);
  assert.equal(await outbox.flush(), false);
  assert.equal(states.at(-1), "refused");
  assert.equal(storage.length, 1);
});

test("without a storage it works as long as the page is open", async () => {
  const { outbox, sent } = setting({ storage: null });
  outbox.put("a", 1);
  await outbox.flush();
  assert.equal(sent.length, 1);
});

test("a change is sent with its age, also by the tab that takes it over, and the newest of several tabs goes out", async () => {
  const time = { now: 1000 }, storage = new Storage();
  const first = setting({ storage, time, answers: [LOST] });
  first.outbox.put("a", 1);
  time.now = 1500;
  await first.outbox.flush();
  assert.deepEqual(first.sent[0].ages, { a: 500 });
  const second = setting({ storage: new Storage(), client: "two", time });
  second.outbox.put("a", 2);
  for (const [key, value] of second.storage.kept) storage.setItem(key, value);
  time.now = 9000;
  const third = setting({ storage, client: "three", time });
  await third.outbox.flush();
  assert.deepEqual([third.sent[0].changes, third.sent[0].ages], [{ a: 2 }, { a: 7500 }]);
});

test("newer answers of another page are taken in and told, but not over what was changed meanwhile", async () => {
  const { outbox, answers, taken, states } = setting();
  answers.push({ ok: true, newer: { a: { answer: "x" } } });
  outbox.put("a", { answer: "old" });
  assert.equal(await outbox.flush(), true);
  assert.deepEqual([taken, states.at(-1)], [[["a", { answer: "x" }]], "newer"]);
  outbox.put("a", { answer: "again" });
  const going = outbox.flush();
  answers.push({ ok: true });
  outbox.put("a", { answer: "and again" });
  await going;
  assert.deepEqual([taken.length, states.at(-1)], [1, "saved"]);
});
