// Where words and sentences begin and end in rows of text, and how a span moves by them. All in code points.

import { lengthOf } from "./offsets.js";
import { sentenceStarts } from "./split.js";

/** Starts and ends of the words of rows ({start, end, read}), in order. */
export function wordEdges(rows) {
  const starts = [];
  const ends = [];
  for (const row of rows) {
    const text = row.read(row.start, row.end);
    for (const found of text.matchAll(/\S+/gu)) {
      const start = row.start + lengthOf(text.slice(0, found.index));
      starts.push(start);
      ends.push(start + lengthOf(found[0]));
    }
  }
  return { starts, ends };
}

/** Ends of the sentences of rows, in order; a row ends with one. */
export function sentenceEnds(rows) {
  return rows.flatMap((row) => {
    const text = row.read(row.start, row.end);
    const inside = sentenceStarts(text).map((place) => {
      const before = [...text].slice(0, place).join("").trimEnd();
      return row.start + lengthOf(before);
    });
    return [...inside, row.end];
  });
}

/** A span with its end (or, with `side` "start", its beginning) moved by a word; null where it cannot move. */
export function resized(span, side, direction, rows) {
  const edges = wordEdges(rows)[side === "start" ? "starts" : "ends"];
  const further = direction > 0 ? edges.find((edge) => edge > span[side]) : edges.findLast((edge) => edge < span[side]);
  if (further === undefined) return null;
  const moved = { start: span.start, end: span.end, [side]: further };
  return moved.start < moved.end ? moved : null;
}

/** A selection grown (or with -1 shrunk) by a sentence, from `start` where there is none yet; null where it cannot. */
export function bySentence(span, start, direction, rows) {
  const ends = sentenceEnds(rows);
  const from = span ?? { start, end: start };
  const end = direction > 0 ? ends.find((each) => each > from.end) : ends.findLast((each) => each < from.end);
  return end !== undefined && end > from.start ? { start: from.start, end } : null;
}
