// Where the coder is, kept while the text of the desk is laid out anew.

/** What to come back to: the statement, how high it stands on the screen, the words selected, what is being typed. */
export function keepPlace(desk) {
  const { cursor, scroll, root } = desk;
  const { row, target } = cursor;
  return {
    id: row?.statement?.id ?? null,
    turn: row?.turn.index ?? null,
    start: row?.start ?? 0,
    height: row ? heightOf(row, scroll) : 0,
    target: target && row ? { from: target.start - row.start, words: wordsAt(desk, target) } : null,
    focus: root.contains(document.activeElement),
    filters: desk.filters.keep(),
    typed: desk.revising.keep(),
    memo: desk.marks.memo.keep(),
  };
}

/** Come back to it in the new text, or as near as may be. */
export function comeBack(desk, kept) {
  const { paper, cursor, scroll } = desk;
  const row =
    paper.rows.find((each) => each.statement && each.statement.id === kept.id) ??
    paper.rows.find((each) => each.statement && each.turn.index === kept.turn) ??
    paper.rowAt(kept.start);
  const filtering = desk.filters.resume(kept.filters);
  if (!row) return;
  cursor.go(row, { focus: false });
  row.node.scrollIntoView({ block: "start" });
  for (let pass = 0; pass < 2; pass += 1) scroll.scrollTop += heightOf(row, scroll) - kept.height;
  if (kept.target) {
    const start = row.start + kept.target.from;
    const span = { start, end: start + [...kept.target.words].length };
    if (wordsAt(desk, span) === kept.target.words) cursor.target = span;
  }
  if (kept.typed) desk.revising.resume(kept.typed);
  else if (kept.memo) desk.marks.memo.resume(kept.memo, row.node);
  else if (kept.focus && !filtering) desk.home();
}

/** Open again what was being typed when this text was left. */
export function goOnTyping(desk, draft) {
  const row = draft && desk.paper.rowAt(draft.start);
  if (!row) return;
  desk.cursor.go(row, { focus: false });
  if (draft.typed) desk.revising.resume(draft.typed);
  else if (draft.memo) desk.marks.memo.resume(draft.memo, row.node);
}

function heightOf(row, scroll) {
  return row.node.getBoundingClientRect().top - scroll.getBoundingClientRect().top;
}

function wordsAt(desk, span) {
  return desk.paper.rowsOf(span)
    .map((row) => row.read(Math.max(row.start, span.start), Math.min(row.end, span.end)))
    .join(" ");
}
