// Painting what has changed, without taking anything out of the coder's hands: the words selected, the chip or statement
// that has the keyboard, the place on the screen.

import { differences } from "./ledger.js";

/** Paint the rows on which codings, own or others', have changed; returns the own ones that have. */
export function repaint(desk) {
  const { paper, seen, theirs } = desk;
  desk.seen = desk.ledger.seen();
  desk.theirs = desk.others.shown();
  const changed = differences(seen, desk.seen);
  const others = differences(theirs, desk.theirs);
  if (!changed.length && !others.length) return changed;
  const rows = new Set([...changed, ...others].flatMap((coding) => paper.rowsOf(coding)));
  move(changed, desk.seen, (coding, there) => paper.place(coding, there));
  move(others, desk.theirs, (coding, there) => paper.placeOther(coding, there));
  const letGo = hold(desk, rows);
  const marked = desk.picker.isOpen ? desk.cursor.target : desk.revising.splitter.span;
  for (const row of rows) paper.paint(row, marked);
  letGo();
  return changed;
}

function move(changed, now, place) {
  for (const coding of changed) place(coding, false);
  for (const coding of changed) if (now.get(coding.id) === coding) place(coding, true);
}

/** Keep what painting these rows would lose; returns what gives it back. */
function hold(desk, rows) {
  const { cursor } = desk;
  const selected = cursor.hold(rows);
  const chip = document.activeElement?.closest(".rk-chip");
  const row = chip && desk.paper.rowOf(chip);
  const rise = keepHeight(desk);
  return () => {
    rise();
    if (selected) cursor.restore(selected);
    if (row && rows.has(row)) {
      const again = row.chips.querySelector(`[data-coding="${chip.dataset.coding}"] button`);
      (again ?? row.text).focus({ preventScroll: true });
    }
  };
}

/** Let the coder's statement, or what stands in the middle, stay where it is on the screen. */
function keepHeight({ cursor, paper, scroll }) {
  const frame = scroll.getBoundingClientRect();
  const top = (row) => row.node.getBoundingClientRect().top;
  const inSight = (row) => top(row) < frame.bottom && row.node.getBoundingClientRect().bottom > frame.top;
  const middle = () => paper.rowOf(document.elementFromPoint(frame.left + frame.width / 2, frame.top + frame.height / 2));
  const row = cursor.row && inSight(cursor.row) ? cursor.row : middle();
  const before = row && top(row);
  return () => {
    if (row) scroll.scrollTop += top(row) - before;
  };
}
