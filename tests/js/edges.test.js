// Words and sentences as steps: where they end, and how a span grows and shrinks by them.
import assert from "node:assert/strict";
import test from "node:test";

import { bySentence, resized, sentenceEnds, wordEdges } from "../../survey_app/components/desk/assets/edges.js";
import { slice } from "../../survey_app/components/desk/assets/offsets.js";

const TEXT = "Мы 👩‍👩‍👧 ждём. Three weeks!\nAnd then?";
const row = (start, end) => ({ start, end, read: (from, to) => slice(TEXT, from, to) });
const ROWS = [row(0, 27), row(28, 37)];
const words = ({ start, end }) => slice(TEXT, start, end);

test("words are counted in code points, over emoji and across rows", () => {
  const { starts, ends } = wordEdges(ROWS);
  assert.deepEqual(starts.map((start, index) => words({ start, end: ends[index] })), [
    "Мы", "👩‍👩‍👧", "ждём.", "Three", "weeks!", "And", "then?",
  ]);
});

test("a sentence ends before the space that follows it, and a row ends with one", () => {
  let start = 0;
  const sentences = sentenceEnds(ROWS).map((end) => {
    const found = words({ start, end }).trim();
    start = end;
    return found;
  });
  assert.deepEqual(sentences, ["Мы 👩‍👩‍👧 ждём.", "Three weeks!", "And then?"]);
});

test("the end of a span moves by a word, also into the next row", () => {
  const span = { start: 0, end: 2 };
  assert.equal(words(resized(span, "end", 1, ROWS)), "Мы 👩‍👩‍👧");
  assert.equal(words(resized({ start: 0, end: 27 }, "end", 1, ROWS)), "Мы 👩‍👩‍👧 ждём. Three weeks!\nAnd");
  assert.equal(words(resized({ start: 0, end: 27 }, "start", 1, ROWS)), "👩‍👩‍👧 ждём. Three weeks!");
});

test("a span never shrinks to nothing", () => {
  assert.equal(resized({ start: 0, end: 2 }, "end", -1, ROWS), null);
  assert.equal(resized({ start: 0, end: 2 }, "start", 1, ROWS), null);
});

test("a selection grows from the start of the statement sentence by sentence, and back", () => {
  const one = bySentence(null, 0, 1, ROWS);
  const two = bySentence(one, 0, 1, ROWS);
  assert.equal(words(one), "Мы 👩‍👩‍👧 ждём.");
  assert.equal(words(two), "Мы 👩‍👩‍👧 ждём. Three weeks!");
  assert.deepEqual(bySentence(two, 0, -1, ROWS), one);
  assert.equal(bySentence(one, 0, -1, ROWS), null);
});
