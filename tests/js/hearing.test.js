// Where a statement is heard in the recording, and which statement is heard.
import assert from "node:assert/strict";
import test from "node:test";

import { beginning, clockOf, heardAt, nextRate, RATES, timeline } from "../../survey_app/components/desk/assets/hearing.js";
import { commandOf, soundCommandOf } from "../../survey_app/components/desk/assets/keys.js";

const turn = (start, at) => ({ start, at });
const row = (name, start, of, at) => ({ name, start, turn: of, statement: at === undefined ? null : { id: name, at } });
const first = turn(0, 1);
const second = turn(40, null);
const third = turn(80, 20);
const ROWS = [
  row("a", 0, first, 1.5), row("b", 20, first, 6), row("c", 40, second, null), row("d", 60, second, null),
  row("between", 80, third), row("e", 90, third, 22),
];
const name = (found) => found?.row.name ?? null;

test("a statement is heard where it begins, one without a time where the nearest before it does", () => {
  assert.deepEqual([name(beginning(ROWS, ROWS[1])), beginning(ROWS, ROWS[1]).at], ["b", 6]);
  assert.equal(name(beginning(ROWS, ROWS[3])), "b");
});

test("words that are no statement are heard where the turn begins that they open", () => {
  assert.deepEqual([name(beginning(ROWS, ROWS[4])), beginning(ROWS, ROWS[4]).at], ["between", 20]);
});

test("where nothing before has a time there is no place to play from", () => {
  assert.equal(beginning(ROWS.slice(2, 4), ROWS[3]), null);
});

test("the statement that is heard is the last one that has begun", () => {
  const line = timeline(ROWS);
  assert.deepEqual(line.map((each) => each.row.name), ["a", "b", "between", "e"]);
  const at = (seconds) => heardAt(line, seconds)?.name ?? null;
  assert.deepEqual([0, 1.5, 5.9, 5.999, 6, 19, 20, 21.9, 22, 9999].map(at), [null, "a", "a", "b", "b", "b", "between", "between", "e", "e"]);
  assert.equal(heardAt([], 5), null);
});

test("turns that overlap in time are heard in the order of their times", () => {
  const rows = [row("late", 0, turn(0, 9), 9), row("early", 10, turn(10, 4), 4)];
  assert.deepEqual(timeline(rows).map((each) => each.row.name), ["early", "late"]);
  assert.equal(heardAt(timeline(rows), 5).name, "early");
});

test("slower and faster go step by step and stop at either end", () => {
  assert.equal(nextRate(1, -1), 0.9);
  assert.equal(nextRate(1, 1), 1.1);
  assert.equal(nextRate(RATES[0], -1), RATES[0]);
  assert.equal(nextRate(RATES.at(-1), 1), RATES.at(-1));
});

test("a place in the recording is written as a time", () => {
  assert.deepEqual([0, 65.9, 3600, 36_061, NaN, -3].map(clockOf), ["0:00", "1:05", "1:00:00", "10:01:01", "0:00", "0:00"]);
});

test("keys of the recording lie where they lie in any layout, and only with Alt alone", () => {
  const press = (code, key, more = {}) => ({ code, key, altKey: true, ctrlKey: false, metaKey: false, shiftKey: false, ...more });
  assert.equal(soundCommandOf(press("KeyP", "p")), "listen");
  assert.equal(soundCommandOf(press("KeyP", "з")), "listen");
  assert.equal(soundCommandOf(press("KeyP", "π")), "listen"); // Option on a Mac
  assert.equal(soundCommandOf(press("KeyJ", "о")), "soundBack");
  assert.equal(soundCommandOf(press("Comma", "б")), "slower");
  assert.equal(soundCommandOf(press("Period", "ю")), "faster");
  assert.equal(soundCommandOf(press("KeyP", "p", { ctrlKey: true })), null); // AltGr on Windows
  assert.equal(soundCommandOf(press("KeyP", "p", { shiftKey: true })), null);
  assert.equal(soundCommandOf(press("KeyP", "p", { altKey: false })), null);
  assert.equal(soundCommandOf(press("KeyD", "d")), null); // the browser's address bar
});

test("no other command of the desk listens to these keys", () => {
  for (const code of ["KeyP", "KeyJ", "KeyL", "KeyK", "Comma", "Period"]) {
    for (const key of ["p", "j", "k", "l", ",", ".", "з"]) assert.equal(commandOf({ key, code, altKey: true }), null);
  }
});
