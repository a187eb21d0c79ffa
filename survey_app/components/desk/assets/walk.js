// Code all hits, with a look at each: one statement after the other is shown, and coded only on a yes.

import { fill } from "./element.js";
import { countsFor } from "./segments.js";
import { isDue } from "./terms.js";

/** The rows to look at: those that do not have the code yet. */
export function without(rows, code) {
  return rows.filter((row) => ![...row.codings.values()].some((coding) => coding.code === code && countsFor(coding, row)));
}

export class Walk {
  constructor(desk) {
    Object.assign(this, { desk, rows: null });
  }

  get isOpen() {
    return this.rows !== null;
  }

  /** Begin with the statements that fit the filter, once a code has been chosen for them. */
  begin(code) {
    const { bar, words, filters, terms } = this.desk;
    const rows = without(filters.rows.filter((row) => isDue(terms, row)), code.id);
    if (!rows.length) return bar.note(words.walkNone);
    Object.assign(this, { rows, code, index: 0, coded: 0 });
    return this.#look();
  }

  /** A key while hits are looked at; returns whether it was for that. Any other key ends the walk and does its own work. */
  key(event) {
    if (!this.isOpen || ["Shift", "Control", "Alt", "Meta"].includes(event.key)) return false;
    if (event.ctrlKey || event.metaKey || event.altKey) this.leave();
    else if (event.key === "Enter") this.#answer(true);
    else if (event.key === "ArrowRight" || event.key === "ArrowDown" || event.key === " ") this.#answer(false);
    else if (event.key === "ArrowLeft" || event.key === "ArrowUp") this.#back();
    else if (event.key === "Escape") this.end();
    else this.leave();
    return this.isOpen || ["Enter", "Escape", " "].includes(event.key) || event.key.startsWith("Arrow");
  }

  /** The coder has gone elsewhere: nothing more is coded by a yes. */
  left(row) {
    if (this.isOpen && row !== this.rows[this.index]) this.leave();
  }

  leave() {
    if (!this.isOpen) return;
    this.rows = null;
    this.desk.bar.clear();
  }

  end() {
    const { bar, words } = this.desk;
    const { coded } = this;
    this.rows = null;
    bar.note(fill(words.walkDone, { n: coded }));
    this.desk.home();
  }

  #answer(yes) {
    const row = this.rows[this.index];
    if (yes && without([row], this.code.id).length) {
      this.desk.coding.code(this.code, { start: row.start, end: row.end });
      this.coded += 1;
    }
    this.index += 1;
    if (this.index < this.rows.length) this.#look();
    else this.end();
  }

  #back() {
    this.index = Math.max(0, this.index - 1);
    this.#look();
  }

  #look() {
    const { bar, words, codebook } = this.desk;
    this.desk.goToRow(this.rows[this.index]);
    bar.note(
      fill(words.walk, { k: this.index + 1, n: this.rows.length, code: codebook.titleOf(this.code) }),
      { text: words.walkYes, act: () => this.#answer(true) },
    );
  }
}
