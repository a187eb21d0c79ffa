// Positions are code points, as the server counts them.
import assert from "node:assert/strict";
import test from "node:test";

import { lengthOf, pointAt, slice, trimmed, unitAt } from "../../survey_app/components/desk/assets/offsets.js";

const FAMILY = "👩‍👩‍👧"; // three people and two joiners: 5 code points, 8 units
const TEXTS = ["plain words", "Größe und Maß", "и\u0306ога", `one ${FAMILY} two`, "😀😀😀", "", "🇷🇺 ok"];

test("a text is as long as Python says", () => {
  assert.equal(lengthOf(FAMILY), 5);
  assert.equal(lengthOf("и\u0306"), 2);
  assert.equal(lengthOf("😀a"), 2);
  assert.equal(lengthOf(""), 0);
});

test("code points and units lead back to each other at every place", () => {
  for (const text of TEXTS) {
    const points = [...text];
    for (let point = 0; point <= points.length; point += 1) {
      assert.equal(unitAt(text, point), points.slice(0, point).join("").length);
      assert.equal(pointAt(text, unitAt(text, point)), point);
    }
  }
});

test("a place inside a surrogate pair counts as before it", () => {
  assert.equal(pointAt("a😀b", 2), 1);
});

test("every span of code points is cut as Python cuts it", () => {
  for (const text of TEXTS) {
    const points = [...text];
    for (let start = 0; start <= points.length; start += 1) {
      for (let end = start; end <= points.length; end += 1) {
        assert.equal(slice(text, start, end), points.slice(start, end).join(""));
      }
    }
  }
});

test("white space at the edges is not selected", () => {
  assert.deepEqual(trimmed("  😀 word\n", 0, 9), { start: 2, end: 8 });
  assert.deepEqual(trimmed("a word", 2, 6), { start: 2, end: 6 });
  assert.equal(trimmed("a   b", 1, 4), null);
});
