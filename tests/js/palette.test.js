// Choosing from a list by keys or by typing, going to a place, quoting.
import assert from "node:assert/strict";
import test from "node:test";

import { MENU } from "../../survey_app/components/desk/assets/commands.js";
import { historyOf } from "../../survey_app/components/desk/assets/history.js";
import { nextRow, rowAtTime, secondsOf } from "../../survey_app/components/desk/assets/jump.js";
import { matching, pressed } from "../../survey_app/components/desk/assets/palette.js";
import { quoteOf } from "../../survey_app/components/desk/assets/quote.js";

test("an entry is found by parts of its words in any order", () => {
  const entries = [{ text: "Вера (модератор)" }, { text: "Elena", detail: "Civil soc." }];
  assert.deepEqual(matching(entries, "civ ele"), [entries[1]]);
  assert.deepEqual(matching(entries, "ВЕРА"), [entries[0]]);
  assert.equal(matching(entries, "").length, 2);
});

test("a key of the menu works in every layout", () => {
  const entries = [{ key: "m", name: "memo" }, { key: "1", name: "one" }];
  assert.equal(pressed(entries, { key: "m", code: "KeyM" }).name, "memo");
  assert.equal(pressed(entries, { key: "ь", code: "KeyM" }).name, "memo");
  assert.equal(pressed(entries, { key: "1", code: "Digit1" }).name, "one");
  assert.equal(pressed(entries, { key: "x", code: "KeyX" }), null);
});

test("no two commands of the menu have one letter", () => {
  const letters = Object.values(MENU);
  assert.equal(new Set(letters).size, letters.length);
});

test("a time is read as it is written", () => {
  assert.deepEqual(["12", "12:30", "1:02:03", "Anna", "12:"].map(secondsOf), [720, 750, 3723, null, null]);
});

test("a time leads to the row that was spoken then", () => {
  const rows = ["0:10", "1:00", "", "2:30"].map((time, start) => ({ start, turn: { time } }));
  assert.equal(rowAtTime(rows, 100), rows[1]);
  assert.equal(rowAtTime(rows, 0), rows[0]);
  assert.equal(rowAtTime(rows, 9999), rows[3]);
});

test("the next row that is wanted comes round to the beginning", () => {
  const rows = [0, 1, 2].map((start) => ({ start }));
  assert.equal(nextRow(rows, rows[1], ({ start }) => start < 2), rows[0]);
  assert.equal(nextRow(rows, null, ({ start }) => start === 2), rows[2]);
  assert.equal(nextRow(rows, rows[2], ({ start }) => start > 5), null);
});

test("the history of a statement is beside the desk, with the same study and coder", () => {
  const desk = "http://localhost:8501/rakurs/desk?study=demo-ru&source=S-A&coder=B&at=old&lang=ru";
  assert.equal(historyOf(desk, "s1"), "http://localhost:8501/rakurs/history?study=demo-ru&coder=B&at=s1&lang=ru");
  assert.equal(historyOf(desk, ""), "http://localhost:8501/rakurs/history?study=demo-ru&coder=B&lang=ru");
});

test("a quote says who spoke, of which group, where and when", () => {
  const doc = {
    title: "Panel A", speakers: [{ name: "Anna", group: "Federal" }],
    turns: [{ start: 0, end: 9, text: "😀 Nobody.", speaker: 0, time: "4:33" }],
  };
  assert.equal(quoteOf(doc, { start: 2, end: 9 }, ["“", "”"]), "“Nobody.” (Anna, Federal, Panel A, 4:33)");
});
