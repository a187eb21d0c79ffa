// A desk asks every second, but not for a tab that nobody looks at, nor while a message is under way.
import assert from "node:assert/strict";
import test from "node:test";

import { Listening } from "../../survey_app/components/desk/assets/listening.js";

function setting(answers = []) {
  const timers = [];
  const state = { asked: 0, news: 0, free: true, here: true, page: new EventTarget(), waits: [] };
  state.page.hidden = false;
  const clock = {
    setTimeout: (act, after) => (state.waits.push(after), timers.push(act), timers.length),
    clearTimeout: (id) => id && (timers[id - 1] = null),
  };
  state.listening = new Listening({
    ask: async () => {
      state.asked += 1;
      const answer = answers.shift() ?? false;
      if (answer instanceof Error) throw answer;
      return answer;
    },
    onNews: () => (state.news += 1), isFree: () => state.free, isHere: () => state.here, page: state.page, clock,
  });
  state.second = async () => {
    const waiting = timers.splice(0, timers.length, ...timers.map(() => null)).filter(Boolean);
    for (const act of waiting) await act();
    return waiting.length;
  };
  state.show = async (hidden) => {
    state.page.hidden = hidden;
    state.page.dispatchEvent(new Event("visibilitychange"));
    await new Promise((done) => setImmediate(done));
  };
  return state;
}

test("it asks once a second, and tells only of news", async () => {
  const state = setting([false, true, false]);
  for (let time = 0; time < 3; time += 1) assert.equal(await state.second(), 1);
  assert.deepEqual([state.asked, state.news], [3, 1]);
  assert.deepEqual(new Set(state.waits), new Set([1000]));
});

test("nobody asks while a message is under way, and news that come then are asked for later", async () => {
  const state = setting([true]);
  state.free = false;
  await state.second();
  assert.equal(state.asked, 0);
  state.free = true;
  await state.second();
  assert.equal(state.news, 1);
});

test("a hidden tab asks nothing, and asks at once when it is looked at again", async () => {
  const state = setting();
  await state.show(true);
  await state.second();
  assert.equal(await state.second(), 0);
  assert.equal(state.asked, 0);
  await state.show(false);
  assert.equal(state.asked, 1);
  assert.equal(await state.second(), 1);
});

test("a silent server is asked less and less, and again every second once it has answered", async () => {
  const gone = () => new Error("gone");
  const state = setting([gone(), gone(), gone(), gone(), gone(), false]);
  for (let time = 0; time < 6; time += 1) await state.second();
  assert.deepEqual(state.waits, [1000, 2000, 4000, 8000, 15000, 15000, 1000]);
});

test("a desk that has left the page asks no more", async () => {
  const state = setting();
  state.here = false;
  await state.second();
  assert.equal(await state.second(), 0);
  assert.equal(state.asked, 0);
});
