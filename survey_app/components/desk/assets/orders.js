// What a coder can order by keys, buttons and the menu: each name with what it does.

import { askForCommand } from "./commands.js";
import { openHistory } from "./history.js";
import { askWhere } from "./jump.js";
import { askForCode } from "./newcode.js";
import { countsFor } from "./segments.js";
import { isDue } from "./terms.js";

export const DIGITS = 9;

/** The orders of a desk, by name. */
export function ordersOf(desk) {
  const { bar, chips, codebook, coding, cursor, filters, looking, marks, paper, player, revising } = desk;
  const uncoded = (row) => isDue(desk.terms, row) && ![...row.codings.values()].some((each) => countsFor(each, row));
  return {
    next: () => desk.move(cursor.ahead(1)),
    previous: () => desk.move(cursor.ahead(-1)),
    nextUncoded: () => desk.move(cursor.ahead(1, uncoded), true),
    previousUncoded: () => desk.move(cursor.ahead(-1, uncoded), true),
    first: () => desk.move(paper.stations[0]),
    last: () => desk.move(paper.stations.at(-1)),
    pick: () => coding.pick(""),
    undo: () => desk.turn("undo"),
    redo: () => desk.turn("redo"),
    split: () => revising.split(),
    merge: () => revising.merge(),
    edit: () => revising.edit(),
    nextLook: () => looking.next(),
    accept: () => looking.accept(chips.chosen()),
    remove: () => chips.removeHere(),
    nextCoding: () => chips.step(1),
    previousCoding: () => chips.step(-1),
    readToHere: () => desk.readToHere(),
    help: () => bar.showKeys() || desk.home(),
    escape: () => desk.escape(),
    menu: () => askForCommand(desk),
    recent: (place) => coding.quick(codebook.latest(DIGITS)[place]),
    again: () => coding.quick(codebook.byId.get(codebook.recent()[0])),
    newCode: () => askForCode(desk, ""),
    inVivo: () => askForCode(desk, coding.words(cursor.span())),
    attributes: () => marks.attributes(),
    flag: () => marks.flag(),
    memo: () => marks.note(),
    memoOn: () => marks.noteOn(),
    search: () => filters.open(true),
    filter: () => filters.open(false),
    others: () => desk.showOthers(),
    codeHits: () => coding.codeHits(),
    jump: () => askWhere(desk),
    rules: () => bar.showRules(codebook.rules) || desk.home(),
    copy: () => coding.copy(),
    history: () => openHistory(cursor.row?.statement?.id ?? ""),
    ...player.commands,
  };
}
