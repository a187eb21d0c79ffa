// Codings go at once, looks soon, and everything again while there is no answer.
import assert from "node:assert/strict";
import test from "node:test";

import { Line } from "../../survey_app/components/desk/assets/line.js";

function setting() {
  const timers = new Map();
  let next = 0;
  const clock = {
    setTimeout: (act, after) => (timers.set(++next, { act, after }), next),
    clearTimeout: (id) => timers.delete(id),
  };
  const sent = [];
  const state = { outbox: 1, silences: 0, sent, timers };
  state.ring = () => { for (const [id, timer] of [...timers]) { timers.delete(id); timer.act(); } };
  state.line = new Line({
    message: () => ({ client: "tab" }), post: (message) => sent.push(message.n), waiting: () => state.outbox,
    onSilence: () => (state.silences += 1), clock,
  });
  return state;
}

test("each message has a name of its own", () => {
  const { line, sent } = setting();
  line.now();
  line.now();
  assert.deepEqual(sent, ["tab:1", "tab:2"]);
});

test("what was looked at waits a moment and travels once", () => {
  const { line, sent, ring } = setting();
  line.later();
  line.later();
  assert.deepEqual(sent, []);
  ring();
  assert.deepEqual(sent, ["tab:1"]);
});

test("a coding takes waiting looks along", () => {
  const { line, sent, timers } = setting();
  line.later();
  line.now();
  assert.equal(sent.length, 1);
  assert.equal(timers.size, 1); // the patience for the answer, no second message
});

test("an answer ends the waiting", () => {
  const state = setting();
  state.line.now();
  state.outbox = 0;
  state.line.heard("tab:1");
  state.ring();
  assert.deepEqual([state.sent.length, state.silences], [1, 0]);
});

test("silence is told and everything is sent again", () => {
  const state = setting();
  state.line.now();
  state.ring();
  assert.deepEqual([state.sent, state.silences], [["tab:1", "tab:2"], 1]);
});

test("an older answer does not make the newer message travel twice", () => {
  const { line, sent } = setting();
  line.now();
  line.now();
  line.heard("tab:1");
  assert.equal(sent.length, 2);
});

test("a server that knows nothing of us gets the outbox again", () => {
  const { line, sent } = setting();
  line.now();
  line.heard(null);
  assert.equal(sent.length, 2);
});

test("an outbox kept over a reload is sent as soon as the server speaks", () => {
  const { line, sent } = setting();
  line.heard(null);
  assert.deepEqual(sent, ["tab:1"]);
});

test("an answer that comes after that to a newer message is known as overtaken", () => {
  const { line } = setting();
  line.now();
  line.now();
  assert.ok(!line.isOvertaken("tab:1"));
  line.heard("tab:2");
  assert.deepEqual(["tab:1", "tab:2", "other tab:1", null].map((n) => line.isOvertaken(n)), [true, false, false, false]);
});

test("a message is under way until it is answered or its answer is no longer expected", () => {
  const state = setting();
  state.outbox = 0;
  assert.ok(!state.line.isUnderWay);
  state.line.now();
  assert.ok(state.line.isUnderWay);
  state.line.heard("tab:1");
  assert.ok(!state.line.isUnderWay);
  state.line.now();
  state.ring();
  assert.ok(!state.line.isUnderWay);
});
