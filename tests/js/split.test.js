import assert from "node:assert/strict";
import test from "node:test";

import { nextPlace, sentenceStarts, Splitter, wordStarts } from "../../survey_app/components/desk/assets/split.js";

test("words begin after white space, counted in code points", () => {
  assert.deepEqual(wordStarts("Да 😀 нет"), [3, 5]);
  assert.deepEqual(wordStarts("one"), []);
  assert.deepEqual(wordStarts(" one two"), [5]);
});

test("sentences begin after a full stop, also behind a quotation mark", () => {
  assert.deepEqual(sentenceStarts("We wait. “Why?” Nobody knows."), [9, 16]);
  assert.deepEqual(sentenceStarts("no end here"), []);
});

test("the border goes to the next place in a direction and stays at the last", () => {
  assert.equal(nextPlace([3, 9, 16], 9, 1), 16);
  assert.equal(nextPlace([3, 9, 16], 9, -1), 3);
  assert.equal(nextPlace([3, 9, 16], 16, 1), 16);
});

function opened(text, near = null, start = 100) {
  const shown = [];
  const splitter = new Splitter((_row, span) => shown.push(span));
  const row = { start, end: start + [...text].length, read: () => text };
  return { splitter, shown, open: splitter.open(row, near) };
}

test("it begins at the sentence nearest to the middle, and shades the first half", () => {
  const { splitter, shown } = opened("We wait. They come late. Nobody knows why.");
  assert.deepEqual(shown.at(-1), { start: 100, end: 125 });
  splitter.move(-1, false);
  assert.deepEqual(shown.at(-1), { start: 100, end: 109 });
  splitter.move(1, true);
  assert.equal(splitter.take().at, 114);
  assert.equal(splitter.isOpen, false);
  assert.equal(shown.at(-1), null);
});

test("it begins at the word nearest to the caret", () => {
  assert.equal(opened("We wait. They come late.", 105).splitter.take().at, 103);
});

test("a single word cannot be split", () => {
  const { splitter, open } = opened("Yes.");
  assert.equal(open, false);
  assert.equal(splitter.isOpen, false);
});
