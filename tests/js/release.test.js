// What the public page's script does without a page: addresses, search, comparison, tables.
import assert from "node:assert/strict";
import test from "node:test";

for (const part of ["address", "searching", "comparing", "tables"]) await import(`../../survey_app/publishing/assets/${part}.js`);
const { rakurs } = globalThis;

test("a choice is written into the address and read from it again", () => {
  const chosen = { language: "ru", place: "ask/role", by: "five_segments", segment: "local", with: "civil & co", code: "prob.skills", find: "учёт 5%" };
  assert.deepEqual(rakurs.readAddress(rakurs.writeAddress(chosen)), chosen);
  assert.equal(rakurs.writeAddress({ language: "en", place: "", segment: "" }), "#en");
  assert.equal(rakurs.writeAddress({ language: "en", place: "q1a2b3c4d", find: "" }), "#en/q1a2b3c4d");
});

test("an address that nobody made is read without harm", () => {
  const empty = { by: "", segment: "", with: "", code: "", find: "" };
  assert.deepEqual(rakurs.readAddress(""), { language: "", place: "", ...empty });
  assert.deepEqual(rakurs.readAddress("#%"), { language: "", place: "", ...empty });
  assert.deepEqual(rakurs.readAddress("#en/%E0%A4%A?segment=%22%5D"), { language: "en", place: "%E0%A4%A", ...empty, segment: '"]' });
});

test("search is deaf to case, accents and the dots of ё", () => {
  const hit = (text, words) => {
    const found = rakurs.hitsIn(text, rakurs.wordsOf(words));
    return found && found.map(([start, end]) => text.slice(start, end));
  };
  assert.deepEqual(hit("Учётная запись", "учет"), ["Учёт"]);
  assert.deepEqual(hit("Полный учет", "УЧЁТ"), ["учет"]);
  assert.deepEqual(hit("A naïve Café", "naive CAFE"), ["naïve", "Café"]);
  assert.deepEqual(hit("cafe\u0301 noir", "café"), ["cafe\u0301"]);
  assert.deepEqual([hit("Мой край", "край"), hit("Мои края", "мой")], [["край"], null]);
  assert.deepEqual(hit("😀 late, late", "late"), ["late", "late"]);
});

test("all words must be there, and hits that touch are one", () => {
  assert.equal(rakurs.hitsIn("The ferry is late", rakurs.wordsOf("ferry early")), null);
  assert.deepEqual(rakurs.hitsIn("abcd", ["ab", "bc"]), [[0, 3]]);
  assert.deepEqual(rakurs.hitsIn("anything", []), []);
});

const CELLS = {
  a: { x: [3, 3, 5], y: [0, 3, 0], z: [null, 3, null], silent: [0, 3, 0] },
  b: { x: [1, 4, 1], y: [4, 4, 9], z: [2, 4, 2], silent: [0, 4, 0] },
};

test("two segments are compared by their shares, the furthest apart first and what is hidden last", () => {
  const rows = rakurs.compared(CELLS, "a", "b", ["x", "y", "z", "silent"]);
  assert.deepEqual(rows.map((row) => [row.code, row.apart]), [["y", 1], ["x", 0.75], ["z", null]]);
  assert.equal(rows[2].first[0], null);
});

test("what is in no table is as hidden", () => {
  assert.deepEqual(rakurs.compared(CELLS, "a", "nowhere", ["x"]), [{ code: "x", first: [3, 3, 5], second: null, apart: null }]);
});

test("an interval is Wilson's from five experts on", () => {
  // Newcombe 1998, table I, method 3: 81 of 263, 15 of 148, 0 of 20
  assert.deepEqual([rakurs.interval(81, 263), rakurs.interval(15, 148), rakurs.interval(0, 20)], [[26, 37], [6, 16], [0, 16]]);
  assert.equal(rakurs.interval(2, 4), null);
  const words = { sure_many: "{k}/{n}: {low}-{high}", sure_few: "{k}/{n}" };
  assert.equal(rakurs.howSure(words, 20, 20), "20/20: 84-100");
  assert.equal(rakurs.howSure(words, 2, 3), "2/3");
});

test("a word that is not known stays as it is", () => {
  assert.equal(rakurs.filled("{k} of {n} {what}", { k: 0, n: 2 }), "0 of 2 {what}");
});

test("a table is CSV with a mark of its encoding in which no cell is a formula", () => {
  const told = rakurs.csv([["Код", "a,b"], ['=HYPERLINK("x")', "-5"], ["@sum", "+1,5"], ["-cmd", "two\nlines"]]);
  assert.equal(told, "\ufeffКод,\"a,b\"\r\n\"'=HYPERLINK(\"\"x\"\")\",-5\r\n'@sum,\"+1,5\"\r\n'-cmd,\"two\nlines\"\r\n");
});

test("a file is named by its words", () => {
  assert.equal(rakurs.fileName("Что мешает и что помогает? Все"), "Что-мешает-и-что-помогает-Все");
  assert.equal(rakurs.fileName("../..//"), "rakurs");
});
