// The codings of the current statement, as its chips: chosen, stepped through, removed.

import { resized } from "./edges.js";
import { fill } from "./element.js";

export class Chips {
  constructor(desk) {
    this.desk = desk;
  }

  /** Codings that begin at the current row, in the order of their chips. */
  here() {
    const { cursor, seen } = this.desk;
    const chips = cursor.row ? [...cursor.row.chips.children] : [];
    return chips.map((chip) => seen.get(chip.dataset.coding)).filter(Boolean);
  }

  /** The coding that is chosen here, or the only one. */
  chosen() {
    const here = this.here();
    return here.find((coding) => coding.id === chosenId()) ?? (here.length === 1 ? here[0] : null);
  }

  /** Make a coding the selected one: its chip has the keyboard, its span is what a further code would be put on. */
  choose(coding) {
    const { cursor, paper } = this.desk;
    const row = paper.rowsOf(coding)[0];
    cursor.go(row, { focus: false });
    cursor.target = { start: coding.start, end: coding.end };
    row.chips.querySelector(`[data-coding="${coding.id}"] button`)?.focus({ preventScroll: true });
    row.node.scrollIntoView({ block: "nearest" });
  }

  /** Choose the next or the previous one; past the last, the text has the keyboard again. */
  step(by) {
    const here = this.here();
    const index = here.findIndex((coding) => coding.id === chosenId());
    const next = here[index < 0 && by < 0 ? here.length - 1 : index + by];
    if (next) this.choose(next);
    else if (index >= 0) {
      this.desk.cursor.release();
      this.desk.home();
    }
  }

  /** Move an end of the chosen coding by a word; false when none is chosen. */
  resize(side, direction) {
    const coding = document.activeElement?.closest(".rk-chip") ? this.chosen() : null;
    if (!coding || !this.desk.may("remove")) return Boolean(coding);
    const { cursor, paper } = this.desk;
    const span = resized(coding, side, direction, paper.around(cursor.row));
    if (span) {
      this.desk.send({ do: "resize", coding: coding.id, ...span, revision: paper.doc.revision });
      this.choose({ ...coding, ...span });
      cursor.select(span);
    }
    return true;
  }

  /** Remove one coding. */
  remove(coding) {
    const { bar, codebook, cursor, words } = this.desk;
    if (!this.desk.may("remove")) return;
    cursor.target = null;
    this.desk.send({ do: "remove", coding: coding.id });
    bar.say(fill(words.removed, { code: codebook.get(coding.code).short }));
    this.desk.home();
  }

  /** Remove the chosen one, or ask which of several. */
  removeHere() {
    const chosen = this.chosen();
    const here = this.here();
    if (chosen) this.remove(chosen);
    else if (here.length) {
      this.choose(here[0]);
      this.desk.bar.note(this.desk.words.chooseCoding);
    }
  }
}

function chosenId() {
  return document.activeElement?.closest(".rk-chip")?.dataset.coding;
}
