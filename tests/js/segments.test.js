// Overlapping codings become stretches and lanes that can be drawn.
import assert from "node:assert/strict";
import test from "node:test";

import { blocks, countsFor, cut, indexAt, lanes, touch } from "../../survey_app/components/desk/assets/segments.js";

const span = (start, end) => ({ start, end });

test("stretches tile the text and name exactly the spans that cover them", () => {
  const spans = [span(2, 8), span(5, 12), span(0, 3), span(20, 30)];
  const stretches = cut(1, 10, spans);
  assert.equal(stretches[0].start, 1);
  assert.equal(stretches.at(-1).end, 10);
  for (const [index, stretch] of stretches.entries()) {
    if (index) assert.equal(stretch.start, stretches[index - 1].end);
    for (let point = stretch.start; point < stretch.end; point += 1) {
      assert.deepEqual(stretch.on, spans.filter((each) => each.start <= point && point < each.end));
    }
  }
});

test("a text without codings is one stretch", () => {
  assert.deepEqual(cut(4, 9, []), [{ start: 4, end: 9, on: [] }]);
});

test("spans that overlap never share a lane, others share the lowest", () => {
  const spans = [span(0, 10), span(2, 4), span(3, 6), span(10, 12), span(5, 9)];
  const found = lanes(spans);
  for (const one of spans) {
    for (const other of spans) {
      if (one !== other && touch(one, other)) assert.notEqual(found.get(one), found.get(other));
    }
  }
  assert.equal(found.get(spans[3]), 0);
  assert.equal(Math.max(...found.values()), 2);
});

test("a coding counts for a statement from half of the shorter on", () => {
  assert.ok(countsFor(span(0, 10), span(5, 15)));
  assert.ok(!countsFor(span(0, 10), span(6, 16)));
  assert.ok(countsFor(span(3, 5), span(0, 100)));
  assert.ok(!countsFor(span(0, 5), span(5, 10)));
});

test("a turn is its statements and the words between them", () => {
  const text = (start, end) => "Yes. One thought. Hm, well. Another.".slice(start - 100, end - 100);
  const statements = [span(105, 117), span(128, 136)];
  const found = blocks({ start: 100, end: 136 }, statements, text);
  assert.deepEqual(
    found.map((block) => [text(block.start, block.end).trim(), Boolean(block.statement)]),
    [["Yes.", false], ["One thought.", true], ["Hm, well.", false], ["Another.", true]],
  );
});

test("the row at a place is the last that begins before it", () => {
  const rows = [span(0, 5), span(6, 9), span(10, 20)];
  assert.deepEqual([0, 5, 6, 9, 10, 99].map((point) => indexAt(rows, point)), [0, 0, 1, 1, 2, 2]);
});
