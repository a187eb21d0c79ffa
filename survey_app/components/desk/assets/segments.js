// Overlapping spans made drawable: cut into stretches that do not overlap, each in a lane of its own.
// A span is {start, end}, half-open, in code points.

/** Whether two spans share a character. */
export function touch(one, other) {
  return one.start < other.end && other.start < one.end;
}

/** Whether a coding counts for a statement: it overlaps by at least half of the shorter of the two. */
export function countsFor(coding, statement) {
  const shared = Math.min(coding.end, statement.end) - Math.max(coding.start, statement.start);
  return shared > 0 && 2 * shared >= Math.min(coding.end - coding.start, statement.end - statement.start);
}

/** Stretches that tile [start, end) in order, each with the spans that lie on all of it. */
export function cut(start, end, spans) {
  const edges = new Set([start, end]);
  for (const span of spans) {
    if (span.start > start && span.start < end) edges.add(span.start);
    if (span.end > start && span.end < end) edges.add(span.end);
  }
  const sorted = [...edges].sort((a, b) => a - b);
  return sorted.slice(0, -1).map((from, index) => {
    const stretch = { start: from, end: sorted[index + 1] };
    return { ...stretch, on: spans.filter((span) => touch(span, stretch)) };
  });
}

/** For each span the lowest lane in which it meets no other: a Map from span to lane number. */
export function lanes(spans) {
  const ends = [];
  const found = new Map();
  const order = [...spans].sort((a, b) => a.start - b.start || b.end - a.end);
  for (const span of order) {
    let lane = ends.findIndex((end) => end <= span.start);
    if (lane < 0) lane = ends.length;
    ends[lane] = span.end;
    found.set(span, lane);
  }
  return found;
}

/** The parts of a turn in order: its statements (with `statement`) and the words between them that are in none. */
export function blocks(turn, statements, text) {
  const found = [];
  let at = turn.start;
  const between = (start, end) => {
    if (end > start && text(start, end).trim()) found.push({ start, end, statement: null });
  };
  for (const statement of statements) {
    between(at, statement.start);
    found.push({ start: statement.start, end: statement.end, statement });
    at = statement.end;
  }
  between(at, turn.end);
  return found;
}

/** Index of the last item whose `start` is not after `point`; 0 before the first. */
export function indexAt(items, point) {
  let low = 0;
  let high = items.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (items[middle].start <= point) low = middle;
    else high = middle - 1;
  }
  return low;
}
