// Words keep themselves: nothing typed is lost on the way to the server, in another tab, or with the page.
import assert from "node:assert/strict";
import test from "node:test";

import { Keeper } from "../../survey_app/components/kept_words/assets/keeper.js";

class Storage extends Map {
  getItem(name) { return this.get(name) ?? null; }
  setItem(name, value) { this.set(name, value); }
  removeItem(name) { this.delete(name); }
}

function clock() {
  const waiting = new Map();
  let last = 0;
  return {
    setTimeout: (act) => waiting.set(++last, act) && last,
    clearTimeout: (number) => waiting.delete(number),
    pass() { const acts = [...waiting.values()]; waiting.clear(); for (const act of acts) act(); },
  };
}

function begun({ storage = new Storage(), words = "" } = {}) {
  const here = { sent: [], shown: null, states: [] };
  const time = clock();
  const keeper = new Keeper({
    name: "cell", client: "tab", storage, clock: time, post: (said) => here.sent.push(said),
    show: (text) => (here.shown = text), tell: (state) => here.states.push(state),
  });
  keeper.hear({ words });
  return { ...here, here, keeper, time, storage, type: (text) => { here.shown = text; keeper.type(text); } };
}
const answer = (field, words) => field.keeper.hear({ words, heard: field.here.sent.at(-1).n });

test("words are sent once one rests, and are told to be saved when the server has them", () => {
  const field = begun({ words: "old" });
  field.type("old and");
  field.type("old and new");
  assert.equal(field.here.sent.length, 0);
  field.time.pass();
  assert.deepEqual(field.here.sent.map(({ words, seen }) => [words, seen]), [["old and new", "old"]]);
  assert.equal(field.here.states.at(-1), "saving");
  answer(field, "old and new");
  assert.equal(field.here.states.at(-1), "saved");
  assert.equal(field.storage.size, 0);
});

test("a silent server is asked again, and a page that is gone leaves its words to the next", () => {
  const storage = new Storage();
  const field = begun({ storage });
  field.type("half a thought");
  field.time.pass();
  field.time.pass();
  assert.equal(field.here.sent.length, 2);
  assert.ok(field.here.states.includes("late"));
  const next = begun({ storage });
  assert.equal(next.here.shown, "half a thought");
  next.time.pass();
  assert.deepEqual([next.here.sent[0].words, next.here.sent[0].seen], ["half a thought", ""]);
  answer(next, "half a thought");
  assert.equal(storage.size, 0);
});

test("what was typed while the answer was under way is sent next, on top of what the server holds", () => {
  const field = begun();
  field.type("one");
  field.time.pass();
  field.type("one two");
  answer(field, "one");
  assert.equal(field.here.shown, "one two");
  field.time.pass();
  assert.deepEqual([field.here.sent.at(-1).words, field.here.sent.at(-1).seen], ["one two", "one"]);
});

test("what another tab has written comes into the field, and nothing of it is written over", () => {
  const field = begun();
  field.type("mine");
  field.time.pass();
  answer(field, "theirs\n\nmine");
  assert.equal(field.here.shown, "theirs\n\nmine");
  field.type("theirs\n\nmine 2");
  field.time.pass();
  field.type("theirs\n\nmine 2 3");
  answer(field, "more\n\ntheirs\n\nmine 2");
  assert.equal(field.here.shown, "more\n\ntheirs\n\nmine 2 3");
});

test("an untouched field follows what is stored, a touched one keeps what is typed", () => {
  const field = begun({ words: "a" });
  field.keeper.hear({ words: "b" });
  assert.equal(field.here.shown, "b");
  field.type("b!");
  field.keeper.hear({ words: "c" });
  assert.equal(field.here.shown, "b!");
  field.time.pass();
  assert.equal(field.here.sent.at(-1).seen, "b");
});

test("refused words stay in the field and in the browser, and are not sent again by themselves", () => {
  const field = begun();
  field.type("too long");
  field.time.pass();
  field.keeper.hear({ words: "", refused: field.here.sent[0].n });
  assert.equal(field.here.states.at(-1), "refused");
  field.time.pass();
  assert.equal(field.here.sent.length, 1);
  assert.equal(field.here.shown, "too long");
  assert.equal(field.storage.size, 1);
});
