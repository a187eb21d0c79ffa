// Putting codes on words: the picker, the codes used last, everything that fits a filter; selecting; copying a quote.

import { bySentence } from "./edges.js";
import { fill } from "./element.js";
import { newId } from "./naming.js";
import { copy, quoteOf } from "./quote.js";
import { isCodable } from "./terms.js";

export class Coding {
  constructor(desk) {
    this.desk = desk;
    this.meant = null; // what a picked code is for, when it is not for the current span
  }

  /** Open the picker for the current span, with a query begun already. */
  pick(query) {
    const { desk } = this;
    const { bar, cursor, picker, pointer, words } = desk;
    const span = cursor.span();
    if (!span) {
      bar.note(words.nothingChosen);
      return;
    }
    bar.showKeys(false);
    if (!cursor.target) cursor.row.node.scrollIntoView({ block: "nearest" });
    const place = pointer.placeOf(span);
    pointer.hide();
    if (cursor.target) desk.paint(span, span);
    picker.open(query, place, new Set(this.on(span).map((coding) => coding.code)));
  }

  /** A code was picked: for the current span, or for what it was asked for. */
  picked(code) {
    if (this.meant) this.meant(code);
    else this.code(code, this.desk.cursor.span());
  }

  /** Code with one of the codes used last. */
  quick(code) {
    const { bar, cursor, words } = this.desk;
    const span = cursor.span();
    if (!span || !code) bar.note(words.nothingChosen);
    else this.code(code, span);
  }

  /** Put a code on a span. */
  code(code, span) {
    const { desk } = this;
    const { bar, codebook, paper, words } = desk;
    const { target } = desk.cursor;
    if (!desk.may("pick")) return;
    if (this.on(span).some((coding) => coding.code === code.id)) {
      bar.note(fill(words.already, { code: code.short }));
    } else if (!isCodable(desk.terms, paper.rowsOf(span))) {
      bar.note(words.outsideSample);
    } else {
      desk.reading.past(paper.rowsOf(span));
      const { revision } = paper.doc;
      desk.send({ do: "add", coding: newId(), code: code.id, start: span.start, end: span.end, revision });
      codebook.remember(code.id);
      desk.offerRecent();
      bar.say(fill(words.coded, { code: codebook.titleOf(code) }));
    }
    if (!desk.picker.isOpen) desk.home();
    else if (target) desk.paint(span, target);
  }

  /** Codings on exactly this span. */
  on(span) {
    const here = new Map(this.desk.paper.rowsOf(span).flatMap((row) => [...row.codings]));
    return [...here.values()].filter((coding) => coding.start === span.start && coding.end === span.end);
  }

  /** The words of a span, or "". */
  words(span) {
    const rows = span ? this.desk.paper.rowsOf(span) : [];
    return rows.map((row) => row.read(Math.max(row.start, span.start), Math.min(row.end, span.end))).join(" ");
  }

  /** Choose a code for every statement that fits the filter, then look at each. */
  codeHits() {
    const { bar, filters, picker, scroll, walk, words } = this.desk;
    if (!filters.fitting) {
      filters.open(true);
      bar.note(words.filterFirst);
      return;
    }
    this.meant = (code) => walk.begin(code);
    const { top, left } = scroll.getBoundingClientRect();
    picker.open("", { top, bottom: top + 10, left: left + 40 }, new Set());
  }

  /** Put the current words on the clipboard, with their attribution. */
  async copy() {
    const { bar, cursor, paper, words } = this.desk;
    const span = cursor.span();
    if (!span) bar.note(words.nothingChosen);
    else if (await copy(quoteOf(paper.doc, span, words.marks))) bar.note(words.copied);
    this.desk.home();
  }

  /** Grow or shrink the selection; while a coding is chosen, move its ends. */
  extend({ direction, unit }) {
    const { chips, cursor, paper } = this.desk;
    const forward = direction === "forward" ? 1 : -1;
    if (unit === "character" && chips.resize("end", forward)) return;
    if (unit === "word" && chips.resize("start", forward)) return;
    if (unit !== "sentence") {
      cursor.extend(direction, unit);
      return;
    }
    const { row, target } = cursor;
    const span = row && bySentence(target, row.start, forward, paper.around(row));
    if (!span) return;
    cursor.target = span;
    cursor.select(span);
  }
}
