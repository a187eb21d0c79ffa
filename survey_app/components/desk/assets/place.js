// Where the coder begins, and where they are, kept while the text of the desk is laid out anew.

import { rememberTitle, tellElsewhere } from "./elsewhere.js";
import { isDue } from "./terms.js";

const ELSEWHERE = 6000; // milliseconds

/** Go where the coder left off: where a link leads, the place kept in this tab, or the first statement to look at. */
export function begin(desk, at) {
  const rows = desk.paper.stations;
  const looked = desk.ledger.looked();
  const kept = Number(sessionStorage.getItem(`rakurs.place.${desk.place}`) ?? -1);
  const row =
    rows.find((each) => each.statement.id === at) ?? rows.find((each) => each.start === kept) ??
    rows.find((each) => isDue(desk.terms, each) && !looked.has(each.statement.id)) ?? rows[0];
  if (!row) return;
  desk.cursor.go(row, { focus: false });
  if (document.activeElement === document.body) desk.home();
  if (row !== rows[0]) row.node.scrollIntoView({ block: "center" });
  goOnTyping(desk, desk.draft.take());
  rememberTitle(localStorage, desk.place, desk.paper.doc.title);
  setTimeout(() => tellElsewhere(desk), ELSEWHERE); // other tabs may be about to send theirs
}

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
function goOnTyping(desk, draft) {
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
